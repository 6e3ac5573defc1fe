"""The one reply that each message has: sent, changed and taken away by one at a time."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord

from cogs._answering.delivery import deliver, remove, replace
from cogs._services.services import services_of
from knowledge.model import Outcome

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._rendering.layouts import Layout
    from cogs._services.services import Services
    from knowledge.model import CardReply


class Replies:
    """What was said to which message. A card stays, whatever its message says later."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot
        # A send and an edit of the same reply must not cross.
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @property
    def _services(self) -> Services:
        return services_of(self._bot)

    async def show(
        self, message: discord.Message, layout: Layout, *, ping: bool, card: CardReply | None = None
    ) -> discord.Message | discord.PartialMessage | None:
        """Send the reply to a message, or change the one that it has; `layout` may be that of a `card`."""
        traffic = self._services.traffic
        async with self._turn(message.id):
            # What was thought of an earlier wording comes too late when the message has its card.
            if card is None and self.has_card(message.id):
                return None
            try:
                shown = await self._send_or_change(message, layout, ping=ping)
            except discord.NotFound:
                if card is None or traffic.unsent(message.id) is None:
                    raise
                # Whoever took the earlier reply away knew nothing of an alarm.
                shown = await self._send_or_change(message, layout, ping=ping)
            if card is not None and shown is not None:
                traffic.note(_card_of(message.id))
                traffic.note(_card_of(message.id, card.category))
            return shown

    async def take_back(self, message: discord.Message) -> None:
        """Take away the reply to a message that says something else now, or nothing to the bot."""
        async with self._turn(message.id):
            earlier = None if self.has_card(message.id) else self._services.traffic.unsent(message.id)
            if earlier is not None:
                await remove(message.channel, earlier[1])

    async def take_along(self, message: int) -> None:
        """Take away the reply to a message that was deleted, a card too."""
        await self.take_up(message)
        reply = self._services.traffic.gone(message)
        if reply is not None:
            await remove(self._bot.get_partial_messageable(reply[0]), reply[1])

    async def take_up(self, message: int) -> None:
        """Call to mind the reply that an earlier run gave to a message, so that it can be mended or go."""
        services = self._services
        if services.storage is None or services.traffic.knows(message):
            return
        delivery = await services.storage.deliveries.of(str(message))
        if delivery is None or not delivery.reply_id or services.traffic.knows(message):
            return
        services.traffic.sent(message, int(delivery.channel_id), int(delivery.reply_id))
        if delivery.outcome is Outcome.EMERGENCY:
            services.traffic.note(_card_of(message))

    def has_card(self, message: int, category: str = "") -> bool:
        """Whether a message got a card, of this category; "" is any."""
        return self._services.traffic.within(_card_of(message, category), math.inf)

    async def _send_or_change(
        self, message: discord.Message, layout: Layout, *, ping: bool
    ) -> discord.Message | discord.PartialMessage | None:
        earlier = self._services.traffic.reply_to(message.id)
        if earlier is None:
            return await deliver(self._services, message, layout, ping=ping)
        return await replace(message.channel, earlier[1], layout)

    def _turn(self, message: int) -> asyncio.Lock:
        return self._turns.setdefault(message, asyncio.Lock())


def _card_of(message: int, category: str = "") -> tuple[str, int, str]:
    """Give the key under which a message's card is noted; "" is any category."""
    return ("card", message, category)
