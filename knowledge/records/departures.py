"""Servers that the bot was removed from: since when, and taking all that is kept of one away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.records.times import from_seconds, to_seconds

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction

# Which tables are about servers is found in the schema, so that one that comes later is purged too. The table of the
# departures goes last: while its row says so, revisions may be deleted.
_TABLES_OF_SERVERS = (
    "SELECT tables.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns "
    "WHERE tables.type = 'table' AND columns.name = 'server_id' AND tables.name <> 'departures' ORDER BY tables.name"
)


async def note(change: Transaction, server_id: str, at: datetime) -> None:
    """Note that the bot is not in a server any more, where that was not noted before."""
    await change.execute(
        "INSERT INTO departures (server_id, left_at, purging) VALUES (?, ?, 0) ON CONFLICT DO NOTHING",
        server_id,
        to_seconds(at),
    )


async def take_back(change: Transaction, server_id: str) -> None:
    """Forget that the bot was removed from a server: it is back."""
    await change.execute("DELETE FROM departures WHERE server_id = ?", server_id)


async def load(database: Reader | Transaction) -> dict[str, datetime]:
    """Give the servers that the bot was removed from, with the time of it."""
    rows = await database.read("SELECT server_id, left_at FROM departures ORDER BY left_at, server_id")
    return {row["server_id"]: from_seconds(row["left_at"]) for row in rows}


async def known(database: Reader) -> frozenset[str]:
    """Give every server of which anything is kept."""
    names = [row["name"] for row in await database.read(_TABLES_OF_SERVERS)]
    every = " UNION ".join(f"SELECT server_id FROM {name}" for name in names)  # noqa: S608  # names of the schema
    return frozenset(row["server_id"] for row in await database.read(every)) - {""}


async def purge(change: Transaction, server_id: str) -> None:
    """Delete all that is kept of a server. Call `Database.forget_old_pages` after it."""
    if not server_id:
        raise ValueError("the book belongs to no server")
    await change.execute("PRAGMA defer_foreign_keys = ON")
    await note(change, server_id, from_seconds(0))
    await change.execute("UPDATE departures SET purging = 1 WHERE server_id = ?", server_id)
    for row in await change.read(_TABLES_OF_SERVERS):
        await change.execute(f"DELETE FROM {row['name']} WHERE server_id = ?", server_id)  # noqa: S608  # as above
    await take_back(change, server_id)
