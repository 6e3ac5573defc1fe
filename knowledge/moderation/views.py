"""What the moderators' desk gives to an adapter, and what it takes from one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from knowledge.curation.concerns import Concern
    from knowledge.curation.differences import Difference
    from knowledge.curation.entry import Revision, Version
    from knowledge.curation.examples import BrokenExample
    from knowledge.curation.review import Risk
    from knowledge.model import AnswerReply, Question
    from knowledge.records.deliveries import Delivery
    from knowledge.records.recalls import Recalled
    from knowledge.records.transaction import Transaction


class EntryState(StrEnum):
    """What members see of an entry."""

    BOOK = "book"
    OWN = "own"
    WITHDRAWN = "withdrawn"
    NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as a moderator of one server sees it.

    `shown` is what members see now, `draft` what waits for a moderator who is not one of `drafted_by`. `version` goes
    back with whatever the moderator decides on seeing this. `book_changed` tells that the book's entry says something
    else by now than when this server overrode it; `of_book` is what it says, with its hash, None and "" for nothing.
    """

    id: str
    title: str
    state: EntryState
    version: Version
    shown: Question | None = None
    draft: Question | None = None
    drafted_by: frozenset[str] = frozenset()
    overrides_book: bool = False
    book_changed: bool = False
    of_book: Question | None = None
    book_hash: str = ""

    @property
    def newest(self) -> Question | None:
        """The words that an edit begins from: the draft, else what members see."""
        return self.draft or self.shown


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry as a moderator wants it, and what they saw of it when they began: `original` None for a new one."""

    question: Question
    seen: Version
    original: Question | None = None
    reason: str = ""


class Note(Protocol):
    """Writes what else is true once an entry is saved, in the transaction that saves it."""

    async def __call__(self, change: Transaction, entry_id: str) -> None:
        """Write it."""
        ...


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a moderator is shown before saving.

    `preview` is what members will see. `waits` tells that another moderator has to approve it, `risks` why where the
    setting is about risks. While there are `broken` examples, it cannot be saved.
    """

    preview: AnswerReply
    differences: tuple[Difference, ...]
    concerns: tuple[Concern, ...]
    broken: tuple[BrokenExample, ...]
    waits: bool
    risks: frozenset[Risk]


@dataclass(frozen=True, slots=True)
class Saved:
    """A change that is on the disk: the entries it touched, and whether they wait for another moderator.

    `recalled` counts the earlier replies that it made wrong; None where that could not be read.
    """

    entries: tuple[EntryView, ...]
    waits: bool = False
    recalled: Recalled | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All revisions of an entry, oldest first: this server's, and the book's of the same id."""

    own: tuple[Revision, ...]
    of_book: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a reply says what it says: the delivery, the words it showed where they are kept, whether they are live.

    `history` is that of the entry whose words they are.
    """

    delivery: Delivery
    words: Question | None
    still_live: bool
    history: History | None = None
