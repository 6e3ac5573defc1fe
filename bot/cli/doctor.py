"""`doctor`: is everything as the bot needs it, and what to do where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.config import Config
    from knowledge.health import Finding


def doctor(config: SettingsFile = None) -> None:
    """Look at settings, knowledge, database, disk, and at token, intents, commands and permissions on Discord.

    Each thing gets a line: good or bad, and what to do. Nothing is changed, and a serving bot is not disturbed.
    """
    import asyncio

    from bot.cli.exits import Exit
    from bot.cli.start import settings_for_a_person

    settings = settings_for_a_person(config)
    typer.echo("good  Settings: no fault.")

    async def look() -> list[Finding]:
        found = []
        async for finding in _findings(settings):
            typer.echo(str(finding))
            found.append(finding)
        return found

    bad = [finding for finding in asyncio.run(look()) if not finding.good]
    typer.echo(f"{len(bad)} bad." if bad else "All is well.")
    raise typer.Exit(Exit.CANNOT_RUN if any(one.stops for one in bad) else Exit.FAULTS if bad else Exit.DONE)


async def _findings(settings: Config) -> AsyncIterator[Finding]:
    import os
    from datetime import UTC, datetime, timedelta

    from bot.backups.making import newest_backup
    from bot.discord.credentials import discord_token
    from bot.examination import examine_machine, of_backups, of_files
    from bot.store.folder import DATABASE
    from knowledge.errors import CannotRun
    from knowledge.health import BackupStatus, Finding

    yield of_files(settings)
    for finding in await examine_machine(settings.storage.path / DATABASE):
        yield finding
    now, folder = datetime.now(UTC), settings.backup.folder
    made = newest_backup(folder, now) if folder else None
    every = timedelta(hours=settings.backup.every_hours)
    yield of_backups(BackupStatus(scheduled=folder is not None, made=made), every, now)
    try:
        token = discord_token(os.environ)
    except CannotRun as refusal:
        yield Finding("Token", "", str(refusal), stops=True)
        return

    from bot.discord.doctor import examine

    for finding in await examine(settings, token):
        yield finding
