"""Catching up, once connected: what was asked while nobody listened, and replies of which nobody knows.

Discord sends again what a broken connection missed, as long as it remembers the session. After a lost session or a
restart it does not, so the channels are looked through from the last message that was heard.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from cogs._answering.channel_history import Channel, may_be_read, newest, replied_to, reply_to
from cogs._answering.intake import hear
from cogs._services.failures import FAILURES, in_words
from cogs._services.services import server_of, services_of
from knowledge.incidents import report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogs._services.protocols import Storage
    from cogs._services.services import Services
    from knowledge.records.deliveries import Delivery

log = logging.getLogger(__name__)

# An answer that comes later than this comes into another conversation; what nobody asked of the bot goes stale sooner.
_ANSWERED_WITHIN = timedelta(minutes=10)
_OVERHEARD_WITHIN = timedelta(minutes=1)
# The last messages heard may have waited for their turn when the program ended: so much is looked through again.
_MARGIN = timedelta(minutes=2)
# What is looked through at most: channels with news, channels of direct messages, uncertain replies.
_CHANNELS, _DIRECT, _UNCERTAIN = 50, 20, 200


class CatchUp(commands.Cog):
    """Looks for what was missed, and hands it to whoever hears messages."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot
        self._since: int | None = None
        self._looking = asyncio.Lock()

    @property
    def _services(self) -> Services:
        return services_of(self._bot)

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """Note from where on nothing was heard, before the new session brings its first message."""
        storage = self._services.storage
        if storage is None:
            return
        if self._since is None:
            self._since = storage.last_heard.newest
        if not storage.last_heard.newest:  # the first run of all: from now on everything is heard
            storage.last_heard.heard(discord.utils.time_snowflake(discord.utils.utcnow()))
            await storage.last_heard.note()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look through the channels, now that they are known."""
        storage = self._services.storage
        if storage is None or self._since is None:
            return
        since, self._since = self._since, None
        async with self._looking:
            try:
                await self._settle(storage)
                if since:
                    await self._look(storage, since)
            except Exception as error:  # noqa: BLE001  # what comes now is answered all the same
                if not self._over:
                    report(error)

    @property
    def _over(self) -> bool:
        return self._bot.is_closed() or self._services.traffic.ending

    @property
    def _me(self) -> int:
        return self._bot.user.id if self._bot.user is not None else 0

    # --- Replies of which nobody knows ---------------------------------------------------------

    async def _settle(self, storage: Storage) -> None:
        """Find out which claims of an earlier run led to a reply; what has none is answered, or counted as missed."""
        uncertain = await storage.deliveries.uncertain()
        for number, delivery in enumerate(reversed(uncertain)):
            if self._over:
                return
            if number >= _UNCERTAIN or not await self._settled(storage, delivery):
                await storage.deliveries.release(delivery.asked_id)
                await storage.deliveries.missed(delivery.server_id)
        if uncertain:
            log.info("Looked after %d replies that an earlier run left uncertain", len(uncertain))

    async def _settled(self, storage: Storage, delivery: Delivery) -> bool:
        """Settle a claim by what its channel holds. False where nobody can know, or it is too late to reply."""
        channel, asked = self._channel(delivery), int(delivery.asked_id)
        if not may_be_read(channel):
            return False
        try:
            reply = await reply_to(channel, asked, self._me)
            if reply is not None:
                await storage.deliveries.settle(delivery.asked_id, str(reply))
                return True
            message = await channel.fetch_message(asked)
        except discord.NotFound:  # the question was deleted, or its channel
            await storage.deliveries.release(delivery.asked_id)
            return True
        except FAILURES as error:
            log.warning("An uncertain reply could not be looked for: %s", in_words(error))
            return not isinstance(error, discord.Forbidden)  # anything else may pass: the next start looks again
        if _age(message) > _ANSWERED_WITHIN:
            return False
        await storage.deliveries.release(delivery.asked_id)
        self._bot.dispatch("message", message)
        return True

    def _channel(self, delivery: Delivery) -> Channel:
        number = int(delivery.channel_id)
        known = self._bot.get_channel(number)
        if isinstance(known, Channel):
            return known
        server = int(delivery.server_id) if delivery.server_id and not delivery.direct else None
        return self._bot.get_partial_messageable(number, guild_id=server)

    # --- What was said meanwhile ---------------------------------------------------------------

    async def _look(self, storage: Storage, last: int) -> None:
        since = discord.Object(discord.utils.time_snowflake(discord.utils.snowflake_time(last) - _MARGIN))
        channels = sorted(self._with_news(since.id), key=lambda one: one.last_message_id or 0, reverse=True)
        direct = [
            self._bot.get_partial_messageable(int(number), type=discord.ChannelType.private)
            for number in await storage.deliveries.direct_channels(_DIRECT)
        ]
        missed = 0
        for channel in (*channels[:_CHANNELS], *direct):
            if self._over:
                return
            try:
                missed += await self._look_through(storage, channel, since, last)
            except FAILURES as error:
                log.info("A channel was not looked through: %s", in_words(error))
        if missed:
            log.warning("%d questions from while nobody listened came to light too late to be answered", missed)
        if len(channels) > _CHANNELS:
            log.warning("%d channels with news were not looked through for questions", len(channels) - _CHANNELS)

    def _with_news(self, since: int) -> Iterator[discord.TextChannel | discord.VoiceChannel | discord.Thread]:
        """Give the channels where something was said since, which Discord tells with the servers."""
        for guild in self._bot.guilds:
            channels: list[discord.TextChannel | discord.VoiceChannel | discord.Thread] = []
            channels += [*guild.text_channels, *guild.voice_channels, *guild.threads]
            for channel in channels:
                if (channel.last_message_id or 0) > since and may_be_read(channel):
                    yield channel

    async def _look_through(self, storage: Storage, channel: Channel, since: discord.Object, last: int) -> int:
        """Hand on what was asked in one channel and has no reply; give how much of it is too old.

        `last` is the last message that was heard: what came before it may have no reply yet, but was not missed.
        """
        services, missed = self._services, 0
        messages = await newest(channel, since)
        replied = replied_to(messages, self._me)
        for message in messages:
            storage.last_heard.heard(message.id)
            settings = services.settings(server_of(message.guild))
            out = services.opted_out(message.author.id, message.created_at)
            me = self._bot.user
            heard = hear(message, me, settings, opted_out=out) if me is not None else None
            if heard is None or message.id in replied or await storage.deliveries.of(str(message.id)) is not None:
                continue
            if self._over:
                return missed
            age = _age(message)
            await asyncio.sleep(0)  # each text is screened on the loop
            in_time = age <= (_ANSWERED_WITHIN if heard.place.addressed else _OVERHEARD_WITHIN)
            alarming = age <= _ANSWERED_WITHIN and services.desk.alarm(heard.text, heard.place) is not None
            if in_time or alarming:
                if message.id <= last:
                    storage.deliveries.silences.heard_before(str(message.id))
                self._bot.dispatch("message", message)
            elif heard.place.addressed and message.id > last:
                missed += 1
                await storage.deliveries.missed(heard.place.server_id)
        return missed


def _age(message: discord.Message) -> timedelta:
    return discord.utils.utcnow() - message.created_at


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(CatchUp(bot))
