"""How members put the question whose answer they chose, kept by their own press for moderators to learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.curation.wordings import ShownWording
from knowledge.records.times import from_seconds, to_seconds

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction


async def keep(change: Transaction, wording: ShownWording, at: datetime) -> None:
    """Keep a wording; the same one by the same member is one."""
    await change.execute(
        "INSERT INTO wordings (server_id, member_id, entry_id, text, at, until) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET at = excluded.at, until = excluded.until",
        wording.server_id,
        wording.member_id,
        wording.entry_id,
        wording.text,
        to_seconds(at),
        to_seconds(wording.until),
    )


async def of_server(database: Reader, server_id: str) -> tuple[ShownWording, ...]:
    """Give the wordings that members of a server showed, oldest first."""
    rows = await database.read("SELECT * FROM wordings WHERE server_id = ? ORDER BY id", server_id)
    return tuple(map(_wording, rows))


async def of_member(database: Reader, member_id: str) -> tuple[ShownWording, ...]:
    """Give the wordings that a member showed, in all servers, oldest first."""
    rows = await database.read("SELECT * FROM wordings WHERE member_id = ? ORDER BY id", member_id)
    return tuple(map(_wording, rows))


async def remove(change: Transaction, server_id: str, number: int) -> bool:
    """Delete a wording. False: it is gone already. Call `Database.forget_old_pages` after it."""
    return bool(await change.execute("DELETE FROM wordings WHERE id = ? AND server_id = ?", number, server_id))


async def forget(change: Transaction, member_id: str) -> int:
    """Delete what a member showed and give how much it was. Call `Database.forget_old_pages` after it."""
    return await change.execute("DELETE FROM wordings WHERE member_id = ?", member_id)


async def purge(change: Transaction, at: datetime) -> int:
    """Delete what is kept for longer than its member agreed to; give how much. Call `forget_old_pages` after it."""
    return await change.execute("DELETE FROM wordings WHERE until <= ?", to_seconds(at))


def _wording(row: sqlite3.Row) -> ShownWording:
    return ShownWording(
        server_id=row["server_id"],
        member_id=row["member_id"],
        entry_id=row["entry_id"],
        text=row["text"],
        until=from_seconds(row["until"]),
        id=row["id"],
    )
