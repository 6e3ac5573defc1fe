"""Members whose messages in watched channels are not read, in any server."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from knowledge.records.times import from_seconds, to_seconds

if TYPE_CHECKING:
    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction

# The bot looks through what was said while it was away minutes back, never as far as this.
_KEPT = timedelta(days=1)


async def load(database: Reader) -> frozenset[str]:
    """Give everybody who opted out."""
    return frozenset(row["member_id"] for row in await database.read("SELECT member_id FROM opt_outs"))


async def load_ended(database: Reader) -> dict[str, datetime]:
    """Give who is read again after they opted out, and since when; forgotten after a day."""
    return {
        row["member_id"]: from_seconds(row["at"]) for row in await database.read("SELECT member_id, at FROM opt_ins")
    }


async def keep(change: Transaction, member_id: str, at: datetime) -> None:
    """Read a member's messages no more; a second time changes nothing."""
    await change.execute(
        "INSERT INTO opt_outs (member_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", member_id, to_seconds(at)
    )


async def remove(change: Transaction, member_id: str, at: datetime) -> None:
    """Read again what a member writes from now on; who had not opted out is read as before."""
    if await change.execute("DELETE FROM opt_outs WHERE member_id = ?", member_id):
        await change.execute(
            "INSERT INTO opt_ins (member_id, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
            member_id,
            math.ceil(at.timestamp()),  # rather a second unread than a second read
        )
    await change.execute("DELETE FROM opt_ins WHERE at < ?", to_seconds(at - _KEPT))
