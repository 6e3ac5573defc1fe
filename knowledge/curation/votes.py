"""What members think of the answers that they were shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """A vote: helpful, or not; and why not, where the member says so."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not-helpful"
    WRONG_QUESTION = "wrong-question"
    OUT_OF_DATE = "out-of-date"
    UNCLEAR = "unclear"
    COULD_HARM = "could-harm"


REASONS = (Verdict.WRONG_QUESTION, Verdict.OUT_OF_DATE, Verdict.UNCLEAR, Verdict.COULD_HARM)
"""The verdicts that say why an answer was not helpful, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's vote on one reply: the last one counts. The server is "" in a direct message.

    `entry_id` is the entry that the reply showed.
    """

    server_id: str
    channel_id: str
    reply_id: str
    member_id: str
    entry_id: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on an entry, or on all of a server."""

    helpful: int = 0
    not_helpful: int = 0
    could_harm: int = 0

    @property
    def share(self) -> float | None:
        """How much of all votes says "helpful", 0 to 1; None where nobody voted."""
        cast = self.helpful + self.not_helpful
        return self.helpful / cast if cast else None
