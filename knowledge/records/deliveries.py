"""Which reply showed what: claimed before it is sent, settled after, so that no message is answered twice.

Kept are identifiers, the entry with its words' hash, the confidence and the names of guards: no author and no words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.model import Outcome
from knowledge.records import counts
from knowledge.records.times import to_seconds
from knowledge.records.transaction import in_parts
from knowledge.statistics.counting import Counted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from knowledge.records.database import Database, Reader
    from knowledge.records.transaction import Transaction, Value


_INTO = """
    INTO deliveries (asked_id, server_id, channel_id, outcome, entry_id, content_hash, confidence, guards, private,
        direct, claimed_at, counted, nearest_id, reply_id, settled_at)
    VALUES
"""
_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A reply to the message, or the interaction, `asked_id`; `direct` in a direct message.

    The server is the one whose answers it was given from, "" for the book alone.

    `entry_id` and `content_hash` tell what it shows, "" where it shows no answer; an entry without hash was withdrawn.
    `reply_id` is "" until it is sent. A `private` reply is seen by its asker alone. It is counted as
    `counted`; `nearest_id` is the entry that came nearest where it shows none.
    """

    asked_id: str
    server_id: str
    channel_id: str
    outcome: Outcome
    entry_id: str = ""
    content_hash: str = ""
    confidence: float | None = None
    guards: tuple[str, ...] = ()
    reply_id: str = ""
    private: bool = False
    direct: bool = False
    counted: Counted = Counted.OTHER
    nearest_id: str = ""


async def claim(change: Transaction, delivery: Delivery, at: datetime) -> bool:
    """Take the right to reply to `delivery.asked_id`. False: somebody has it already, so do not reply."""
    return bool(await change.execute(f"INSERT {_INTO} {_ROW} ON CONFLICT DO NOTHING", *_values(delivery, at)))


async def claim_all(change: Transaction, wanted: Sequence[Delivery], at: datetime) -> list[bool]:
    """Take the right to reply to each of these, as `claim` does; of two for one message the first has it."""
    if len(wanted) == 1:
        return [await claim(change, wanted[0], at)]
    taken: set[str] = set()
    for some in in_parts(wanted):
        marks = ", ".join("?" * len(some))
        found = f"SELECT asked_id FROM deliveries WHERE asked_id IN ({marks})"  # noqa: S608  # marks
        taken.update(row["asked_id"] for row in await change.read(found, *(one.asked_id for one in some)))
    claimed, new = [], []
    for one in wanted:
        claimed.append(one.asked_id not in taken)
        if claimed[-1]:
            taken.add(one.asked_id)
            new.append(one)
    await _put(change, "INSERT", new, at)
    return claimed


async def sent_all(change: Transaction, noted: Sequence[Delivery], at: datetime) -> None:
    """Note replies that are out, each in place of what is known of an earlier one to the same message."""
    await _put(change, "INSERT OR REPLACE", noted, at)


async def _put(change: Transaction, how: str, rows: Sequence[Delivery], at: datetime) -> None:
    for some in in_parts(rows):
        values = [value for one in some for value in _values(one, at)]
        await change.execute(f"{how} {_INTO} {', '.join([_ROW] * len(some))}", *values)


async def settle(change: Transaction, asked_id: str, reply_id: str, at: datetime) -> bool:
    """Note the message that carries the reply. False: nothing was claimed under `asked_id`."""
    return bool(
        await change.execute(
            "UPDATE deliveries SET reply_id = ?, settled_at = ? WHERE asked_id = ?",
            reply_id,
            to_seconds(at),
            asked_id,
        )
    )


async def show(change: Transaction, channel_id: str, reply_id: str, entry_id: str, content_hash: str) -> str:
    """Note that a reply shows another entry now, as after a choice; or with "" for a hash, that this one is withdrawn.

    With "" for the entry it shows none any more. Give what it replies to, "" where the reply is not known.
    """
    rows = await change.read(
        "UPDATE deliveries SET entry_id = ?, content_hash = ? WHERE channel_id = ? AND reply_id = ? RETURNING asked_id",
        entry_id or None,
        content_hash or None,
        channel_id,
        reply_id,
    )
    return rows[0]["asked_id"] if rows else ""


