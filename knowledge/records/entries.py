"""Where every entry of every server stands now."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.content.canonical import from_json, hash_of
from knowledge.curation.entry import Entry, Wording
from knowledge.errors import CannotRun, SecondOpinionError
from knowledge.model import Layer
from knowledge.records import revisions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from knowledge.curation.entry import Step
    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction

_LOAD = """
    SELECT entries.*,
           (SELECT json_extract(content, '$.title') FROM revisions AS newest
            WHERE (newest.server_id, newest.entry_id) = (entries.server_id, entries.entry_id) AND content IS NOT NULL
            ORDER BY number DESC LIMIT 1) AS title,
           live.content AS live_content, live.content_hash AS live_hash,
           live.base_hash AS live_base, live.authors AS live_authors,
           draft.content AS draft_content, draft.content_hash AS draft_hash,
           draft.base_hash AS draft_base, draft.authors AS draft_authors
    FROM entries
    LEFT JOIN revisions AS live
        ON (live.server_id, live.entry_id, live.number) = (entries.server_id, entries.entry_id, entries.live)
    LEFT JOIN revisions AS draft
        ON (draft.server_id, draft.entry_id, draft.number) = (entries.server_id, entries.entry_id, entries.draft)
"""


class StaleEntry(SecondOpinionError):
    """The entry is kept in another state than the step was decided on. Its keeper looks again; nobody is told."""


async def load(database: Reader, server_id: str = "") -> Mapping[str, Mapping[str, Entry]]:
    """Give every server's entries, or those of one, by server and id.

    Raises `CannotRun` where words are not those that were saved.
    """
    servers: dict[str, dict[str, Entry]] = defaultdict(dict)
    for row in await database.read(f"{_LOAD} WHERE ? IN ('', entries.server_id)", server_id):
        servers[row["server_id"]][row["entry_id"]] = _entry(row)
    return dict(servers)


async def keep(change: Transaction, server_id: str, step: Step) -> None:
    """Move an entry on and append the revision that tells of it.

    Raises `StaleEntry` where the entry does not stand at `step.before`.
    """
    after = step.after
    changed = await change.execute(
        "INSERT INTO entries (server_id, entry_id, number, live, draft, drafted_by, hidden) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET number = excluded.number, live = excluded.live, draft = excluded.draft, "
        "drafted_by = excluded.drafted_by, hidden = excluded.hidden WHERE entries.number = ?",
        server_id,
        after.id,
        after.number,
        after.live.number if after.live else None,
        after.draft.number if after.draft else None,
        json.dumps(sorted(after.drafted_by)),
        int(after.hidden),
        step.before.number,
    )
    if not changed:
        raise StaleEntry
    await revisions.append(change, server_id, after.id, step.revision)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=row["entry_id"],
        number=row["number"],
        live=_wording(row, "live"),
        draft=_wording(row, "draft"),
        drafted_by=frozenset(json.loads(row["drafted_by"])),
        hidden=bool(row["hidden"]),
        title=row["title"] or "",
    )


def _wording(row: sqlite3.Row, kind: str) -> Wording | None:
    if row[kind] is None:
        return None
    content, content_hash = row[f"{kind}_content"], row[f"{kind}_hash"]
    if content is None or hash_of(content) != content_hash:
        # A disk may change bytes that SQLite does not check. Medical words are shown as they were saved or not at all.
        raise CannotRun(
            f"The words of the answer '{row['entry_id']}' are not those that were saved: the database is damaged. "
            "It was left as it is. Put a backup in its place."
        )
    return Wording(
        number=row[kind],
        question=from_json(content, row["entry_id"], Layer.SERVER),
        content_hash=content_hash,
        authors=frozenset(json.loads(row[f"{kind}_authors"])),
        base_hash=row[f"{kind}_base"] or "",
    )
