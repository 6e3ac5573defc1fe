"""How often what happened, by day, server and entry: counted from the deliveries while these are kept, then for good.

A delivery is counted once: as long as it is there as itself, and when it is purged as a number, in one transaction.
What got no reply has no delivery and is a number from the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.records.times import from_seconds, to_seconds
from knowledge.statistics.counting import Count, Counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction

_DAY = 86_400

# Only what was surely sent counts. What was asked back and chosen from has the entry that was chosen.
_OF_DELIVERIES = f"""
    SELECT claimed_at / {_DAY} AS day, server_id,
        CASE WHEN counted = '{Counted.ASKED_BACK}' AND entry_id IS NOT NULL THEN '{Counted.CHOSEN}' ELSE counted END
            AS counted,
        COALESCE(entry_id, nearest_id, '') AS entry_id, COUNT(*) AS number
    FROM deliveries WHERE reply_id IS NOT NULL AND server_id = ? AND claimed_at >= ? AND claimed_at < ?
    GROUP BY 1, 2, 3, 4
"""  # noqa: S608  # constants of our own
# What was purged, and what is still kept, of a server from a day to a day.
_OF_DAYS = f"""
    SELECT day, counted, entry_id, number FROM counts WHERE server_id = ? AND day BETWEEN ? AND ?
    UNION ALL SELECT day, counted, entry_id, number FROM ({_OF_DELIVERIES})
"""  # noqa: S608  # as above


def day_of(at: datetime) -> int:
    """Give the day of an aware time, counted from 1 January 1970, UTC."""
    return to_seconds(at) // _DAY


def start_of(day: int) -> datetime:
    """Give the first moment of such a day."""
    return from_seconds(day * _DAY)


async def add(change: Transaction, server_id: str, counts: Iterable[Count]) -> None:
    """Add to a server's counts. A negative number takes back what was counted before."""
    await change.execute_many(
        "INSERT INTO counts (day, server_id, counted, entry_id, number) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET number = number + excluded.number",
        [(one.day, server_id, one.counted, one.entry_id, one.number) for one in counts],
    )


async def keep_purged(change: Transaction, server_id: str, before: datetime) -> None:
    """Turn a server's deliveries from before `before` into numbers. Delete them in the same transaction."""
    await change.execute(
        f"INSERT INTO counts (day, server_id, counted, entry_id, number) {_OF_DELIVERIES} "
        "ON CONFLICT DO UPDATE SET number = number + excluded.number",
        server_id,
        0,
        to_seconds(before),
    )


async def by_day(database: Reader, server_id: str, first: int, last: int) -> Mapping[tuple[int, Counted], int]:
    """Give how often what happened in a server on each day from `first` to `last`."""
    rows = await database.read(
        f"SELECT day, counted, SUM(number) AS number FROM ({_OF_DAYS}) GROUP BY 1, 2 HAVING SUM(number) > 0",  # noqa: S608  # as above
        *_between(server_id, first, last),
    )
    return {(row["day"], Counted(row["counted"])): row["number"] for row in rows}


async def by_entry(database: Reader, server_id: str, first: int, last: int) -> Mapping[tuple[Counted, str], int]:
    """Give how often what happened with each entry from one day to another; "" is with none."""
    rows = await database.read(
        f"SELECT counted, entry_id, SUM(number) AS number FROM ({_OF_DAYS}) GROUP BY 1, 2 HAVING SUM(number) > 0",  # noqa: S608  # as above
        *_between(server_id, first, last),
    )
    return {(Counted(row["counted"]), row["entry_id"]): row["number"] for row in rows}


def _between(server_id: str, first: int, last: int) -> tuple[str | int, ...]:
    return (server_id, first, last, server_id, first * _DAY, (last + 1) * _DAY)
