"""Putting together what was counted of a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.curation.votes import Tally
from knowledge.moderation.digest import DAYS
from knowledge.records import counts, votes
from knowledge.records.counts import start_of
from knowledge.statistics.summary import PERIODS, first_day, statistics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.moderation.servers import Servers
    from knowledge.records.database import Reader
    from knowledge.statistics.summary import Statistics

_LISTED = 5


async def measured(database: Reader, servers: Servers, server_id: str, today: int, days: int) -> Statistics:
    """Tell what became of a server's questions over the `days` days that end with `today`. Raises `NotRead`.

    `today` is counted from 1 January 1970, UTC; what came after it is left out.
    """
    by_day = await counts.by_day(database, server_id, first_day(today, max(*PERIODS, days)), today)
    by_entry = await counts.by_entry(database, server_id, first_day(today, days), today)
    helpful = {
        period: _all(await votes.tallies(database, server_id, start_of(first_day(today, period)))) for period in PERIODS
    }
    questions = servers.snapshot(server_id).questions
    return statistics(by_day, by_entry, helpful, questions, today=today, days=days, listed=_LISTED)


@dataclass(frozen=True, slots=True)
class Weeks:
    """What the digests tell. Nobody asks for one by name: a server's admins chose that it is sent."""

    database: Reader
    servers: Servers

    async def week(self, server_id: str, until: int) -> Statistics:
        """Tell what became of a server's questions in the week that ends with the day `until`. Raises `NotRead`."""
        return await measured(self.database, self.servers, server_id, until, DAYS)


def _all(tallies: Mapping[str, Tally]) -> Tally:
    """Add up the votes on all entries."""
    return Tally(
        sum(one.helpful for one in tallies.values()),
        sum(one.not_helpful for one in tallies.values()),
        sum(one.could_harm for one in tallies.values()),
    )
