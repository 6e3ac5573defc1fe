"""Every wording that was ever served or proposed, with who, when and why. Append-only, but for redaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from knowledge.content.canonical import from_json, hash_of, to_json
from knowledge.curation.entry import THE_OWNERS, Action, Revision, Signed, Wording
from knowledge.model import Layer
from knowledge.records.times import from_seconds, to_seconds
from knowledge.records.transaction import in_parts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator, Collection, Iterable, Mapping
    from datetime import datetime

    from knowledge.model import Question
    from knowledge.records.database import Database, Reader
    from knowledge.records.transaction import Transaction, Value

# The server under which the book's own revisions are kept.
THE_BOOK = ""
_PIECE = 100
_NEVER = (0, None)


async def append(change: Transaction, server_id: str, entry_id: str, revision: Revision) -> None:
    """Keep one more revision of an entry."""
    await change.execute_many(_INSERT, [_row(server_id, entry_id, revision)])


async def history(database: Reader, server_id: str, entry_id: str) -> tuple[Revision, ...]:
    """Give all revisions of an entry in one layer, oldest first; `THE_BOOK` names the book's layer."""
    rows = await database.read(
        "SELECT * FROM revisions WHERE server_id = ? AND entry_id = ? ORDER BY number", server_id, entry_id
    )
    return tuple(_revision(row) for row in rows)


async def every(database: Reader, *server_ids: str) -> AsyncIterator[tuple[str, str, Revision]]:
    """Give every revision of these layers, or of all where none is named, with its server and entry; oldest first."""
    marks = ", ".join("?" * len(server_ids))
    chosen = f"WHERE server_id IN ({marks})" if server_ids else ""
    rows = await database.read(f"SELECT * FROM revisions {chosen} ORDER BY server_id, entry_id, number", *server_ids)  # noqa: S608  # marks
    for row in rows:
        yield row["server_id"], row["entry_id"], _revision(row)


async def wording(database: Database, server_id: str, entry_id: str, number: int) -> Wording | None:
    """Give the words that revision `number` wrote, or None where it wrote none or they were redacted."""
    rows = await database.read(
        "SELECT * FROM revisions WHERE server_id = ? AND entry_id = ? AND number = ? AND content IS NOT NULL",
        server_id,
        entry_id,
        number,
    )
    return wording_of(_revision(rows[0])) if rows else None


async def find_words(database: Database, server_id: str, entry_id: str, content_hash: str) -> Question | None:
    """Give the words with this hash that members of a server were shown under `entry_id`, theirs or the book's."""
    rows = await database.read(
        "SELECT * FROM revisions WHERE content_hash = ? AND entry_id = ? AND server_id IN (?, ?) "
        "AND content IS NOT NULL LIMIT 1",
        content_hash,
        entry_id,
        server_id,
        THE_BOOK,
    )
    return _revision(rows[0]).question if rows else None


async def redact(change: Transaction, server_id: str, entry_id: str, numbers: Collection[int], signed: Signed) -> int:
    """Take the words from these revisions for good and give how many had any left.

    Hash, author, time and reason stay, and so does who redacted it and why. Call `Database.forget_old_pages` after it.
    """
    marks = ", ".join("?" * len(numbers))
    return await change.execute(
        "UPDATE revisions SET content = NULL, redacted_by = ?, redaction_reason = ?, redacted_at = ? "  # noqa: S608  # marks
        f"WHERE server_id = ? AND entry_id = ? AND number IN ({marks}) AND content IS NOT NULL",
        signed.by,
        signed.reason,
        to_seconds(signed.at),
        server_id,
        entry_id,
        *numbers,
    )


