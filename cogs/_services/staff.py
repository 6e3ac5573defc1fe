"""Where a server's staff is told of what concerns them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from cogs._services.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def staff_channels(client: discord.Client, server_id: str) -> Iterator[discord.TextChannel | discord.Thread]:
    """Give the server's own staff channel, else the operator's for it; for direct messages, "", the owners' channels.

    What is not there, or is hidden from the bot, is left out.
    """
    services = services_of(client)
    own = services.settings(server_id).staff_channel
    named = {int(own)} if server_id and own else services.staff if server_id else services.fault_channels
    for number in sorted(named):
        channel = client.get_channel(number)
        if isinstance(channel, discord.TextChannel | discord.Thread) and server_id in {"", str(channel.guild.id)}:
            yield channel
