"""Where an entry of one server stands, and the revisions that brought it there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.model import Question

# The author of the book's revisions: its files say who wrote what, not the program.
THE_OWNERS = ""


class Action(StrEnum):
    """What a revision did to its entry."""

    ADD = "add"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    FOLLOW_BOOK = "follow-book"
    MERGE = "merge"
    KEEP = "keep"
    APPROVE = "approve"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who did something, when, and why, in their own words. `by` is the platform's identifier of the person."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What one revision made an entry say.

    `base_hash` is the content hash of the book's entry that an override was made from, "" where there was none.
    `authors` wrote these words, or words of a draft that became them: none of them may approve them.
    """

    number: int
    question: Question
    content_hash: str
    authors: frozenset[str]
    base_hash: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What a person saw of an entry: its newest revision in their server (0: none); the book's hash if its words."""

    entry_id: str
    number: int = 0
    book_hash: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as one server's moderators left it. An entry of the book that they never touched has `number` 0.

    `live` is what members see; `draft` waits for a moderator who is not one of `drafted_by`. Without `live`, members
    see the book's entry of this id where there is one; withdrawn (`hidden`), not even that. `title` is a name for
    entries that say nothing now, as they were called last; "" where that was redacted.
    """

    id: str
    number: int = 0
    live: Wording | None = None
    draft: Wording | None = None
    drafted_by: frozenset[str] = frozenset()
    hidden: bool = False
    title: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Revision:
    """One change to an entry. Numbers count from 1 within the entry.

    `target` is the revision that was approved, rejected, restored, kept or withdrawn. ADD, EDIT and KEEP carry a
    content hash and, unless redacted, the `question` they wrote; `redacted` tells who took that away, when and why.
    """

    number: int
    action: Action
    signed: Signed
    target: int | None = None
    question: Question | None = None
    content_hash: str = ""
    base_hash: str = ""
    authors: frozenset[str] = frozenset()
    redacted: Signed | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change, decided but not yet kept: the entry before and after, and the revision that tells of it."""

    before: Entry
    after: Entry
    revision: Revision
