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

    from bot.discord_client import run
    from bot.house import open_house

    async def serve() -> None:
        async with open_house(settings, samples=False) as house:
            await run(house, settings.discord, token, settings.storage.path)

    asyncio.run(serve())
