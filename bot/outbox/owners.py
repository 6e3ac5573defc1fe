"""Tells the owners' channels of a state, once: what was told last stands in the outbox, over restarts too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knowledge.records import outbox
from knowledge.records.outbox import Item

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction


async def tell_owners(
    database: Database,
    channels: Collection[int],
    kind: str,
    payload: Mapping[str, Any],
    at: datetime,
) -> bool:
    """Have each channel told `payload`, unless its `state` is the one that was told last of this kind.

    The state is a text without a colon; "" is what holds at first. Raises `NotSaved`.
    """
    state = payload["state"]

    async def change(transaction: Transaction) -> bool:
        key = await outbox.newest_key(transaction, kind)
        number, last, _ = key.split(":") if key else ("0", "", "")
        if state == last:
            return False
        for channel in sorted(channels):
            told = f"{int(number) + 1}:{state}:{channel}"
            await outbox.add(transaction, Item(kind, told, at, channel_id=str(channel), payload=payload))
        return True

    return await database.write(change)
