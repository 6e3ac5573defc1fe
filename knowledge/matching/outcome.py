"""What becomes of a ranking: answer, choices, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.model import Outcome

if TYPE_CHECKING:
    from knowledge.model import Place, Policy, Ranking

# Confidence is calibrated on texts that people put to the bot. Of what is overheard fewer texts ask something that the
# book has, so by Bayes' rule the odds there are smaller by this factor, and the bar is higher by it.
OVERHEARD_ODDS = 1.75


def choose(ranking: Ranking, policy: Policy, place: Place) -> tuple[Outcome, str]:
    """Give the outcome and why: `nothing-alike`, `does-not-ask`, `sure`, `one-of-a-few`, `ruled-out` or `not-sure`.

    Only a match without any guard's finding is answered, and where every likely one is forbidden, none is offered: who
    asks about a thigh is not helped by being asked whether it is the cheek. An overheard text never gets choices.
    """
    if not ranking.matches:
        return Outcome.NONE, "nothing-alike"
    if not place.addressed and ranking.asking.score < policy.asks_at:
        return Outcome.NONE, "does-not-ask"
    best = ranking.matches[0]
    if best.confidence >= bar(policy, place) and not best.guards:
        return Outcome.ANSWER, "sure"
    likely = [match for match in ranking.matches if match.confidence >= policy.choices_at]
    if place.addressed and any(not match.forbidden for match in likely):
        return Outcome.CHOICES, "one-of-a-few"
    if likely and all(match.forbidden for match in likely):
        return Outcome.NONE, "ruled-out"
    return Outcome.NONE, "not-sure"


def bar(policy: Policy, place: Place) -> float:
    """Give the confidence that an answer needs, 0 to 1."""
    if place.addressed:
        return policy.answer_at
    raised = OVERHEARD_ODDS * policy.answer_at
    return raised / (raised + 1.0 - policy.answer_at)
