"""What moderators press and send, kept in the ids of buttons and forms (see `states`).

`draft` is everywhere the id of the interaction that made what is not saved yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Save:
    """Save what was proposed."""

    draft: int


@dataclass(frozen=True, slots=True)
class EditAgain:
    """Open the form again with what was typed; for one that nothing was typed into, an empty one."""

    draft: int


@dataclass(frozen=True, slots=True)
class Discard:
    """Do not save what was proposed."""

    draft: int


@dataclass(frozen=True, slots=True)
class AsAnswer:
    """Propose the typed answer as another one of `entry`."""

    draft: int
    entry: str


@dataclass(frozen=True, slots=True)
class AsPhrasing:
    """Propose the typed question as a phrasing of `entry`."""

    draft: int
    entry: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """Which answer of a preview stands open, at which page; both count from 0."""

    draft: int
    answer: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """The form of an answer, sent. `draft` tells what it belongs to; 0 is a new entry."""

    draft: int


@dataclass(frozen=True, slots=True)
class Approve:
    """Put a draft before members; `number` is the entry's newest revision as the moderator saw it."""

    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class Reject:
    """Open the form that asks why a draft is rejected."""

    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class RejectedBecause:
    """The form with the reason, sent."""

    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Show the draft at a place, from 0, of what waits for review."""

    page: int


@dataclass(frozen=True, slots=True)
class Past:
    """Show a page of an entry's history; the newest revisions stand on page 0."""

    entry: str
    page: int


@dataclass(frozen=True, slots=True)
class KeepOurs:
    """Go on showing a server's words of an entry that the book has changed.

    `number` is the entry's newest revision as the moderator saw it, `book` begins the hash of the book's words; ""
    where it has none any more.
    """

    entry: str
    number: int
    book: str


@dataclass(frozen=True, slots=True)
class TakeBooks:
    """Show the book's words in place of a server's; the fields are those of `KeepOurs`."""

    entry: str
    number: int
    book: str


LETTERS: dict[type[Any], str] = {
    Save: "k",
    EditAgain: "e",
    Discard: "x",
    AsAnswer: "a",
    AsPhrasing: "p",
    Leaf: "l",
    Filled: "f",
    Approve: "y",
    Reject: "j",
    RejectedBecause: "b",
    Waiting: "w",
    Past: "h",
    KeepOurs: "ko",
    TakeBooks: "kt",
}
DeskState = (
    Save
    | EditAgain
    | Discard
    | AsAnswer
    | AsPhrasing
    | Leaf
    | Filled
    | Approve
    | Reject
    | RejectedBecause
    | Waiting
    | Past
    | KeepOurs
    | TakeBooks
)
