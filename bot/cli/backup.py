"""`backup`: a verified copy of all that is kept, and of the knowledge files."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads annotations at run time
from typing import Annotated

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time


def backup(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Where backups lie. Without it, [backup] folder of the settings."),
    ] = None,
    *,
    keep: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=1,
            help="How many backups stay there. Without it, [backup] keep of the settings.",
            show_default=False,
        ),
    ] = None,
    config: SettingsFile = None,
) -> None:
    """Make a backup of the database and the knowledge files, verify it, and remove the oldest ones. Runs beside a bot.

    Settings and token are not in it: keep those elsewhere.
    """
    from datetime import UTC, datetime

    from bot.backups.making import make_backup
    from bot.cli.exits import Exit
    from bot.cli.start import settings_for_a_person

    settings = settings_for_a_person(config)
    target = folder or settings.backup.folder
    if target is None:
        raise typer.BadParameter("name a folder, or set [backup] folder in the settings", param_hint="DIR")
    paths = settings.knowledge.path
    made = make_backup(settings.storage.path, paths, target, keep or settings.backup.keep, datetime.now(UTC))
    files, rows = len(made.manifest.files), sum(made.manifest.rows.values())
    typer.echo(f"{made.path} was made and verified. Files: {files}; rows in the database: {rows:,}.")
    if made.rotated:
        typer.echo(f"Removed, as newer ones are there: {', '.join(path.name for path in made.rotated)}.")
    for fault in made.manifest.left_out:
        typer.echo(f"Left out, as it cannot be read: {fault}")
    raise typer.Exit(Exit.FAULTS if made.manifest.left_out else Exit.DONE)
