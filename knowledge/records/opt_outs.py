"""Members whose messages in watched channels are not read, in any server."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.records.database import Reader, Transaction


async def load(database: Reader) -> frozenset[str]:
    """Give everybody who opted out."""
    return frozenset(row["member_id"] for row in await database.read("SELECT member_id FROM opt_outs"))


async def keep(change: Transaction, member_id: str, at: datetime) -> None:
    """Read a member's messages no more; a second time changes nothing."""
    await change.execute(
        "INSERT INTO opt_outs (member_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", member_id, int(at.timestamp())
    )


async def remove(change: Transaction, member_id: str) -> None:
    """Read a member's messages again."""
    await change.execute("DELETE FROM opt_outs WHERE member_id = ?", member_id)
