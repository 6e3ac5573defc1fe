"""What is counted of a server, as tests look at it."""

from __future__ import annotations

from knowledge.records import counts

LAST_DAY = 99_999


async def counted(database, server="1", first=0):
    """Give the number of each day, kind and entry."""
    days = {day for day, _ in await counts.by_day(database, server, first, LAST_DAY)}
    found = {day: await counts.by_entry(database, server, day, day) for day in sorted(days)}
    return {(day, kind.value, entry): number for day, of in found.items() for (kind, entry), number in of.items()}
