"""What is counted of what the bot does: kinds of outcomes, by day, server and entry; never texts or people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.model import AskKind, Outcome

if TYPE_CHECKING:
    from knowledge.model import Decision


class Counted(StrEnum):
    """As what a message, or the use of a command, is counted.

    `CHOSEN` is what was asked back and then chosen from. `MISSED` was asked directly, and there was nothing to show.
    `UNSURE` is a question that was overheard and left alone, `SILENT` everything else that was read and got no reply.
    `OTHER` got a sentence of our own, such as that it holds no words, or was put off because there were too many.
    `COPY` is an answer that somebody opened for their own eyes under a reply: no question more.
    """

    ANSWERED = "answered"
    ASKED_BACK = "asked-back"
    CHOSEN = "chosen"
    MISSED = "missed"
    UNSURE = "unsure"
    SILENT = "silent"
    EMERGENCY = "emergency"
    OTHER = "other"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Count:
    """How often something happened in a server on a day, which is counted from 1 January 1970, UTC.

    `entry_id` is the entry that was shown; where none was, the one that came nearest; "" where none came near.
    """

    day: int
    counted: Counted
    entry_id: str
    number: int


# The reason of a decision that gives somebody a copy of what another reply shows.
COPIED = "copied"
# The least confidence at which a stored question tells what a miss was about.
_NEAR = 0.05
# Reasons of `respond` for saying that there is nothing: the text was looked up in vain.
_IN_VAIN = frozenset({"nothing-alike", "ruled-out", "not-sure"})
_OUTCOMES = {
    Outcome.ANSWER: Counted.ANSWERED,
    Outcome.CHOICES: Counted.ASKED_BACK,
    Outcome.EMERGENCY: Counted.EMERGENCY,
}


def counted_reply(decision: Decision) -> Counted:
    """Say as what a reply is counted that was sent because of `decision`."""
    if decision.reason == COPIED:
        return Counted.COPY
    in_vain = Counted.MISSED if decision.reason in _IN_VAIN else Counted.OTHER
    return _OUTCOMES.get(decision.outcome, in_vain)


def counted_silence(decision: Decision) -> tuple[Counted, str]:
    """Say as what it is counted that `decision` led to no reply, and the entry that came nearest to a question."""
    asks = decision.ranking is not None and decision.ranking.asking.kind is AskKind.QUESTION
    if asks and decision.reason in _IN_VAIN:
        return Counted.UNSURE, nearest_entry(decision)
    return Counted.SILENT, ""


def nearest_entry(decision: Decision) -> str:
    """Give the id of the stored question that came nearest, "" where none came near."""
    matches = decision.ranking.matches if decision.ranking else ()
    return matches[0].question.id if matches and matches[0].confidence >= _NEAR else ""
