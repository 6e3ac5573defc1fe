"""Answering messages: mentions, replies to the bot, direct messages, and everything in watched channels."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from cogs._answering import cooldown, exchange, noting, pausing
from cogs._answering.alarm import Alarm, offer_answer, tell_staff
from cogs._answering.cooldown import Asker
from cogs._answering.delivery import deliver
from cogs._answering.intake import hear, placed, screened
from cogs._answering.passing_on import drawn
from cogs._answering.replying import Replies
from cogs._interactions.pressed import named
from cogs._rendering import reply_layout
from cogs._rendering.view import NOBODY
from cogs._services.services import server_of, services_of
from knowledge.model import AskKind, CardReply, Outcome
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from cogs._answering.intake import Heard
    from cogs._rendering.layouts import Layout
    from cogs._services.services import Services
    from knowledge.model import Decision, Reply

# An edit this soon after asking mends the question; a later one is another matter.
_MENDED_WITHIN = timedelta(seconds=60)
# Longer than the gateway takes to bring an edit, also to a clock that is a little wrong.
_NEWS_FOR = timedelta(minutes=5)
# "Too many questions" is said once in this many seconds in a channel, "paused" to a member there.
_SAID_AGAIN_AFTER = 60


class Listen(commands.Cog):
    """Hears messages, and answers each at most once."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot
        # What waits for its turn, so that an edit meanwhile is what gets answered.
        self._waiting: dict[int, Heard] = {}
        # One text at a time is screened, and one is thought about: in between, whatever else waits for the loop has its
        # turn, the heartbeat first of all, however many messages came at once.
        self._screening = asyncio.Lock()
        self._replies = Replies(bot)

    @property
    def _services(self) -> Services:
        return services_of(self._bot)

    def _hear(self, message: discord.Message) -> Heard | None:
        me, services = self._bot.user, self._services
        settings, out = services.settings(server_of(message.guild)), services.opted_out(message.author.id)
        return hear(message, me, settings, opted_out=out) if me is not None else None

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Send a card at once, or queue the message to be answered."""
        if self._services.storage is not None:
            self._services.storage.last_heard.heard(message.id)
        heard = self._hear(message)
        exchange.note(self._services.traffic, message, heard)
        if heard is None or not self._services.traffic.begin(message.id):
            return
        await self._take(message, heard)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Screen every edit; think a message over again, once, when it was edited within a minute."""
        message, services = event.message, self._services
        heard = self._hear(message)
        if message.edited_at is None:
            return
        # Pins and previews of links come as edits too, years later, with the time of the last true edit.
        if discord.utils.utcnow() - message.edited_at > _NEWS_FOR:
            return
        heard, card = screened(heard, services.desk) if heard is not None else (None, None)
        alarming, replies = card is not None, self._replies
        soon = message.edited_at - message.created_at <= _MENDED_WITHIN
        if alarming or soon:
            await replies.take_up(message.id)
        # A card stays, whatever its message says later, unless that alarms in another way.
        if replies.has_card(message.id) and (card is None or replies.has_card(message.id, card.category)):
            return
        waited = self._waiting.pop(message.id, None) is not None
        if heard is not None and waited and not alarming:
            self._waiting[message.id] = heard
        elif heard is not None and (alarming or (soon and services.traffic.rethink(message.id))):
            await self._take(message, heard)
        elif heard is None and soon:
            await replies.take_back(message)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Take the reply to a deleted message along."""
        await self._deleted(event.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Take the replies to deleted messages along."""
        for message in event.message_ids:
            await self._deleted(message)

    async def _deleted(self, message: int) -> None:
        with self._services.traffic.busy():
            self._services.cooldowns.gone(message)
            await self._replies.take_along(message)

    async def _take(self, message: discord.Message, heard: Heard) -> None:
        services = self._services
        too_late = services.traffic.ending
        with services.traffic.busy():
            try:
                async with self._screening:
                    await asyncio.sleep(0)
                    heard, card = screened(heard, services.desk)
                if card is not None:
                    await self._alarm(message, heard, card)
                elif too_late:
                    return
                elif heard.aside or (not heard.place.addressed and exchange.is_part_of(services.traffic, message)):
                    noting.silent(services, message, heard.place, None)
                    await self._replies.take_back(message)
                elif services.traffic.put(
                    message.channel.id, partial(self._answer, message), overheard=not heard.place.addressed
                ):
                    self._waiting[message.id] = heard
                else:
                    noting.put_off(services, message.id, heard.place)
                    if heard.place.addressed:
                        said = ("busy", message.channel.id)
                        await self._say_once(message, said, reply_layout.plain(sentences.BUSY))
            except Exception as error:  # noqa: BLE001  # told by the one place that tells failures
                self._bot.dispatch("unanswered", message, error, addressed=heard.place.addressed)

    async def _pause(self, message: discord.Message, heard: Heard) -> None:
        """Say that the bot is paused to whoever asked it directly, once in a while."""
        if heard.place.addressed and not heard.in_passing:
            paused = pausing.layout(self._services.settings(heard.place.server_id))
            await self._say_once(message, ("paused", message.channel.id, message.author.id), paused)

    async def _say_once(self, message: discord.Message, key: tuple[object, ...], layout: Layout) -> None:
        traffic = self._services.traffic
        if traffic.reply_to(message.id) is None and not traffic.within(key, _SAID_AGAIN_AFTER):
            traffic.note(key)
            await deliver(self._services, message, layout, ping=True)

    async def _alarm(self, message: discord.Message, heard: Heard, card: CardReply) -> None:
        services = self._services
        alarm = Alarm(card, message.author.id, message.channel.id)
        repeated = alarm.is_repeated(services)
        sent = await self._replies.show(message, alarm.layout(services), ping=heard.place.addressed, card=card)
        if sent is None:
            return
        alarm.was_sent(services)
        if not repeated:
            edit = partial(sent.edit, allowed_mentions=NOBODY)
            await offer_answer(services, alarm, heard.text, heard.place, lambda shown: edit(view=shown))
            if message.guild is not None:
                await tell_staff(self._bot, alarm, message.guild.id, message.id)
        await noting.sent(services, message, heard.place, noting.of_card(card), sent.id)

    async def _answer(self, message: discord.Message) -> None:
        services = self._services
        heard = self._waiting.pop(message.id, None)
        if heard is None or heard.aside or services.traffic.is_gone(message.id):
            return
        try:
            heard = await placed(services.shared_servers, self._bot, message, heard)  # no card waits for this
            if services.is_paused(heard.place.server_id):
                await self._pause(message, heard)
                return
            decision = await services.desk.decide(heard.text, heard.place, heard.verdict)
            reply = _spoken(decision, heard)
            if reply is None:
                noting.silent(services, message, heard.place, decision)
                await self._replies.take_back(message)
            elif isinstance(reply, CardReply):
                await self._alarm(message, heard, reply)
            else:
                await self._reply(message, heard, decision)
        except Exception as error:  # noqa: BLE001  # told by the one place that tells failures
            self._bot.dispatch("unanswered", message, error, addressed=heard.place.addressed)

    async def _reply(self, message: discord.Message, heard: Heard, decision: Decision) -> None:
        """Answer a message that nobody has answered yet, or mend the reply that it has."""
        services, place = self._services, heard.place
        asker = Asker(message.author.id, message.channel.id, place, private=message.guild is None)
        mending = services.traffic.reply_to(message.id) is not None
        with cooldown.turn(services, asker, decision, mending=mending) as turn:
            if turn.decision is None or turn.decision.reply is None:
                noting.silent(services, message, place, decision)
                return
            layout = drawn(services, turn.decision, place.server_id, message.author.id, message.id)
            layout = named(layout, self._bot, place.server_id, message.guild)
            if turn.waits:
                noting.put_off(services, message.id, place)
                await self._replies.show(message, layout, ping=place.addressed)
                return
            if not mending and not await noting.may_answer(services, message, place, turn.decision):
                return
            shown = await self._replies.show(message, layout, ping=place.addressed)
            if shown is not None:
                turn.sent(shown.id)
                await noting.sent(services, message, place, turn.decision, shown.id)
            elif not mending:
                await noting.not_sent(services, message)


def _spoken(decision: Decision, heard: Heard) -> Reply | None:
    """Give the reply that is spoken. To a bot that was only named in passing, nobody listens unless it knows."""
    asks = decision.ranking is not None and decision.ranking.asking.kind is AskKind.QUESTION
    knows = decision.outcome in {Outcome.ANSWER, Outcome.EMERGENCY}
    return decision.reply if knows or asks or not heard.in_passing else None


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Listen(bot))
