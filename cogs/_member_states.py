"""What members press besides the buttons of a reply itself, kept in the ids of buttons (see `_states`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voted:
    """The vote on the pressed message, which shows `entry`."""

    entry: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class VotedBecause:
    """Why an answer was not helpful, one of the `REASONS`. `reply` showed it, to its reader alone if `private`."""

    reply: int
    entry: str
    reason: str
    private: bool


@dataclass(frozen=True, slots=True)
class Unvoted:
    """The member takes their vote on `reply` back."""

    reply: int
