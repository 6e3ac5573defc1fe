"""Telling an owners' channel that no backup could be made, or that they are made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._outbox.once import send_once
from cogs._rendering import reply_layout
from knowledge.deliveries.outbox import Done

if TYPE_CHECKING:
    import discord

    from knowledge.deliveries.outbox import Carried
    from knowledge.records.outbox import Item

FAILED = "The scheduled backup failed. {why} It is tried again every hour; earlier backups are as they were."
MENDED = "Backups are made again."


async def carry(client: discord.Client, item: Item) -> Carried:
    """Tell the channel."""
    channel = client.get_partial_messageable(int(item.channel_id))
    told = FAILED.format(why=item.payload["why"]) if item.payload["state"] else MENDED
    await send_once(client, channel, item, reply_layout.plain(told))
    return Done()
