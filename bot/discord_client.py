"""The only start-up of discord.py: intents, cogs, command sync, and an orderly end."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot._discord_cogs import cogs_for
from bot._discord_connection import Unreachable, connect, point_at
from bot._end import End
from bot._synced import SyncedCommands
from bot.cooldowns import Cooldowns
from bot.traffic import Traffic
from cogs._drafts import Fullness
from cogs._services import Services
from cogs._view import COMPONENTS
from knowledge.curation.settings import SHIPPED
from knowledge.errors import CannotRun
from knowledge.incidents import report

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from bot.config import DiscordSettings
    from bot.house import House
    from cogs._services import FollowedBook
    from knowledge.curation.settings import ServerSettings
    from knowledge.desk import AnswerDesk

log = logging.getLogger(__name__)

_SYNC_SECONDS = 8.0
_FINISH_SECONDS = 5.0
_LONGEST_PAUSE = 60.0


class Client(commands.Bot):
    """Second Opinion on Discord: it remembers nothing that `services` does not hold.

    `synced` is the file that keeps the hash of the commands that Discord knows; without one they are always sent.
    """

    def __init__(self, services: Services, synced: Path | None = None) -> None:
        # Nothing here speaks; without this, discord.py warns of what it lacks for that.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        intents.message_content = services.reads_everything
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            # Members' messages are not kept, not even in memory.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.services = services
        self.was_ready = False
        self._synced = synced

    async def setup_hook(self) -> None:
        """Add what members can do, before the gateway is joined."""
        for cog in cogs_for(self.services):
            await cog.setup(self)
        self.add_dynamic_items(*COMPONENTS)
        await self._sync()

    async def on_message(self, message: discord.Message) -> None:
        """Do nothing: commands.Bot would take the words after a mention for a command, and log them."""

    async def on_connect(self) -> None:
        """Say that the gateway took the bot in, which comes before any event; and again after a lost session."""
        self.was_ready = True
        log.info("Connected as %s, in %d servers", self.user, len(self.guilds))

    async def on_ready(self) -> None:
        """Say which channels of the settings are not to be found, now that the servers are known."""
        for channel in self.services.watched | self.services.staff | self.services.fault_channels:
            if self.get_channel(channel) is None:
                log.warning("The settings name channel %d, which is not there or not to be seen by the bot", channel)

    async def _sync(self) -> None:
        """Send the commands to Discord if they are not the ones that it knows. A failure leaves those running."""
        shapes = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        synced = SyncedCommands(self._synced, self.application_id, shapes)
        if not shapes or synced.known:
            return
        try:
            # Discord lets a bot send them so and so often a day, and discord.py would wait for tomorrow.
            async with asyncio.timeout(_SYNC_SECONDS):
                await self.tree.sync()
        except (discord.HTTPException, TimeoutError) as error:
            log.warning("The commands could not be sent, so Discord keeps those it has: %s", type(error).__name__)
            return
        synced.note()


def build_client(  # noqa: PLR0913  # what the composition root knows
    desk: AnswerDesk,
    settings: DiscordSettings,
    *,
    traffic: Traffic | None = None,
    synced: Path | None = None,
    watched: AbstractSet[int] | None = None,
    house: House | None = None,
    defaults: ServerSettings = SHIPPED,
    cooldowns: Cooldowns | None = None,
    followed: FollowedBook | None = None,
) -> Client:
    """Make the bot: nothing for moderators without `house`, nor for owners without `followed`. `watched` may grow."""
    if watched is None:
        watched = frozenset(settings.watch)
        reads_everything = settings.message_content or bool(settings.watch)
    else:
        reads_everything = True
    services = Services(
        desk=desk,
        # Read anew at each call: the preview and the tests run on a clock of their own.
        traffic=traffic or Traffic(lambda: time.monotonic()),  # noqa: PLW0108
        cooldowns=cooldowns or Cooldowns(lambda: time.monotonic()),  # noqa: PLW0108
        defaults=defaults,
        watched=watched,
        staff=frozenset(settings.staff_channels),
        fullness=Fullness(settings.layout),
        reads_everything=reads_everything,
        storage=house,
        book=followed,
        owners=frozenset(settings.owners),
        fault_channels=frozenset(settings.fault_channels),
        outbox=house.outbox if house else None,
    )
    return Client(services, synced)


async def run(house: House, settings: DiscordSettings, token: str, state: Path) -> None:
    """Run on Discord until SIGINT or SIGTERM. Raises `CannotRun` when it cannot start or may not go on.

    Once it was connected, whatever ends the connection for good starts it anew, after a pause that grows.
    """
    point_at(settings.api_url, settings.gateway_url)
    traffic, cooldowns = Traffic(time.monotonic), Cooldowns(time.monotonic)
    end = End.on_signals()
    failures = 0
    was_ready = False
    while not end.asked.is_set():
        synced = state / "discord-commands.txt"
        client = build_client(
            house.desk, settings, traffic=traffic, cooldowns=cooldowns, synced=synced, house=house, followed=house.book
        )
        began = time.monotonic()
        try:
            await _serve(client, token, traffic, end)
        except CannotRun as refusal:
            if not (was_ready and isinstance(refusal, Unreachable)):
                raise
            log.warning("%s", refusal)
        except Exception as error:
            was_ready = was_ready or client.was_ready
            if not was_ready:
                raise
            report(error)
        was_ready = was_ready or client.was_ready
        failures = 1 if time.monotonic() - began > _LONGEST_PAUSE else failures + 1
        await _pause(failures, end)


async def _serve(client: Client, token: str, traffic: Traffic, end: End) -> None:
    """Serve until the connection ends for good or an end is asked for; then finish what is in flight."""
    async with client:
        serving = asyncio.create_task(connect(client, token))
        asked = asyncio.create_task(end.asked.wait())
        try:
            await asyncio.wait((serving, asked), return_when=asyncio.FIRST_COMPLETED)
            if end.asked.is_set():
                await _finish(traffic, end)
            else:
                await serving
        finally:
            await client.close()
            serving.cancel()
            asked.cancel()
            await asyncio.gather(serving, asked, return_exceptions=True)


async def _finish(traffic: Traffic, end: End) -> None:
    finishing = asyncio.create_task(traffic.finish(_FINISH_SECONDS))
    hurried = asyncio.create_task(end.quickly.wait())
    await asyncio.wait((finishing, hurried), return_when=asyncio.FIRST_COMPLETED)
    if not finishing.done():
        finishing.cancel()
    elif left := finishing.result():
        log.warning("Ended with %d replies left undone", left)
    hurried.cancel()
    await asyncio.gather(finishing, hurried, return_exceptions=True)


async def _pause(failures: int, end: End) -> None:
    if end.asked.is_set():
        return
    seconds = min(2.0**failures, _LONGEST_PAUSE) * random.uniform(0.5, 1.0)  # noqa: S311  # spreads restarts
    log.warning("The connection to Discord ended; starting again in %.0f seconds", seconds)
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await end.asked.wait()