async def release(change: Transaction, asked_id: str) -> None:
    """Give a claim back whose reply was surely not sent."""
    await change.execute("DELETE FROM deliveries WHERE asked_id = ? AND reply_id IS NULL", asked_id)


async def of_reply(database: Database, channel_id: str, reply_id: str) -> Delivery | None:
    """Give what is known of a message that the bot sent, or None where it is no reply or was purged."""
    rows = await database.read("SELECT * FROM deliveries WHERE channel_id = ? AND reply_id = ?", channel_id, reply_id)
    return _delivery(rows[0]) if rows else None


async def of_asked(database: Reader | Transaction, asked_id: str) -> Delivery | None:
    """Give what is known of the reply to a message, or None where nobody ever claimed it or it was purged."""
    rows = await database.read("SELECT * FROM deliveries WHERE asked_id = ?", asked_id)
    return _delivery(rows[0]) if rows else None


async def unsettled(database: Database, before: datetime) -> tuple[Delivery, ...]:
    """Give the claims from before a moment of which nobody knows whether their reply was sent, oldest first."""
    rows = await database.read(
        "SELECT * FROM deliveries WHERE reply_id IS NULL AND claimed_at < ? ORDER BY claimed_at, asked_id",
        to_seconds(before),
    )
    return tuple(map(_delivery, rows))


async def direct_channels(database: Database, since: datetime, limit: int) -> tuple[str, ...]:
    """Give the channels of direct messages that were replied to since a moment, the newest first."""
    rows = await database.read(
        "SELECT channel_id FROM deliveries WHERE direct = 1 AND claimed_at >= ? "
        "GROUP BY channel_id ORDER BY MAX(claimed_at) DESC LIMIT ?",
        to_seconds(since),
        limit,
    )
    return tuple(row["channel_id"] for row in rows)


async def shown_lately(database: Reader) -> Mapping[tuple[str, str], int]:
    """Give how many replies that are still known show which entry, by server and entry.

    Replies whose answer was taken back since show none any more.
    """
    rows = await database.read(
        "SELECT server_id, entry_id, COUNT(*) AS replies FROM deliveries "
        "WHERE reply_id IS NOT NULL AND entry_id IS NOT NULL AND content_hash IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return {(row["server_id"], row["entry_id"]): row["replies"] for row in rows}


async def servers(database: Reader) -> tuple[str, ...]:
    """Give the servers of which deliveries are kept, "" for direct messages."""
    return tuple(row["server_id"] for row in await database.read("SELECT DISTINCT server_id FROM deliveries"))


async def purge(change: Transaction, server_id: str, before: datetime) -> int:
    """Turn a server's deliveries claimed before `before` into counts; give how many those were."""
    await counts.keep_purged(change, server_id, before)
    return await change.execute(
        "DELETE FROM deliveries WHERE server_id = ? AND claimed_at < ?", server_id, to_seconds(before)
    )


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        asked_id=row["asked_id"],
        server_id=row["server_id"],
        channel_id=row["channel_id"],
        outcome=Outcome(row["outcome"]),
        entry_id=row["entry_id"] or "",
        content_hash=row["content_hash"] or "",
        confidence=row["confidence"],
        guards=tuple(json.loads(row["guards"])),
        reply_id=row["reply_id"] or "",
        private=bool(row["private"]),
        direct=bool(row["direct"]),
        counted=Counted(row["counted"]),
        nearest_id=row["nearest_id"] or "",
    )


def _values(delivery: Delivery, at: datetime) -> tuple[Value, ...]:
    seconds = to_seconds(at)
    return (
        delivery.asked_id,
        delivery.server_id,
        delivery.channel_id,
        delivery.outcome,
        delivery.entry_id or None,
        delivery.content_hash or None,
        delivery.confidence,
        json.dumps(delivery.guards),
        int(delivery.private),
        int(delivery.direct),
        seconds,
        delivery.counted,
        delivery.nearest_id or None,
        delivery.reply_id or None,
        seconds if delivery.reply_id else None,
    )
