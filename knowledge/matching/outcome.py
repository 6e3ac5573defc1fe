"""What becomes of a ranking: answer, choices, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.model import Outcome

if TYPE_CHECKING:
    from knowledge.model import Place, Policy, Ranking


def choose(ranking: Ranking, policy: Policy, place: Place) -> tuple[Outcome, str]:
    """Give the outcome and, in plain words, the reason. An overheard text never gets choices."""
    if not ranking.matches:
        return Outcome.NONE, "nothing-alike"
    if not place.addressed and ranking.asking.score < policy.asks_at:
        return Outcome.NONE, "does-not-ask"
    best = ranking.matches[0]
    if best.confidence >= policy.answer_at and not best.guards:
        return Outcome.ANSWER, "sure"
    if place.addressed and best.confidence >= policy.choices_at:
        return Outcome.CHOICES, "one-of-a-few"
    return Outcome.NONE, "not-sure"
