"""Questions that members passed on to their server's moderators: which are the same, and who is to be told of what.

A question waits until it is answered, dismissed, taken back by all who asked it, or expired. What somebody asked goes
with their asking: told or taken back, none of their words are left.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.curation.refusals import Refused
from knowledge.matching.outcome import choose
from knowledge.model import Outcome, Place, Question
from knowledge.respond import respond
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from knowledge.content.library import Snapshot
    from knowledge.model import Decision, Match

TEXT_LIMIT = 1_500
MOST_OF_A_MEMBER = 10
MOST_OF_A_SERVER = 500

# An entry's id never holds a colon.
_PREFIX = "waiting:"
_UNANSWERED = frozenset({"nothing-alike", "ruled-out", "not-sure"})


class Route(StrEnum):
    """Where an asker wants to be told: in the channel where they asked, or by a direct message."""

    CHANNEL = "channel"
    DIRECT = "direct"


class Ending(StrEnum):
    """Why a question waits no longer."""

    ANSWERED = "answered"
    DISMISSED = "dismissed"
    TAKEN_BACK = "taken-back"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class MemberQuestion:
    """One member's question, kept by that member's press until `until` at most.

    `message_id` is the message in which it was asked, "" where there is none that others see. `rejected` is the entry
    of which the member said that it is not their question, or "". `id` 0 is not kept yet.
    """

    server_id: str
    member_id: str
    channel_id: str
    message_id: str
    text: str
    route: Route
    until: datetime
    rejected: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question that one or more members of a server wait to be answered; oldest asking first.

    `version` grows with every change. `assigned_to` is the moderator who looks after it, or "". `entry_id` is the entry
    that a moderator said answers it, "" where none did: its askers are told as soon as members see that entry.
    """

    id: int
    server_id: str
    askings: tuple[MemberQuestion, ...]
    version: int
    at: datetime
    assigned_to: str = ""
    entry_id: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The words in which it was asked, each once."""
        return tuple(dict.fromkeys(asking.text for asking in self.askings))


@dataclass(frozen=True, slots=True)
class Ended:
    """A question that waits no longer: why, by whose doing ("" where nobody did it), and answered by which entry."""

    ending: Ending
    by: str = ""
    entry_id: str = ""


def can_be_passed_on(decision: Decision) -> bool:
    """Whether a text that was put to the bot asks something which nothing stored answers."""
    return decision.outcome is Outcome.NONE and decision.reason in _UNANSWERED and decision.reply is not None


def most_asked_first(waiting: Iterable[WaitingQuestion]) -> tuple[WaitingQuestion, ...]:
    """Give questions in the order in which moderators see them; of those asked as often, the oldest first."""
    return tuple(sorted(waiting, key=lambda one: (-len(one.askings), one.at, one.id)))


def checked_text(text: str) -> str:
    """Give a text as it would be kept. Raises `Refused` where it has no words or is too long."""
    kept = text.strip()
    if not words(kept):
        raise Refused("There are no words in it that the moderators could answer.")
    if len(kept) > TEXT_LIMIT:
        raise Refused(
            f"That is {len(kept):,} characters long, and at most {TEXT_LIMIT:,} can be passed on. "
            "Please ask again in fewer words."
        )
    return kept


def require_room(waiting: Sequence[WaitingQuestion], member_id: str) -> None:
    """Raise `Refused` where a member, or the server, has as many questions waiting as there may be."""
    askings = [asking for question in waiting for asking in question.askings]
    if sum(asking.member_id == member_id for asking in askings) >= MOST_OF_A_MEMBER:
        raise Refused(
            f"You have {MOST_OF_A_MEMBER} questions waiting in this server, and more are not kept. "
            "Take one back with /privacy first."
        )
    if len(askings) >= MOST_OF_A_SERVER:
        raise Refused("Too many questions wait for this server's moderators already. Please ask again another day.")


def same_question(waiting: Sequence[WaitingQuestion], text: str, shown: Snapshot) -> WaitingQuestion | None:
    """Give the question among `waiting` that `text` asks too, by the same confidence at which an answer is given."""
    if not waiting:
        return None
    ranking = shown.matcher.with_layer(map(_as_question, waiting)).rank(text)
    outcome, _ = choose(ranking, shown.policy, Place(addressed=True))
    if outcome is not Outcome.ANSWER:
        return None
    best = ranking.matches[0].question.id
    return next((question for question in waiting if best == f"{_PREFIX}{question.id}"), None)


def answers_to(question: WaitingQuestion, shown: Snapshot) -> Mapping[int, str]:
    """Give the askings of a question that are answered by what is shown now, each with the entry that answers it.

    Where a moderator named the entry, it answers all. Else an asking is answered where its words get an answer; the
    others are told of the surest one, if their own words make that likely and no guard speaks against it.
    """
    if question.entry_id in shown.questions:
        return {asking.id: question.entry_id for asking in question.askings}
    place = Place(addressed=True, server_id=question.server_id)
    sure: dict[int, Match] = {}
    likely: dict[int, set[str]] = {}
    for asking in question.askings:
        decision = respond(shown, asking.text, place)
        matches = decision.ranking.matches if decision.ranking else ()
        meant = [match for match in matches if match.question.id != asking.rejected and not match.forbidden]
        likely[asking.id] = {match.question.id for match in meant if match.confidence >= shown.policy.choices_at}
        if decision.outcome is Outcome.ANSWER and meant[:1] == list(matches[:1]):
            sure[asking.id] = meant[0]
    if not sure:
        return {}
    surest = max(sure.values(), key=lambda match: match.confidence).question.id
    too = {number: surest for number, entries in likely.items() if surest in entries}
    return too | {number: match.question.id for number, match in sure.items()}


def _as_question(waiting: WaitingQuestion) -> Question:
    title, *others = waiting.texts
    return Question(f"{_PREFIX}{waiting.id}", title, (), phrasings=tuple(others))
