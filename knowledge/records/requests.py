"""What was asked for already: each request of a person is carried out once, however often it arrives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from knowledge.records.times import to_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction

RequestOutcome = dict[str, list[int]]


async def outcome_of(database: Database, server_id: str, key: str) -> RequestOutcome | None:
    """Give what the request `key` has done: the numbers of the revisions it made, by entry. None: it is new."""
    rows = await database.read("SELECT outcome FROM requests WHERE server_id = ? AND key = ?", server_id, key)
    return json.loads(rows[0]["outcome"]) if rows else None


async def settle(
    change: Transaction, server_id: str, key: str, outcome: Mapping[str, Sequence[int]], at: datetime
) -> None:
    """Note, in the transaction that carries it out, that the request `key` is done. A second time is an error."""
    await change.execute(
        "INSERT INTO requests (server_id, key, outcome, at) VALUES (?, ?, ?, ?)",
        server_id,
        key,
        json.dumps(dict(outcome)),
        to_seconds(at),
    )


async def purge(change: Transaction, before: datetime) -> int:
    """Forget requests older than `before`; nobody repeats those. Give how many there were."""
    return await change.execute("DELETE FROM requests WHERE at < ?", to_seconds(before))
