"""What is pressed under replies and under `/browse`, kept in the ids of buttons (see `states`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Opened:
    """Which answer of an entry stands open, at which page; both count from 0.

    `asker` is the member whose reply it is. `caution` is the category of the alarm whose line stands above, or "".
    """

    asker: int
    entry: str
    answer: int = 0
    page: int = 0
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An entry that is offered as a choice."""

    asker: int
    entry: str
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """A page of what the stored question's asker wrote. `turning` is whether the message shows such a page already."""

    entry: str
    page: int = 0
    turning: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """The reply is "not my question": it goes, and its asker is offered the entries that came next, if any.

    Ids of several entries are too long for a button: `others` are their checksums (see `checksum`).
    """

    asker: int
    others: tuple[str, ...] = ()
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The button "Numbers for my country", on a card."""


@dataclass(frozen=True, slots=True)
class Safe:
    """The button "Nobody is in danger now: show the answer"; `asker` is the member whose text alarmed."""

    asker: int
    entry: str


# --- What is pressed under `/browse`. `place` is the page, from 0; one that is not there any more gives the last ---


@dataclass(frozen=True, slots=True)
class Topics:
    """Show a page of the topics."""

    place: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """Show a page of a topic's questions. `topic` is its key, "" for the questions without a topic."""

    topic: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Browsed:
    """Show the answers to a question that somebody found in the list."""

    entry: str


LETTERS: dict[type[Any], str] = {
    Opened: "o",
    Chosen: "c",
    Details: "d",
    Rejected: "r",
    Numbers: "n",
    Safe: "s",
    Topics: "bt",
    Listed: "bl",
    Browsed: "be",
}
ReplyState = Opened | Chosen | Details | Rejected | Numbers | Safe | Topics | Listed | Browsed
