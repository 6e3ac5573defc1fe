"""Telling a server's staff that a member reports an answer as harmful: no words of the member and no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from cogs._outbox.once import send_once
from cogs._rendering import desk_layout
from cogs._rendering.desk_layout import Passage
from cogs._services.services import services_of
from cogs._services.staff import staff_channels
from knowledge.deliveries.outbox import Done

if TYPE_CHECKING:
    from cogs._rendering.layouts import Layout
    from knowledge.deliveries.outbox import Carried
    from knowledge.records.outbox import Item

REPORTED = (
    "**A member reports that an answer could harm someone.** {where}\n"
    "Look at it with /answer show. /answer withdraw takes it away at once, /answer edit corrects it."
)


async def carry(client: discord.Client, item: Item) -> Carried:
    """Tell every staff channel of the server; for a direct message, the channels of the book's owners."""
    refused: discord.HTTPException | None = None
    for channel in staff_channels(client, item.server_id):
        try:
            await send_once(client, channel, item, _drawn(client, item))
        except (discord.Forbidden, discord.NotFound) as error:
            refused = error  # the others are told nonetheless
    if refused is not None:
        raise refused
    return Done()


def has_staff(client: discord.Client, server_id: str) -> bool:
    """Whether somebody is told of reports from a server; "" is direct messages."""
    return next(staff_channels(client, server_id), None) is not None


def _drawn(client: discord.Client, item: Item) -> Layout:
    desk = services_of(client).desk
    question = desk.question(item.payload["entry"], server_id=item.server_id)
    title = question.title if question else "Members do not see it any more."
    notice = desk.notice(server_id=item.server_id)
    passage = Passage(title, f"Entry: {item.payload['entry']}")
    return desk_layout.told(REPORTED.format(where=_where(item)), [passage], notice).layout


def _where(item: Item) -> str:
    channel, reply = item.payload["channel"], item.payload["reply"]
    if not item.server_id:
        return "It was shown in a direct message."
    if not reply:
        return f"It was shown in <#{channel}>, to the member alone."
    return f"It stands here: https://discord.com/channels/{item.server_id}/{channel}/{reply}"
