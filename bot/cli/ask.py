"""`ask`: one question, one reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time

if TYPE_CHECKING:
    from knowledge.model import Answer, Decision, Match, Notice, Policy, Question
    from knowledge.presentation.reasons import Reasons


def ask(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="The question, in quotes or not.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the reply as one JSON object.")] = False,  # noqa: FBT002  # a flag
    config: SettingsFile = None,
) -> None:
    """Answer one question."""
    import asyncio

    from bot.cli.start import settings_for_a_person

    settings = settings_for_a_person(config)

    from bot.app import open_desk, snapshot_without_book
    from knowledge.errors import KnowledgeFaults
    from knowledge.model import Outcome, Place
    from knowledge.presentation.reasons import reasons
    from knowledge.respond import respond

    asked, place = " ".join(text), Place(addressed=True)

    async def run() -> tuple[Decision, Policy]:
        async with open_desk(settings, samples=True) as desk:
            return desk.respond(asked, place), desk.snapshot.policy

    try:
        decision, policy = asyncio.run(run())
    except KnowledgeFaults:
        # A broken book holds no card back: whoever asks for help gets help, and then the faults.
        no_book = snapshot_without_book(settings)
        without_book = respond(no_book, asked, place)
        if without_book.outcome is Outcome.EMERGENCY:
            _show(without_book, reasons(without_book, no_book.policy, place), as_json=as_json)
        raise
    _show(decision, reasons(decision, policy, place), as_json=as_json)


def _show(decision: Decision, explained: Reasons, *, as_json: bool) -> None:
    import json

    from bot.terminal.pages import reply_page
    from bot.terminal.screen import Screen
    from knowledge.model import PlainReply
    from knowledge.presentation import sentences

    if as_json:
        typer.echo(json.dumps(_as_json(decision) | {"why": _why(explained)}))
        return
    screen = Screen()
    reply = decision.reply or PlainReply(sentences.AT_YOUR_SERVICE)
    screen.show(reply_page(reply, short_notice=screen.narrow, chat=False))


def _as_json(decision: Decision) -> dict[str, Any]:
    from knowledge.model import AnswerReply, CardReply, ChoicesReply, PlainReply

    given: dict[str, Any] = {"outcome": decision.outcome.value, "reason": decision.reason}
    if decision.ranking:
        asking = decision.ranking.asking
        given["asking"] = {"kind": asking.kind.value, "score": round(asking.score, 4), "signs": list(asking.signs)}
        given["candidates"] = [_candidate(match) for match in decision.ranking.matches]
        given["matcher"] = decision.ranking.matcher_version
    match decision.reply:
        case AnswerReply(question, notice, caution):
            return given | {"caution": caution, "question": _question(question), **_notice(notice)}
        case ChoicesReply(questions, notice, caution):
            choices = [{"id": question.id, "title": question.title} for question in questions]
            return given | {"caution": caution, "choices": choices, **_notice(notice)}
        case CardReply():
            reply = decision.reply
            return given | {"card": {"category": reply.category, "heading": reply.heading, "lines": list(reply.lines)}}
        case PlainReply(text):
            return given | {"text": text}
        case None:
            return given


def _candidate(match: Match) -> dict[str, Any]:
    """Give the numbers that speak for a stored question, log-odds among them, for programs."""
    guards = [{"guard": one.guard, "asked": one.asked, "stored": one.stored, "hard": one.hard} for one in match.guards]
    return {
        "id": match.question.id,
        "confidence": round(match.confidence, 4),
        "guards": guards,
        "features": {name: round(value, 4) for name, value in match.features.items()},
        "contributions": {name: round(value, 4) for name, value in match.contributions.items()},
    }


def _why(explained: Reasons) -> list[str]:
    """Give the sentences that a person would be shown."""
    return [explained.summary, *explained.sentences, *(explained.nearest.sentences if explained.nearest else ())]


def _question(question: Question) -> dict[str, Any]:
    answers = [_answer(answer, question) for answer in question.answers]
    return {"id": question.id, "title": question.title, "details": question.details, "answers": answers}


def _answer(answer: Answer, question: Question) -> dict[str, Any]:
    from knowledge.presentation.byline import byline

    return {"headline": answer.headline, "body": answer.body, "byline": list(byline(answer, question))}


def _notice(notice: Notice) -> dict[str, Any]:
    return {"above_notice": list(notice.above), "notice": notice.full}
