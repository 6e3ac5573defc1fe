"""Telling a server once a week what became of its questions, in the channel that its admins chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from cogs._outbox.once import send_once
from cogs._rendering import stats_layout
from cogs._rendering.charts import chart
from cogs._services.services import services_of, storage_of
from knowledge.deliveries.outbox import Done, Gone

if TYPE_CHECKING:
    from knowledge.deliveries.outbox import Carried
    from knowledge.records.outbox import Item

HEADING = "### The week in this server"


async def carry(client: discord.Client, item: Item) -> Carried:
    """Send the digest of the week that `item` names; nothing where the server has switched it off since."""
    services, storage = services_of(client), storage_of(client)
    digest = storage.moderators.servers.settings(item.server_id).digest
    if digest is None:
        return Done()
    channel = client.get_channel(int(digest.channel))
    if not isinstance(channel, discord.TextChannel | discord.Thread) or str(channel.guild.id) != item.server_id:
        return Gone("the channel for the digest is not there, or the bot does not see it")
    await storage.deliveries.silences.write()
    told = await storage.moderators.weeks.week(item.server_id, int(item.payload["until"]))
    questions = services.desk.snapshot_of(item.server_id).questions
    notice = services.desk.notice(server_id=item.server_id)
    shown = stats_layout.stats(told, questions, notice, HEADING)
    # The chart says nothing that the table does not say, so it is no reason to ask for a permission.
    picture = await chart(services.draw_chart, told) if channel.permissions_for(channel.guild.me).attach_files else None
    await send_once(client, channel, item, shown, picture=picture)
    return Done()
