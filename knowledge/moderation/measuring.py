"""Putting together what was counted of a server."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.curation.votes import Tally
from knowledge.records import counts, votes
from knowledge.statistics import PERIODS, first_day, statistics

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from knowledge.moderation.servers import Servers
    from knowledge.records.database import Reader
    from knowledge.statistics import Statistics

_LISTED = 5


async def measured(database: Reader, servers: Servers, server_id: str, now: datetime, days: int) -> Statistics:
    """Tell what became of the questions of a server over the last `days` days. Raises `NotRead`."""
    today = counts.day_of(now)
    counted = await counts.since(database, server_id, first_day(today, max(*PERIODS, days)))
    helpful = {
        period: _all(await votes.tallies(database, server_id, now - timedelta(days=period - 1))) for period in PERIODS
    }
    return statistics(counted, helpful, servers.snapshot(server_id).questions, today=today, days=days, listed=_LISTED)


def _all(tallies: Mapping[str, Tally]) -> Tally:
    """Add up the votes on all entries."""
    return Tally(
        sum(one.helpful for one in tallies.values()),
        sum(one.not_helpful for one in tallies.values()),
        sum(one.could_harm for one in tallies.values()),
    )
