"""What members press besides the buttons of a reply itself, kept in the ids of buttons (see `states`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


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


@dataclass(frozen=True, slots=True)
class AskModerators:
    """See what would be kept if `asker` passes on what they asked: a message, or a command, of the id `asked`.

    `rejected` is the entry of which they said that it is not their question, or "".
    """

    asker: int
    asked: int
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class ShowWording:
    """See what would be kept if `asker` shows the moderators how they put the question that `entry` answers."""

    asker: int
    entry: str
    asked: int


@dataclass(frozen=True, slots=True)
class KeepQuestion:
    """Keep the question that is held under `held`, and tell its asker by `route` when it is answered."""

    held: int
    route: str


@dataclass(frozen=True, slots=True)
class KeepWording:
    """Keep the wording that is held under `held`."""

    held: int


@dataclass(frozen=True, slots=True)
class KeepNothing:
    """Hold what is held under `held` no longer."""

    held: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The member takes back the question that they asked as `asking`."""

    asking: int


@dataclass(frozen=True, slots=True)
class FromServer:
    """Not to be pressed: says in a direct message from which server its answer is."""

    server: int


@dataclass(frozen=True, slots=True)
class PrivacyShown:
    """Show what is kept about the presser."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Delete what is kept about the presser; `sure` is whether they were asked first."""

    sure: bool


@dataclass(frozen=True, slots=True)
class OptedOut:
    """Read the presser's messages in watched channels no more, or again."""

    out: bool


LETTERS: dict[type[Any], str] = {
    Voted: "v",
    VotedBecause: "u",
    Unvoted: "t",
    AskModerators: "m",
    ShowWording: "mw",
    KeepQuestion: "mk",
    KeepWording: "ms",
    KeepNothing: "mx",
    TakenBack: "mt",
    FromServer: "mf",
    PrivacyShown: "ps",
    Forgotten: "pf",
    OptedOut: "po",
}
MemberState = (
    Voted
    | VotedBecause
    | Unvoted
    | AskModerators
    | ShowWording
    | KeepQuestion
    | KeepWording
    | KeepNothing
    | TakenBack
    | FromServer
    | PrivacyShown
    | Forgotten
    | OptedOut
)
