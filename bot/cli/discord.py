"""`discord`: run the bot on Discord."""

from __future__ import annotations

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time


def discord(config: SettingsFile = None) -> None:
    """Run on Discord until Ctrl-C. The token comes from DISCORD_TOKEN, or from the file named by DISCORD_TOKEN_FILE."""
    import os

    from bot.config import load_config
    from bot.discord.credentials import discord_token
    from bot.logs import start_logging

    settings = load_config(config)
    start_logging(settings.log)
    token = discord_token(os.environ)

    from bot.backend import open_backend
    from bot.discord.supervision import Supervisor
    from bot.health.running import telling_health
    from bot.process.event_loop import run
    from bot.process.memory import answering_many
    from bot.process.signals import end_on_signals
    from bot.process.systemd import ServiceManager

    async def serve() -> None:
        with answering_many(), end_on_signals() as end:
            async with open_backend(settings, samples=False) as backend:
                manager = ServiceManager.of(os.environ)
                supervisor = Supervisor(backend, settings.discord, settings.storage.path, end=end, manager=manager)
                async with telling_health(settings, backend, supervisor):
                    await supervisor.run(token)

    run(serve())
