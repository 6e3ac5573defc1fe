"""Telling an asker, once, what became of the question that they passed on to the moderators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from cogs._answering import noting
from cogs._interactions.pressed import A_SERVER, from_server
from cogs._outbox.once import send_once
from cogs._rendering import entry_layout, reply_layout
from cogs._rendering.closing import closing
from cogs._rendering.escape import escaped, tidy
from cogs._services.services import services_of, storage_of
from knowledge.deliveries.outbox import Done, Later
from knowledge.model import Place
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from cogs._rendering.layouts import Layout
    from knowledge.deliveries.outbox import Carried
    from knowledge.model import AnswerReply
    from knowledge.records.outbox import Item

# In seconds: how long an asker waits at least after the moderators have paused the bot.
_WHILE_PAUSED = 300.0
_CLOSED = frozenset({10003, 50001, 50013, 50083, 160005})
"""Discord's codes for a channel that is gone, hidden from the bot, closed to it, archived or locked."""


async def carry(client: discord.Client, item: Item) -> Carried:
    """Tell the asker where they wanted to be told; directly, where that channel is closed to the bot."""
    if services_of(client).is_paused(item.server_id):
        return Later(_WHILE_PAUSED)
    reply = services_of(client).desk.show(item.payload["entry"], server_id=item.server_id)
    if not item.payload["direct"]:
        try:
            sent = await _tell_in_channel(client, item, reply)
        except discord.HTTPException as error:
            if error.code not in _CLOSED:
                raise
        else:
            await _note(client, item, reply, sent)
            return Done()
    await _note(client, item, reply, await _tell_directly(client, item, reply))
    return Done()


async def _tell_in_channel(client: discord.Client, item: Item, reply: AnswerReply | None) -> discord.Message:
    number, member = int(item.payload["channel"]), int(item.payload["member"])
    channel = client.get_channel(number) or await client.fetch_channel(number)
    if not isinstance(channel, discord.abc.Messageable):
        raise TypeError("a question is asked where messages are written")
    layout = _drawn(client, item, reply, f"<@{member}> ")
    mentions = discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=[discord.Object(member)])
    return await send_once(client, channel, item, layout, mentions=mentions, hung_on=_question(channel, item))


async def _tell_directly(client: discord.Client, item: Item, reply: AnswerReply | None) -> discord.Message:
    guild = client.get_guild(int(item.server_id))
    layout = from_server(_drawn(client, item, reply, ""), int(item.server_id), guild.name if guild else A_SERVER)
    channel = await client.create_dm(discord.Object(int(item.payload["member"])))
    return await send_once(client, channel, item, layout)


def _drawn(client: discord.Client, item: Item, reply: AnswerReply | None, mention: str) -> Layout:
    """Draw what the asker is told: the answer as it is shown now, or why there is none."""
    services = services_of(client)
    if reply is not None:
        reader = services.reader_of(int(item.payload["member"]))
        return entry_layout.answers(reply, replace(reader, greeting=f"{mention}{sentences.YOUR_ANSWER}"))
    if item.payload["entry"]:
        said = reply_layout.plain(sentences.ANSWER_GONE_AGAIN)
    else:
        said = reply_layout.plain(sentences.DISMISSED)
        reason = escaped(tidy(item.payload["reason"]))
        said = replace(said, blocks=(*said.blocks, (reason,), closing(services.desk.notice(server_id=item.server_id))))
    ((first, *others), *blocks) = said.blocks
    return replace(said, blocks=((f"{mention}{first}", *others), *blocks))


def _question(channel: discord.abc.Messageable, item: Item) -> discord.MessageReference | None:
    """Give the message in which it was asked, where there is one and the bot may reply to it."""
    guild = getattr(channel, "guild", None)
    if not item.payload["message"] or guild is None:
        return None
    if not channel.permissions_for(guild.me).read_message_history:  # type: ignore[attr-defined]  # all in a server have
        return None
    return discord.MessageReference(
        message_id=int(item.payload["message"]),
        channel_id=int(item.payload["channel"]),
        guild_id=int(item.server_id),
        fail_if_not_exists=False,
    )


async def _note(client: discord.Client, item: Item, reply: AnswerReply | None, sent: discord.Message) -> None:
    """Note which entry the asker was shown, so that it can be explained, and mended when the entry is."""
    if reply is not None:
        place = Place(server_id=item.server_id)
        deliveries = storage_of(client).deliveries
        told, channel = f"answered:{item.key}", str(sent.channel.id)
        await deliveries.sent(told, place.server_id, channel, noting.of_choice(reply), str(sent.id))
