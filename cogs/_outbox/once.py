"""Sending a message of the outbox once: not again after a crash, nor after an answer that was lost.

Discord makes one message of all that are sent with the same nonce, but only within a few minutes. Whoever comes back
later looks whether the message is there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord

from cogs._rendering.components import said
from cogs._rendering.view import NOBODY, files_of, view

if TYPE_CHECKING:
    from cogs._rendering.layouts import Layout
    from cogs._rendering.view import Picture
    from knowledge.records.outbox import Item

# A clock that is a little wrong must not hide the message that is looked for.
_SLACK = timedelta(minutes=2)
# A busy channel; the message looked for is among the first after the try that may have sent it.
_LOOKED_AT = 200


async def send_once(  # noqa: PLR0913  # what a message is made of
    client: discord.Client,
    channel: discord.abc.Messageable,
    item: Item,
    layout: Layout,
    *,
    mentions: discord.AllowedMentions = NOBODY,
    picture: Picture | None = None,
    hung_on: discord.MessageReference | None = None,
) -> discord.Message:
    """Send `layout` for `item`, or give the message that an earlier try made of it. Raises what discord.py raises.

    `hung_on` is the message that it replies to.
    """
    shown = view(layout, picture=picture)
    if item.begun_at is not None and (there := await _find(client, channel, item, shown)) is not None:
        return there
    files = files_of(picture)
    reference: dict[str, Any] = {"reference": hung_on} if hung_on is not None else {}
    return await channel.send(
        view=shown, files=files, nonce=_nonce(channel, item), allowed_mentions=mentions, **reference
    )


def _nonce(channel: discord.abc.Messageable, item: Item) -> str:
    """Give the nonce of an item in a channel, 25 characters at most. Discord looks for it in every channel."""
    return f"{item.id:x}-{getattr(channel, 'id', 0):x}"


async def _find(
    client: discord.Client, channel: discord.abc.Messageable, item: Item, shown: discord.ui.LayoutView
) -> discord.Message | None:
    """Look for the message of an earlier try; where the channel's past may not be read, there is none to find."""
    if item.begun_at is None or client.user is None:
        return None
    wanted = said(shown.to_components())  # type: ignore[no-untyped-call]
    try:
        async for message in channel.history(after=item.begun_at - _SLACK, limit=_LOOKED_AT, oldest_first=True):
            if message.author.id != client.user.id:
                continue
            # Discord need not tell the nonce of a message that is older than its own memory of nonces.
            if str(message.nonce) == _nonce(channel, item):
                return message
            if message.nonce is None and said(part.to_dict() for part in message.components) == wanted:
                return message
    except discord.Forbidden:
        return None
    return None
