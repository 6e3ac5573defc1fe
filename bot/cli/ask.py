"""`ask`: one question, one reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time

if TYPE_CHECKING:
    from knowledge.model import Answer, Decision, Notice, Question


def ask(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="The question, in quotes or not.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the reply as one JSON object.")] = False,  # noqa: FBT002  # a flag
    config: SettingsFile = None,
) -> None:
    """Answer one question."""
    import asyncio

    from bot.cli.start import settings_for_a_person

    settings = settings_for_a_person(config)

    from bot.app import open_desk, snapshot_of
    from knowledge.errors import KnowledgeFaults
    from knowledge.model import Outcome, Place
    from knowledge.respond import respond

    asked, place = " ".join(text), Place(addressed=True)

    async def run() -> Decision:
        async with open_desk(settings, samples=True) as desk:
            return desk.respond(asked, place)

    try:
        decision = asyncio.run(run())
    except KnowledgeFaults:
        # A broken book holds no card back: whoever asks for help gets help, and then the faults.
        without_book = respond(snapshot_of((), settings, samples=True), asked, place)
        if without_book.outcome is Outcome.EMERGENCY:
            _show(without_book, as_json=as_json)
        raise
    _show(decision, as_json=as_json)


def _show(decision: Decision, *, as_json: bool) -> None:
    import json

    from bot._terminal_pages import reply_page
    from bot._terminal_screen import Screen
    from knowledge import sentences
    from knowledge.model import PlainReply

    if as_json:
        typer.echo(json.dumps(_as_json(decision)))
        return
    screen = Screen()
    reply = decision.reply or PlainReply(sentences.NO_QUESTION)
    screen.show(reply_page(reply, short_notice=screen.narrow, chat=False))


def _as_json(decision: Decision) -> dict[str, Any]:
    from knowledge.model import AnswerReply, CardReply, ChoicesReply, PlainReply

    given: dict[str, Any] = {"outcome": decision.outcome.value, "reason": decision.reason}
    if decision.ranking:
        given["candidates"] = [
            {"id": match.question.id, "confidence": round(match.confidence, 4)} for match in decision.ranking.matches
        ]
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


def _question(question: Question) -> dict[str, Any]:
    answers = [_answer(answer, question) for answer in question.answers]
    return {"id": question.id, "title": question.title, "details": question.details, "answers": answers}


def _answer(answer: Answer, question: Question) -> dict[str, Any]:
    from knowledge.byline import byline

    return {"headline": answer.headline, "body": answer.body, "byline": list(byline(answer, question))}


def _notice(notice: Notice) -> dict[str, Any]:
    return {"above_notice": list(notice.above), "notice": notice.full}
