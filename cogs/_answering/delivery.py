"""Sending the one reply that a message gets, and changing or taking it away afterwards."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, TypeVar

import discord

from cogs._rendering.view import NOBODY, view
from cogs._services.failures import FAILURES, in_words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from cogs._rendering.layouts import Layout
    from cogs._services.services import Services

Result = TypeVar("Result")

log = logging.getLogger(__name__)

# discord.py itself retries most of what can pass; these are the seconds to wait before asking again after the rest.
_PAUSES = (1.0, 3.0)
_INVALID_FORM = 50035


async def deliver(
    services: Services, message: discord.Message, layout: Layout, *, ping: bool
) -> discord.Message | None:
    """Send `layout` as the reply to `message`; None where it cannot be sent or its message is gone.

    However often this is tried, by however many copies of the bot, Discord makes one message of it (see `_nonce`). With
    `ping` the asker is pinged, and never anybody else.
    """
    allowed = _permissions(message)
    if allowed is not None and not _may_send(message, allowed):
        log.info("No permission to reply in channel %s", message.channel.id)
        return None
    # Discord refuses a reply, but not a message, to whoever may not read the channel's history.
    sent = await _send(services, message, layout, ping=ping, hung_on=allowed is None or allowed.read_message_history)
    if sent is not None and not services.traffic.sent(message.id, message.channel.id, sent.id):
        await remove(message.channel, sent.id)
        return None
    return sent


async def replace(channel: discord.abc.MessageableChannel, reply: int, layout: Layout) -> discord.PartialMessage:
    """Show `layout` in place of what an earlier reply shows."""
    message = discord.PartialMessage(channel=channel, id=reply)
    await _persistently(lambda: message.edit(view=view(layout), allowed_mentions=NOBODY))
    return message


async def remove(channel: discord.abc.MessageableChannel, reply: int) -> None:
    """Take a reply away, if it is still there."""
    try:
        await discord.PartialMessage(channel=channel, id=reply).delete()
    except FAILURES as error:
        log.info("A reply could not be removed: %s", in_words(error))


def _may_send(message: discord.Message, allowed: discord.Permissions) -> bool:
    in_thread = isinstance(message.channel, discord.Thread)
    return allowed.view_channel and (allowed.send_messages_in_threads if in_thread else allowed.send_messages)


def _permissions(message: discord.Message) -> discord.Permissions | None:
    """Give what the bot may do there; None in a direct message and in a channel that it was told nothing of."""
    if message.guild is None or isinstance(message.channel, discord.PartialMessageable | discord.DMChannel):
        return None
    return message.channel.permissions_for(message.guild.me)


async def _send(
    services: Services, message: discord.Message, layout: Layout, *, ping: bool, hung_on: bool
) -> discord.Message | None:
    reference: dict[str, Any] = {"reference": message.to_reference()} if hung_on else {}
    mentions = discord.AllowedMentions(everyone=False, users=False, roles=False, replied_user=ping)
    nonce = _nonce(message.id, services.traffic.taken_away(message.id))
    try:
        return await _persistently(
            lambda: message.channel.send(view=view(layout), nonce=nonce, allowed_mentions=mentions, **reference)
        )
    except discord.HTTPException as error:
        if error.code == _INVALID_FORM and "message_reference" in error.text:
            return None  # the message was deleted meanwhile
        raise


def _nonce(asked: int, taken_away: int) -> str:
    """Give the nonce of a message's reply, 25 characters at most.

    Once a reply was deleted, Discord refuses its nonce for some minutes (discord-api-docs, pull request 6647).
    """
    return f"{asked}-{taken_away}" if taken_away else str(asked)


async def _persistently(request: Callable[[], Awaitable[Result]]) -> Result:
    """Make a request, and again after a pause where it failed in a way that may pass."""
    for pause in _PAUSES:
        try:
            return await request()
        except FAILURES as error:
            if isinstance(error, discord.HTTPException) and error.status < 500:  # noqa: PLR2004  # refused, for good
                raise
        await asyncio.sleep(pause)
    return await request()
