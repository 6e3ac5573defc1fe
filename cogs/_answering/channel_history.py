"""Looking back into a channel: what was said there since a message, and which messages the bot replied to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from collections.abc import Iterable

Channel = (
    discord.TextChannel
    | discord.VoiceChannel
    | discord.StageChannel
    | discord.Thread
    | discord.DMChannel
    | discord.PartialMessageable
)

# What one request brings at most.
_PAGE = 100


def may_be_read(channel: Channel) -> bool:
    """Whether the bot may read what was said in `channel`: Discord shows an empty history to whoever may not."""
    if isinstance(channel, discord.DMChannel | discord.PartialMessageable):
        return True
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.read_message_history


async def newest(channel: Channel, since: discord.abc.Snowflake) -> list[discord.Message]:
    """Give what was said after `since`, oldest first; of more than a hundred messages the newest ones."""
    found = [message async for message in channel.history(limit=_PAGE, after=since, oldest_first=False)]
    return found[::-1]


async def reply_to(channel: Channel, asked: int, me: int) -> int | None:
    """Give the id of the message by which the user `me` replied to the message `asked`, if it is there."""
    after = [message async for message in channel.history(limit=_PAGE, after=discord.Object(asked), oldest_first=True)]
    return replied_to(after, me).get(asked)


def replied_to(messages: Iterable[discord.Message], me: int) -> dict[int, int]:
    """Give which messages the user `me` replied to in `messages`, each with the id of the reply."""
    return {
        message.reference.message_id: message.id
        for message in messages
        if message.author.id == me and message.reference is not None and message.reference.message_id is not None
    }
