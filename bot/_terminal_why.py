"""Why a reply came out as it did, in words for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot._terminal_pages import Paragraph, heading, item, stored
from knowledge.model import AskKind, Outcome, Tier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.model import Decision, Match, Policy, Ranking

_SIGNS_SHOWN = 5
_OUTCOMES = {
    Outcome.ANSWER: "I answered, because I was sure enough which stored question you asked.",
    Outcome.CHOICES: "I offered choices, because I was not sure enough to answer.",
    Outcome.NONE: "I gave no answer, because no stored question was likely enough to be yours.",
    Outcome.EMERGENCY: "I showed the emergency card, since your words may describe an emergency. I looked nothing up.",
}
_KINDS = {
    AskKind.SMALL_TALK: "I looked nothing up: your words read like small talk, not like a question.",
    AskKind.OTHER_LANGUAGE: "I looked nothing up: your words do not read like English.",
    AskKind.NOTHING_TO_READ: "I looked nothing up: there were no words to read.",
}


def why(decision: Decision, policy: Policy) -> Iterator[Paragraph]:
    """Give the paragraphs that explain a decision, stored titles and wordings among them."""
    ranking = decision.ranking
    yield heading("Why this reply")
    yield Paragraph(
        _KINDS.get(ranking.asking.kind, _OUTCOMES[decision.outcome]) if ranking else _OUTCOMES[decision.outcome]
    )
    if decision.verdict.tier is not Tier.NONE:
        signs = ", ".join(decision.verdict.rule_ids)
        yield Paragraph(f"Screening: {decision.verdict.category} ({decision.verdict.tier}; {signs}).")
    if ranking and ranking.matches and ranking.asking.kind not in _KINDS:
        yield from _ranked(ranking, policy)
    yield Paragraph(f"Reason code: {decision.reason}.")


def _ranked(ranking: Ranking, policy: Policy) -> Iterator[Paragraph]:
    best = ranking.matches[0]
    yield heading(f"Best match: {_percent(best)} sure (an answer needs {policy.answer_at:.0%})")
    yield stored(best.question.title, close=True)
    if best.wording != best.question.title:
        yield Paragraph("Nearest stored wording:")
        yield stored(best.wording, close=True)
    yield from _guards(best)
    yield from _facts(best)
    if others := ranking.matches[1:]:
        yield heading("Other stored questions")
        for match in others:
            yield item(f"{_percent(match):>3} ", match.question.title)


def _guards(match: Match) -> Iterator[Paragraph]:
    for finding in match.guards:
        effect = "it forbids an answer" if finding.hard else "it makes an answer a choice"
        yield Paragraph(f"Check of {_plain(finding.guard)}: {finding.detail} ({effect}).")


def _facts(match: Match) -> Iterator[Paragraph]:
    """Say what was found of the asked words in the stored ones, and which signs weighed most."""
    asked, kept = match.features.get("coverage_asked"), match.features.get("coverage_stored")
    if asked is not None and kept is not None:
        yield Paragraph(
            f"The stored wording holds {asked:.0%} of what you wrote, and you wrote {kept:.0%} of what it holds; "
            "rare words count for more."
        )
    strongest = sorted(match.contributions.items(), key=lambda item: -abs(item[1]))[:_SIGNS_SHOWN]
    if strongest:
        signs = ", ".join(f"{_plain(name)} {weight:+.1f}" for name, weight in strongest)
        yield Paragraph(f"Strongest signs for and against, in log-odds: {signs}.")


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _percent(match: Match) -> str:
    # Rounded down: what is not certain must not read as certain.
    return f"{int(match.confidence * 100)}%"
