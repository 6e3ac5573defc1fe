"""What is stored: questions, and the experts' answers to each, word for word."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Layer(StrEnum):
    """Who owns an entry: the book that all servers share, or one server's moderators."""

    BOOK = "book"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Answer:
    """One expert's answer, word for word. What is unknown is None, never a guess.

    `rating` is 0 to 5 and, like `reviews`, what patients said of the doctor, not of the answer;
    `as_of` is the date of both, `checked` the day on which a person last read the answer. `of_book` is set where a
    server's moderators changed the entry around this answer but left the answer as it stands in the book. `overdue`
    is set where that last reading is longer ago than the operator's setting allows: it is no part of what is said.
    """

    body: str
    headline: str = ""
    name: str | None = None
    credentials: str | None = None
    rating: float | None = None
    reviews: int | None = None
    id: str | None = None
    as_of: date | None = None
    checked: date | None = None
    invented: bool = False
    of_book: bool = False
    overdue: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an imported entry came from: the file's bare name and the SHA-256 of its bytes, in hex."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Question:
    """A stored question with its experts' answers in the order of the page; the order is no ranking.

    `notice` is the page's own, shown above ours where it says something else. `examples` are texts that must find this.
    """

    id: str
    title: str
    answers: tuple[Answer, ...]
    details: str = ""
    phrasings: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    notice: str = ""
    source: Source | None = None
    layer: Layer = Layer.BOOK

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording that asks this question: the title first, then the phrasings."""
        return (self.title, *self.phrasings)
