"""What is to be done on the platform later, once: kept until it is done, or until it is known that it cannot be.

An item is added in the transaction of what causes it, so that there is no cause without it and no item without a cause.
Who carries items out, and how a new kind of them is made, stands in `cogs.outbox`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from knowledge.records.times import from_seconds, to_seconds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping

    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction

# Announced by every transaction that adds an item (see `Database.event`).
TOPIC = "outbox"
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do on the platform, not before a time, and of no use once `lasts` has passed since then.

    `key` names the cause within `kind`: added twice, it is one item. `channel_id` is where it is done, "" where only
    `payload` tells; `server_id` is "" in a direct message. `payload` becomes JSON; keep no member's words in it. An
    item of many alike is `bulk`: whatever is not goes first.

    The store tells the rest: `tries` counts those before, the first of which began at `begun_at`. From then on it may
    be done already, whatever became of the program.
    """

    kind: str
    key: str
    not_before: datetime
    server_id: str = ""
    channel_id: str = ""
    payload: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    bulk: bool = False
    lasts: timedelta = WEEK
    id: int = 0
    tries: int = 0
    begun_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """From when on it is of no use any more."""
        return self.not_before + self.lasts


async def add(change: Transaction, item: Item) -> bool:
    """Keep an item and wake whoever carries it out, once the transaction is committed. False: it was added before."""
    change.announce(TOPIC)
    return bool(
        await change.execute(
            "INSERT INTO outbox (kind, key, server_id, channel_id, payload, bulk, not_before, expires_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            item.kind,
            item.key,
            item.server_id,
            item.channel_id,
            json.dumps(dict(item.payload)),
            int(item.bulk),
            to_seconds(item.not_before),
            to_seconds(item.expires_at),
        )
    )


async def newest_key(change: Transaction, kind: str) -> str:
    """Give the key of the item of a kind that was added last, "" where there is none or it was forgotten."""
    rows = await change.read("SELECT key FROM outbox WHERE kind = ? ORDER BY id DESC LIMIT 1", kind)
    return rows[0]["key"] if rows else ""


async def due(
    database: Reader, at: datetime, busy: Collection[str], limit: int, under_way: Collection[int] = ()
) -> tuple[Item, ...]:
    """Give at most `limit` items that may be tried now, in the order to try them.

    Left out are those in the channels `busy`, and those whose ids are `under_way`.
    """
    channels, ids = ", ".join("?" * len(busy)), ", ".join("?" * len(under_way))
    rows = await database.read(
        "SELECT * FROM outbox WHERE ended_at IS NULL AND not_before <= ? "  # noqa: S608  # marks
        f"AND channel_id NOT IN ({channels}) AND id NOT IN ({ids}) ORDER BY bulk, not_before, id LIMIT ?",
        to_seconds(at),
        *busy,
        *under_way,
        limit,
    )
    return tuple(map(_item, rows))


async def next_due(database: Reader, after: datetime) -> datetime | None:
    """Give the time at which the next item may be tried that may not be tried at `after`; None without one."""
    (row,) = await database.read(
        "SELECT MIN(not_before) AS at FROM outbox WHERE ended_at IS NULL AND not_before > ?", to_seconds(after)
    )
    return None if row["at"] is None else from_seconds(row["at"])


async def begin(change: Transaction, item: Item, at: datetime) -> bool:
    """Note, before it is tried, that an item may be done from now on. False: it ended or was postponed meanwhile."""
    return bool(
        await change.execute(
            "UPDATE outbox SET tries = tries + 1, begun_at = COALESCE(begun_at, ?) "
            "WHERE id = ? AND ended_at IS NULL AND not_before = ?",
            to_seconds(at),
            item.id,
            to_seconds(item.not_before),
        )
    )


async def done(change: Transaction, item: Item, at: datetime) -> None:
    """End an item that was carried out."""
    await give_up(change, item, "", at)


async def give_up(change: Transaction, item: Item, reason: str, at: datetime) -> None:
    """End an item that can never be carried out, with the reason; with "" it was."""
    await change.execute(
        "UPDATE outbox SET ended_at = ?, given_up = ?, payload = '{}' WHERE id = ? AND ended_at IS NULL",
        to_seconds(at),
        reason,
        item.id,
    )


async def count(database: Reader, kind: str, field: str, value: str) -> int:
    """Count the items of a kind that have not ended and whose payload holds `value` under `field`."""
    (row,) = await database.read(
        "SELECT COUNT(*) AS items FROM outbox "
        "WHERE kind = ? AND ended_at IS NULL AND json_extract(payload, '$.' || ?) = ?",
        kind,
        field,
        value,
    )
    return int(row["items"])


async def cancel(change: Transaction, kind: str, field: str, value: str, at: datetime) -> int:
    """End all items of a kind whose payload holds `value` under `field`; give how many there were.

    One that is being carried out at this moment may still be done.
    """
    return await change.execute(
        "UPDATE outbox SET ended_at = ?, given_up = 'cancelled', payload = '{}' "
        "WHERE kind = ? AND ended_at IS NULL AND json_extract(payload, '$.' || ?) = ?",
        to_seconds(at),
        kind,
        field,
        value,
    )


async def postpone(change: Transaction, item: Item, until: datetime) -> None:
    """Try an item again, not before `until`."""
    await change.execute("UPDATE outbox SET not_before = ? WHERE id = ?", to_seconds(until), item.id)


async def purge(change: Transaction, before: datetime) -> int:
    """Forget items that ended before `before`, whose causes are added no more; give how many there were."""
    return await change.execute("DELETE FROM outbox WHERE ended_at < ?", to_seconds(before))


def _item(row: sqlite3.Row) -> Item:
    not_before, expires_at = from_seconds(row["not_before"]), from_seconds(row["expires_at"])
    return Item(
        kind=row["kind"],
        key=row["key"],
        not_before=not_before,
        server_id=row["server_id"],
        channel_id=row["channel_id"],
        payload=MappingProxyType(json.loads(row["payload"])),
        bulk=bool(row["bulk"]),
        lasts=expires_at - not_before,
        id=row["id"],
        tries=row["tries"],
        begun_at=None if row["begun_at"] is None else from_seconds(row["begun_at"]),
    )
