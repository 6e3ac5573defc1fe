"""From a text to a Decision. Pure and deterministic: no clock, no file, no platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import sentences
from knowledge.matching.outcome import choose
from knowledge.model import AskKind, CardReply, Decision, Outcome, PlainReply, Tier
from knowledge.safety.notice import answer_reply, choices_reply

if TYPE_CHECKING:
    from knowledge.content.library import Snapshot
    from knowledge.model import Place, Ranking, Reply, Verdict

# What is said, asked directly, to a text that asks nothing we could look up. None is silence.
_PLAIN_REPLIES = {
    AskKind.SMALL_TALK: None,
    AskKind.OTHER_LANGUAGE: PlainReply(sentences.ONLY_ENGLISH),
    AskKind.NOTHING_TO_READ: PlainReply(sentences.ASK_IN_WORDS),
}

# The confidence below which a stored question only lengthens the list that somebody has to read.
_LEAST_CHOICE = 0.05


def respond(snapshot: Snapshot, text: str, place: Place) -> Decision:
    """Decide what becomes of `text`: an emergency card, an answer, choices, a plain sentence or silence.

    The screen comes first and alone: an alarming text is not matched at all.
    """
    verdict = snapshot.screen(text, overheard=not place.addressed)
    if verdict.tier is Tier.EMERGENCY:
        return Decision(Outcome.EMERGENCY, "alarm", verdict, reply=card_reply(snapshot, verdict))
    ranking = snapshot.matcher.rank(text)
    kind = ranking.asking.kind
    if place.addressed and kind in _PLAIN_REPLIES:
        return Decision(Outcome.NONE, kind.value, verdict, ranking, _PLAIN_REPLIES[kind])
    outcome, reason = choose(ranking, snapshot.policy, place)
    return Decision(outcome, reason, verdict, ranking, _compose(snapshot, outcome, ranking, verdict, place))


def card_reply(snapshot: Snapshot, verdict: Verdict) -> CardReply:
    """Give the card for an alarm, with the numbers of the operator's countries."""
    return snapshot.cards.card(verdict, snapshot.policy.countries)


def _compose(snapshot: Snapshot, outcome: Outcome, ranking: Ranking, verdict: Verdict, place: Place) -> Reply | None:
    caution = snapshot.cards.caution(verdict, snapshot.policy.countries)
    addition = snapshot.policy.notice_addition
    if outcome is Outcome.ANSWER:
        return answer_reply(ranking.matches[0].question, caution=caution, addition=addition)
    if outcome is Outcome.CHOICES:
        least = min(_LEAST_CHOICE, snapshot.policy.choices_at)
        likely = [match.question for match in ranking.matches if match.confidence >= least]
        return choices_reply(likely[: snapshot.policy.max_choices], caution=caution, addition=addition)
    if not place.addressed:
        return None
    return PlainReply(f"{caution}\n\n{sentences.NOTHING_FOUND}" if caution else sentences.NOTHING_FOUND)
