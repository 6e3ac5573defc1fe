"""From a text to a Decision. Pure and deterministic: no clock, no file, no platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching.about_bot import asks_about_bot
from knowledge.matching.outcome import LEAST_CHOICE, choose, offered
from knowledge.model import AnswerReply, AskKind, CardReply, ChoicesReply, Decision, Outcome, Place, PlainReply, Tier
from knowledge.presentation import sentences
from knowledge.safety.notice import answer_reply, choices_reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.content.library import Snapshot
    from knowledge.model import Question, Ranking, Reply, Verdict

# What is said, asked directly, to a text that asks nothing we could look up. "" is silence.
_PLAIN_SENTENCES = {
    AskKind.SMALL_TALK: "",
    AskKind.OTHER_LANGUAGE: sentences.ONLY_ENGLISH,
    AskKind.NOTHING_TO_READ: sentences.ASK_IN_WORDS,
}


def respond(
    snapshot: Snapshot, text: str, place: Place, verdict: Verdict | None = None, ranking: Ranking | None = None
) -> Decision:
    """Decide what becomes of `text`: an emergency card, an answer, choices, a plain sentence or silence.

    The screen comes first and alone: an alarming text is not matched at all. `verdict` is what `screened` gave for this
    text in this place, and `ranking` what the Snapshot's matcher gives for it, where they were asked already.
    """
    verdict = verdict or screened(snapshot, text, place)
    if verdict.tier is Tier.EMERGENCY:
        return Decision(Outcome.EMERGENCY, "alarm", verdict, reply=card_reply(snapshot, verdict))
    ranking = ranking or snapshot.matcher.rank(text)
    kind, caution = ranking.asking.kind, caution_line(snapshot, verdict)
    if place.addressed and kind in _PLAIN_SENTENCES:
        return Decision(Outcome.NONE, kind.value, verdict, ranking, _plain(caution, _PLAIN_SENTENCES[kind]))
    outcome, reason = choose(ranking, snapshot.policy, place)
    if place.addressed and outcome is not Outcome.ANSWER and asks_about_bot(text):
        return Decision(Outcome.NONE, "about-the-bot", verdict, ranking, _plain(caution, sentences.ABOUT))
    return Decision(outcome, reason, verdict, ranking, _compose(snapshot, outcome, ranking, caution, place))


def screened(snapshot: Snapshot, text: str, place: Place) -> Verdict:
    """Give what the screen says of `text`. Needs neither matcher nor book: adapters ask before they queue anything."""
    return snapshot.screen(text, overheard=not place.addressed)


def alarm(snapshot: Snapshot, verdict: Verdict) -> CardReply | None:
    """Give the card for a text if its `verdict` is an alarm."""
    return card_reply(snapshot, verdict) if verdict.tier is Tier.EMERGENCY else None


def behind_alarm(snapshot: Snapshot, text: str) -> Question | None:
    """Give the question that would have answered an alarming text, for when nobody is in danger; None where unsure."""
    ranking = snapshot.matcher.rank(text)
    outcome, _ = choose(ranking, snapshot.policy, Place(addressed=True))
    return ranking.matches[0].question if outcome is Outcome.ANSWER else None


def shown_ids(reply: Reply | None) -> tuple[str, ...]:
    """Give the ids of the questions that a reply shows."""
    match reply:
        case AnswerReply():
            return (reply.question.id,)
        case ChoicesReply():
            return tuple(question.id for question in reply.questions)
    return ()


def next_candidates(ranking: Ranking, shown: Sequence[str], limit: int) -> tuple[Question, ...]:
    """Give the questions to offer to somebody who says that none of those `shown` (ids) is theirs, best first.

    Once the shown ones are out, what was their share of the probability belongs to the others.
    """
    left = 1.0 - sum(match.confidence for match in ranking.matches if match.question.id in shown)
    near = (match for match in ranking.matches if match.confidence >= LEAST_CHOICE * left and not match.forbidden)
    return tuple(match.question for match in near if match.question.id not in shown)[:limit]


def card_reply(snapshot: Snapshot, verdict: Verdict) -> CardReply:
    """Give the card for an alarm, with the numbers of the countries that count here and a server's own lines."""
    return snapshot.cards.card(verdict, snapshot.policy.countries, snapshot.policy.own_lines)


def caution_line(snapshot: Snapshot, verdict: Verdict) -> str:
    """Give the line that stands above whatever follows a text that calls for caution; "" for every other text."""
    return snapshot.cards.caution(verdict, snapshot.policy.countries, snapshot.policy.own_lines)


def _compose(snapshot: Snapshot, outcome: Outcome, ranking: Ranking, caution: str, place: Place) -> Reply | None:
    addition = snapshot.policy.notice_addition
    if outcome is Outcome.ANSWER:
        return answer_reply(ranking.matches[0].question, caution=caution, addition=addition)
    if outcome is Outcome.CHOICES:
        return choices_reply(offered(ranking, snapshot.policy), caution=caution, addition=addition)
    if not place.addressed:
        return None
    return _plain(caution, sentences.NOTHING_FOUND)


def _plain(caution: str, sentence: str) -> PlainReply | None:
    """Say a sentence under the caution line; either may be empty, and nothing is said where both are."""
    said = "\n\n".join(part for part in (caution, sentence) if part)
    return PlainReply(said) if said else None
