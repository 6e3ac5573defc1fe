"""The bot as discord.py knows it: intents, cogs, command sync."""

from __future__ import annotations

import asyncio
import logging
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.charts.chart import draw_chart
from bot.cooldowns import Cooldowns
from bot.discord.clock import DiscordTime
from bot.discord.cogs import cogs_for
from bot.discord.connection import Unreachable
from bot.discord.examination import Wanted, examine_discord, wanted_channels
from bot.discord.sessions import BETWEEN, SessionBudget
from bot.discord.synced_commands import SyncedCommands
from bot.examination import of_book
from bot.health.pulse import Pulse
from bot.traffic import Traffic
from cogs._rendering.layouts import Fullness
from cogs._rendering.view import COMPONENTS
from cogs._services.services import Services
from knowledge.curation.care import load_measured
from knowledge.curation.settings import SHIPPED
from knowledge.incidents import report

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from bot.backend import Backend
    from bot.config import DiscordSettings
    from cogs._services.protocols import FollowedBook
    from knowledge.curation.settings import ServerSettings
    from knowledge.desk import AnswerDesk
    from knowledge.health import Finding

log = logging.getLogger(__name__)

_SYNC_SECONDS = 8.0
# Without these there is no session: one that cannot be read is begun anew.
_NEEDED = frozenset({"READY", "RESUMED"})


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
            http_trace=(time_of_discord := DiscordTime()).trace(),
        )
        self.services = services
        self.time_of_discord = time_of_discord
        self.was_ready = False
        # Whoever watches over the connection puts some in that outlive this client.
        self.pulse = Pulse(time.monotonic)
        self.sessions = SessionBudget(time.monotonic)
        self._synced = synced
        self._contain_odd_events()

    async def setup_hook(self) -> None:
        """Add what members can do, before the gateway is joined."""
        for cog in cogs_for(self.services):
            await cog.setup(self)
        self.add_dynamic_items(*COMPONENTS)
        await self._sync()

    def command_shapes(self) -> list[dict[str, Any]]:
        """Give the commands that were added, as Discord is told of them."""
        return [command.to_dict(self.tree) for command in self.tree.get_commands()]

    async def examine(self) -> tuple[Finding, ...]:
        """Tell whether everything on Discord is as the bot needs it."""
        storage = self.services.storage
        servers = storage.moderators.servers if storage else None
        settings = [servers.settings(server_id) for server_id in servers.known] if servers else []
        wanted = Wanted(wanted_channels(self.services, settings), self.command_shapes(), self.services.reads_everything)
        return await examine_discord(self, wanted, self.time_of_discord.ahead)

    def _contain_odd_events(self) -> None:
        """Let an event that discord.py cannot read cost that event alone: it would end the connection otherwise."""
        parsers = self._connection.parsers
        parsers["MESSAGE_CREATE"] = partial(self._written, parsers["MESSAGE_CREATE"])
        for name, parse in list(parsers.items()):
            if name not in _NEEDED:
                parsers[name] = partial(self._taken_in, name, parse)

    def _taken_in(self, name: str, parse: Callable[[Any], None], data: Any) -> None:  # noqa: ANN401  # as below
        """Note that the gateway told of something, and take it in."""
        self.pulse.moved()
        try:
            parse(data)
        except Exception as error:  # noqa: BLE001  # the next event may be an emergency
            log.warning("An event of Discord's could not be read: %s", name)
            report(error)

    def _written(self, parse: Callable[[Any], None], data: Any) -> None:  # noqa: ANN401  # whatever Discord sends
        """Take in a new message, but for the bot's own: nothing listens to these, and answers are long."""
        if self.user is None or data["author"]["id"] != str(self.user.id):
            parse(data)
        elif self.services.storage is not None:
            self.services.storage.last_heard.heard(int(data["id"]))

    async def on_message(self, message: discord.Message) -> None:
        """Do nothing: commands.Bot would take the words after a mention for a command, and log them."""

    async def on_connect(self) -> None:
        """Say that the gateway took the bot in, which comes before any event; and again after a lost session."""
        self.was_ready = True
        self.pulse.connected()
        log.info("Connected as %s; servers: %d", self.user, len(self.guilds))

    async def on_resumed(self) -> None:
        """Note that the gateway took up the session where it broke off."""
        self.pulse.connected()

    async def on_disconnect(self) -> None:
        """Note that the connection broke, or that discord.py could not mend it."""
        self.pulse.disconnected()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002  # its name
        """Keep to the pace and the number of sessions that Discord allows."""
        if not initial and self.sessions.spread > BETWEEN:
            raise Unreachable("Discord allows only few more sessions today, so the next one has to wait.")
        await asyncio.sleep(self.sessions.pause)
        self.sessions.spend()

    async def on_ready(self) -> None:
        """Say which channels of the settings are not to be found, now that the servers are known."""
        for channel in self.services.watched | self.services.staff | self.services.fault_channels:
            if self.get_channel(channel) is None:
                log.warning("The settings name channel %d, which is not there or not to be seen by the bot", channel)

    async def _sync(self) -> None:
        """Send the commands to Discord if they are not the ones that it knows. A failure leaves those running."""
        shapes = self.command_shapes()
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
    backend: Backend | None = None,
    defaults: ServerSettings = SHIPPED,
    cooldowns: Cooldowns | None = None,
    followed: FollowedBook | None = None,
) -> Client:
    """Make the bot: nothing for moderators without `backend`, nor for owners without `followed`. `watched` may grow."""
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
        storage=backend,
        book=followed,
        owners=frozenset(settings.owners),
        fault_channels=frozenset(settings.fault_channels),
        outbox=backend.outbox if backend else None,
        draw_chart=draw_chart,
        measured=load_measured(),
        examine=partial(_examined, backend) if backend else None,
    )
    return Client(services, synced)


async def _examined(backend: Backend, client: discord.Client) -> tuple[Finding, ...]:
    """Tell whether everything is as the bot needs it: its book, its machine, and what it asks of Discord."""
    on_discord = await client.examine() if isinstance(client, Client) else ()
    return (of_book(backend.book.status), *await backend.examine(), *on_discord)
