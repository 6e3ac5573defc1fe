"""What becomes of a ranking: answer, choices, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching.guards import TOO_SHORT
from knowledge.matching.question import shows_telling
from knowledge.model import Outcome

if TYPE_CHECKING:
    from knowledge.model import Match, Place, Policy, Question, Ranking

# Confidence is calibrated on texts that people put to the bot. Of what is overheard fewer texts ask something that the
# book has, so by Bayes' rule the odds there are smaller by this factor, and the bar is higher by it.
OVERHEARD_ODDS = 1.75
# How fast those odds shrink as a text asks less surely than `Policy.asks_at`: a power of the share that is missing,
# chosen on the overheard lines of two writers. Below the least, a text surely does not ask.
_HARDLY_ASKS = 6
LEAST_ASKING = 0.1
# The confidence below which a stored question only lengthens the list that somebody has to read.
LEAST_CHOICE = 0.05


def choose(ranking: Ranking, policy: Policy, place: Place) -> tuple[Outcome, str]:
    """Give the outcome and why.

    That is `nothing-alike`, `does-not-ask`, `sure`, `one-of-a-few`, `ruled-out`, `bare-topic` or `not-sure`. Only a
    match without any guard's finding is answered, and where every likely one is forbidden, none is offered: who asks
    about a thigh is not helped by being asked whether it is the cheek. A bare word asks nothing, but who says it to the
    bot is offered what is stored about it. An overheard text never gets choices.
    """
    if not ranking.matches:
        return Outcome.NONE, "nothing-alike"
    best, asks = ranking.matches[0], ranking.asking.score
    heard = place.addressed or asks >= policy.asks_at or (asks >= LEAST_ASKING and not shows_telling(ranking.asking))
    if heard and best.confidence >= bar(policy, place, asks) and not best.guards:
        return Outcome.ANSWER, "sure"
    if not place.addressed and asks < policy.asks_at:
        return Outcome.NONE, "does-not-ask"
    likely = [match for match in ranking.matches if match.confidence >= policy.choices_at]
    if place.addressed and any(not match.forbidden for match in likely):
        return Outcome.CHOICES, "one-of-a-few"
    if likely and all(match.forbidden for match in likely):
        return Outcome.NONE, "ruled-out"
    topic = place.addressed and _about_bare_word(ranking)
    return (Outcome.CHOICES, "bare-topic") if topic else (Outcome.NONE, "not-sure")


def offered(ranking: Ranking, policy: Policy) -> tuple[Question, ...]:
    """Give the questions to choose from, best first: the likely ones, or those about the bare word that was said.

    What a guard forbids is not among them: it asks something else, and stands near by its words alone.
    """
    least = min(LEAST_CHOICE, policy.choices_at)
    asked = any(match.confidence >= policy.choices_at for match in ranking.matches)
    likely = [match for match in ranking.matches if match.confidence >= least and not match.forbidden]
    near = likely if asked else _about_bare_word(ranking)
    return tuple(match.question for match in near)[: policy.max_choices]


def _about_bare_word(ranking: Ranking) -> list[Match]:
    """Give the matches whose stored wording holds the one word that a text consists of; none for any other text.

    A lone word that is not spelt as a stored one may well be another word: there is nothing around it to tell.
    """
    said_too_little = (match for match in ranking.matches if TOO_SHORT in match.guards)
    return [match for match in said_too_little if match.words.all_met and not match.forbidden]


def bar(policy: Policy, place: Place, asks: float = 1.0) -> float:
    """Give the confidence that an answer needs, 0 to 1. `asks` is how surely the text asks.

    An overheard text that hardly asks has to be the surer of what: keywords that pin down one question are a request.
    """
    if place.addressed:
        return policy.answer_at
    odds = OVERHEARD_ODDS * max(1.0, policy.asks_at / max(asks, LEAST_ASKING)) ** _HARDLY_ASKS
    return odds * policy.answer_at / (odds * policy.answer_at + 1.0 - policy.answer_at)
