"""How long things are kept: what was shown and thought of it, for as long as the server chose, and then as counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.records import deliveries, outbox, queue, recalls, requests, votes, wordings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction

# Nobody sends a form again after a week, and nothing causes an item of the outbox again after so long.
_REQUESTS_KEPT = timedelta(days=7)
_ITEMS_KEPT = timedelta(days=90)
# As long as a reply may be recalled: it says on which day its answer was corrected.
_RECALLS_KEPT = timedelta(days=366)
# For so long it is known why a question waits for moderators no longer; no words of anybody are in that.
_ENDINGS_KEPT = timedelta(days=30)


async def tidy(database: Database, now: datetime, days_of: Callable[[str], int]) -> int:
    """Turn what is older than a server's `days_of` into counts, and forget what else is over; give how much that was.

    Raises `NotRead` and `NotSaved`; what was done until then stays done.
    """
    await database.write(lambda change: _forget_done(change, now))
    await database.forget_old_pages()
    servers = {*await deliveries.servers(database), *await votes.servers(database)}
    return sum([await _tidy_server(database, server_id, now, days_of) for server_id in sorted(servers)])


async def _forget_done(change: Transaction, now: datetime) -> None:
    await requests.purge(change, now - _REQUESTS_KEPT)
    await outbox.purge(change, now - _ITEMS_KEPT)
    await recalls.purge(change, now - _RECALLS_KEPT)
    await queue.purge(change, now, now - _ENDINGS_KEPT)
    await wordings.purge(change, now)


async def _tidy_server(database: Database, server_id: str, now: datetime, days_of: Callable[[str], int]) -> int:
    before = now - timedelta(days=days_of(server_id))

    async def tidy_both(change: Transaction) -> int:
        return await deliveries.purge(change, server_id, before) + await votes.purge(change, server_id, before)

    return await database.write(tidy_both)
