"""Which earlier replies a change of an entry makes wrong, and what is to be done about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from knowledge.records import outbox
from knowledge.records.revisions import THE_BOOK
from knowledge.records.times import from_seconds, to_seconds

if TYPE_CHECKING:
    from collections.abc import Collection

    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction, Value

KIND = "recall"
# For so long after it was sent, whoever sent a private reply may edit it, if the program still runs.
# (discord.com/developers/docs/interactions/receiving-and-responding)
PRIVATE_LIFE = timedelta(minutes=15)
# An archived thread, or a server that the bot was put out of, may come back.
LASTS = timedelta(days=30)

# Whose replies show an entry: one server's; or, for the book's, those of all servers that have nothing of their own.
_OF_SERVER = "server_id = ?"
_OF_BOOK = "server_id NOT IN (SELECT server_id FROM entries WHERE entry_id = ? AND (live IS NOT NULL OR hidden = 1))"


@dataclass(frozen=True, slots=True)
class Cause:
    """The revision by which members see something else of an entry from now on. The server is "" for the book."""

    server_id: str
    entry_id: str
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Recalled:
    """How many replies are edited, and how many private ones only their askers can bring up to date."""

    replies: int = 0
    private: int = 0

    def __add__(self, other: Recalled) -> Recalled:
        """Add up two changes."""
        return Recalled(self.replies + other.replies, self.private + other.private)


async def ever_shown(change: Transaction) -> frozenset[str]:
    """Give the ids of all entries that a reply shows of which is still known."""
    rows = await change.read("SELECT DISTINCT entry_id FROM deliveries WHERE entry_id IS NOT NULL")
    return frozenset(row["entry_id"] for row in rows)


async def shown_lately(change: Transaction, cause: Cause, since: datetime) -> tuple[str, ...]:
    """Give the hashes of the words that replies since then show of the entry; "" where they say that it is gone."""
    rows = await change.read(
        "SELECT DISTINCT COALESCE(content_hash, '') AS shown FROM deliveries "  # noqa: S608  # our own condition
        f"WHERE entry_id = ? AND reply_id IS NOT NULL AND claimed_at >= ? AND {_condition(cause)}",
        cause.entry_id,
        to_seconds(since),
        cause.server_id or cause.entry_id,
    )
    return tuple(row["shown"] for row in rows)


async def add(change: Transaction, cause: Cause, hashes: Collection[str], since: datetime) -> Recalled:
    """Have every reply since then edited that shows words with one of `hashes`; give how many there are.

    They are counted once for each cause, however often it is added.
    """
    marks = ", ".join("?" * len(hashes))
    shows = f"""FROM deliveries WHERE entry_id = ? AND reply_id IS NOT NULL AND claimed_at >= ? AND {_condition(cause)}
            AND COALESCE(content_hash, '') IN ({marks}) AND private = ?"""
    which: tuple[Value, ...] = (cause.entry_id, to_seconds(since), cause.server_id or cause.entry_id, *hashes)
    # In one statement, as there may be many thousands.
    into_outbox = f"""
        INSERT INTO outbox (kind, key, server_id, channel_id, payload, bulk, not_before, expires_at)
        SELECT ?, ? || asked_id, server_id, channel_id, json_object('asked', asked_id), 1, ?, ? {shows}"""
    item: tuple[Value, ...] = (
        KIND,
        f"{cause.server_id}:{cause.entry_id}:{cause.number}:",
        to_seconds(cause.at),
        to_seconds(cause.at + LASTS),
    )
    replies = await change.execute(f"{into_outbox} ON CONFLICT DO NOTHING", *item, *which, 0)
    alive = to_seconds(cause.at - PRIVATE_LIFE)
    (counted,) = await change.read(f"SELECT COUNT(*) AS private {shows} AND claimed_at < ?", *which, 1, alive)
    await change.execute(f"{into_outbox} AND claimed_at >= ? ON CONFLICT DO NOTHING", *item, *which, 1, alive)
    await change.execute(
        "INSERT INTO recalls (server_id, entry_id, number, at, replies, private) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        cause.server_id,
        cause.entry_id,
        cause.number,
        to_seconds(cause.at),
        replies,
        counted["private"],
    )
    change.announce(outbox.TOPIC)
    return Recalled(replies, counted["private"])


async def counted(database: Reader, server_id: str, entry_id: str, number: int) -> Recalled:
    """Give what `add` counted for the revision `number` of an entry."""
    rows = await database.read(
        "SELECT replies, private FROM recalls WHERE server_id = ? AND entry_id = ? AND number = ?",
        server_id,
        entry_id,
        number,
    )
    return Recalled(rows[0]["replies"], rows[0]["private"]) if rows else Recalled()


async def latest(database: Reader, server_id: str, entry_id: str) -> datetime | None:
    """Give when members of a server last saw an entry change, or None where no reply was wrong by that."""
    (row,) = await database.read(
        "SELECT MAX(at) AS at FROM recalls WHERE entry_id = ? AND server_id IN (?, ?)", entry_id, server_id, THE_BOOK
    )
    return None if row["at"] is None else from_seconds(row["at"])


async def waiting(database: Reader) -> int:
    """Give how many replies wait to be edited."""
    (row,) = await database.read("SELECT COUNT(*) AS left FROM outbox WHERE kind = ? AND ended_at IS NULL", KIND)
    return int(row["left"])


async def purge(change: Transaction, before: datetime) -> int:
    """Forget changes from before that time; give how many there were."""
    return await change.execute("DELETE FROM recalls WHERE at < ?", to_seconds(before))


def _condition(cause: Cause) -> str:
    return _OF_BOOK if cause.server_id == THE_BOOK else _OF_SERVER