async def live_in_servers(change: Transaction, entries: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Give the hash of what servers themselves show of entries, by server and entry: "" where one shows nothing.

    Of what a server has no say in, or only a draft of, there is none.
    """
    found: dict[tuple[str, str], str] = {}
    for some in in_parts([entry for entry in dict.fromkeys(entries) if entry[0] != THE_BOOK]):
        marks = ", ".join(["(?, ?)"] * len(some))
        rows = await change.read(
            "SELECT entries.server_id, entries.entry_id, hidden, content_hash FROM entries "  # noqa: S608  # marks
            "LEFT JOIN revisions AS live "
            "ON (live.server_id, live.entry_id, live.number) = (entries.server_id, entries.entry_id, entries.live) "
            f"WHERE (entries.server_id, entries.entry_id) IN (VALUES {marks}) AND (hidden OR live IS NOT NULL)",
            *(value for entry in some for value in entry),
        )
        found |= {(row["server_id"], row["entry_id"]): "" if row["hidden"] else row["content_hash"] for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class BookChange:
    """A revision of the book's entry: its number, and what the entry says from then on; None where it is gone."""

    entry_id: str
    number: int
    question: Question | None = None


async def record_book(
    change: Transaction, questions: Iterable[Question], at: datetime, files_hash: str
) -> tuple[BookChange, ...]:
    """Append a revision for every entry of the book that is new, gone or says something else than at the last record.

    `files_hash` tells the state of the knowledge files. Give what was appended.
    """
    newest = await _newest_of_book(change)
    signed = Signed(THE_OWNERS, at, files_hash)
    appended: list[BookChange] = []
    waiting = iter(questions)
    # In pieces, so that a large book holds up nobody's answers.
    while piece := list(islice(waiting, _PIECE)):
        rows = []
        for question in piece:
            number, before = newest.pop(question.id, _NEVER)
            if row := _book_row(question, number + 1, before, signed):
                rows.append(row)
                appended.append(BookChange(question.id, number + 1, question))
        await change.execute_many(_INSERT, rows)
    gone = [BookChange(entry_id, number + 1) for entry_id, (number, before) in newest.items() if before is not None]
    withdrawn = (_row(THE_BOOK, one.entry_id, Revision(one.number, Action.WITHDRAW, signed)) for one in gone)
    await change.execute_many(_INSERT, withdrawn)
    return (*appended, *gone)


def _book_row(question: Question, number: int, before: str | None, signed: Signed) -> tuple[Value, ...] | None:
    """Give the revision to append for an entry of the book, or None where it says what it said `before`."""
    canonical = to_json(question)
    now = hash_of(canonical)
    if now == before:
        return None
    action = Action.EDIT if before else Action.ADD
    return _row(THE_BOOK, question.id, Revision(number, action, signed, question=question, content_hash=now), canonical)


def wording_of(revision: Revision) -> Wording | None:
    """Give the words of a revision as something an entry can say, or None where it has none."""
    if revision.question is None:
        return None
    return Wording(revision.number, revision.question, revision.content_hash, revision.authors, revision.base_hash)


_COLUMNS = (
    "server_id, entry_id, number, action, target, content, content_hash, base_hash, authors, author_id, reason, at"
)
_INSERT = f"INSERT INTO revisions ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  # our columns


def _row(server_id: str, entry_id: str, revision: Revision, canonical: str | None = None) -> tuple[Value, ...]:
    if revision.question is not None and canonical is None:
        canonical = to_json(revision.question)
    return (
        server_id,
        entry_id,
        revision.number,
        revision.action,
        revision.target,
        canonical,
        revision.content_hash or None,
        revision.base_hash or None,
        json.dumps(sorted(revision.authors)),
        revision.signed.by,
        revision.signed.reason,
        to_seconds(revision.signed.at),
    )


def _revision(row: sqlite3.Row) -> Revision:
    layer = Layer.BOOK if row["server_id"] == THE_BOOK else Layer.SERVER
    return Revision(
        number=row["number"],
        action=Action(row["action"]),
        signed=Signed(row["author_id"], from_seconds(row["at"]), row["reason"]),
        target=row["target"],
        question=None if row["content"] is None else from_json(row["content"], row["entry_id"], layer),
        content_hash=row["content_hash"] or "",
        base_hash=row["base_hash"] or "",
        authors=frozenset(json.loads(row["authors"])),
        redacted=None
        if row["redacted_at"] is None
        else Signed(row["redacted_by"], from_seconds(row["redacted_at"]), row["redaction_reason"]),
    )


async def _newest_of_book(change: Transaction) -> dict[str, tuple[int, str | None]]:
    """Give each entry that the book ever had with its newest revision: number, and hash unless it is gone."""
    # With MAX, SQLite gives the other columns of the row that holds it (sqlite.org/lang_select.html#bareagg).
    rows = await change.read(
        "SELECT entry_id, MAX(number) AS number, content_hash FROM revisions WHERE server_id = ? GROUP BY entry_id",
        THE_BOOK,
    )
    return {row["entry_id"]: (row["number"], row["content_hash"]) for row in rows}
