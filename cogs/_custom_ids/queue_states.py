"""What moderators press under questions and wordings that members passed on, kept in the ids of buttons and forms.

`number` is everywhere the version of the question as the moderator saw it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Queued:
    """Show the question at a place, from 0, of what waits for an answer."""

    page: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """The moderator looks after a question, or no more."""

    waiting: int
    number: int


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Open the form that asks why a question gets no answer."""

    waiting: int
    number: int


@dataclass(frozen=True, slots=True)
class DismissedBecause:
    """The form with the reason, sent."""

    waiting: int
    number: int


@dataclass(frozen=True, slots=True)
class AnsweredBy:
    """Say that `entry` answers a question; `sure` is whether the moderator was asked first: askers are told at once."""

    waiting: int
    number: int
    entry: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class PhrasingOf:
    """Propose how a question was asked as a phrasing of `entry`."""

    waiting: int
    entry: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """Show the next wording that members showed after the one of the number `wording`."""

    wording: int


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Propose a wording that a member showed as a phrasing."""

    wording: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """Keep a wording that a member showed no longer."""

    wording: int


LETTERS: dict[type[Any], str] = {
    Queued: "q",
    Assigned: "qa",
    Dismissed: "qd",
    DismissedBecause: "qr",
    AnsweredBy: "qe",
    PhrasingOf: "qp",
    Suggested: "qs",
    TakenOver: "qt",
    Dropped: "qx",
}
QueueState = (
    Queued | Assigned | Dismissed | DismissedBecause | AnsweredBy | PhrasingOf | Suggested | TakenOver | Dropped
)
