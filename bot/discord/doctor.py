"""Looking at Discord for `doctor` and `/doctor`: as the bot that serves, or beside it with the same token."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import discord

from bot.backend import open_backend
from bot.config import KnowledgeSettings, StorageSettings
from bot.discord.client import build_client
from bot.discord.clock import DiscordTime
from bot.discord.cogs import cogs_for
from bot.discord.connection import point_at
from bot.discord.examination import PORTAL, Wanted, examine_discord, unreachable, wanted_channels
from bot.store.stored import stored_layers
from cogs._services.failures import FAILURES
from knowledge.errors import CannotRun
from knowledge.health import Finding

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.config import Config
    from bot.discord.client import Client

_LOGIN_SECONDS = 15.0


async def examine(config: Config, token: str) -> tuple[Finding, ...]:
    """Log in beside a bot that may be serving, ask what it needs to know, and leave. The token is never told."""
    point_at(config.discord.api_url, config.discord.gateway_url)
    time = DiscordTime()
    async with discord.Client(intents=discord.Intents.none(), http_trace=time.trace()) as client:
        try:
            async with asyncio.timeout(_LOGIN_SECONDS):
                await client.login(token)
        except (discord.LoginFailure, ValueError):
            to_do = f"Make a new one on the Bot page at {PORTAL} and put it into DISCORD_TOKEN."
            return (Finding("Token", "Discord refuses it.", to_do, stops=True),)
        except FAILURES as error:
            return (unreachable(error),)
        return await examine_discord(client, await _wanted(config), time.ahead)


async def _wanted(config: Config) -> Wanted:
    try:
        layers = await stored_layers(config)
    except CannotRun:  # which the look at the database tells
        layers = {}
    settings = [layer.settings for layer in layers.values()]
    async with _empty_bot(config) as bot:
        channels = wanted_channels(bot.services, settings)
        return Wanted(channels, bot.command_shapes(), bot.services.reads_everything)


@asynccontextmanager
async def _empty_bot(config: Config) -> AsyncIterator[Client]:
    """Build the bot that these settings make, over an empty book and store: it is asked for its commands alone."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "answers.toml"
        book.touch()
        knowledge = KnowledgeSettings.model_validate({"path": book})
        nothing = {"knowledge": knowledge, "storage": StorageSettings(path=Path(folder))}
        async with (
            open_backend(config.model_copy(update=nothing), samples=False) as backend,
            build_client(backend.desk, config.discord, backend=backend, followed=backend.book) as bot,
        ):
            for cog in cogs_for(bot.services):
                await cog.setup(bot)
            yield bot
