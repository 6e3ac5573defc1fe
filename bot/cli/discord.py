"""`discord`: run the bot on Discord."""

from __future__ import annotations

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time


def discord(config: SettingsFile = None) -> None:
    """Run on Discord until Ctrl-C. The token comes from DISCORD_TOKEN, or from the file named by DISCORD_TOKEN_FILE."""
    import asyncio
    import os

    from bot.config import load_config
    from bot.credentials import discord_token
    from bot.logs import start_logging

    settings = load_config(config)
    start_logging(settings.log)
    token = discord_token(os.environ)

    from bot.app import open_desk
    from bot.discord_client import run

    async def serve() -> None:
        async with open_desk(settings, samples=False) as desk:
            await run(desk, settings.discord, token, settings.storage.path)

    asyncio.run(serve())
