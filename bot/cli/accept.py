"""`accept`: an owner says that entries are missing on purpose, and the running bot serves the held files."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time


def accept(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell why they are held, and accept nothing.")] = False,
    config: SettingsFile = None,
) -> None:
    """Serve knowledge files that are held because many entries are missing. A running bot takes them at once.

    What is accepted are the files as they stand now; after another change they may be held again.
    """
    from datetime import UTC, datetime

    from bot.book.keeper import BookKeeper
    from bot.book.last_good import LastGood
    from bot.cli.start import settings_for_a_person

    settings = settings_for_a_person(config)
    paths = settings.knowledge.path
    keeper = BookKeeper(paths, LastGood(settings.storage.path, paths), lambda: datetime.now(UTC))
    held = keeper.held()
    if held is None:
        typer.echo("Nothing is held.")
        return
    typer.echo(held.reason)
    if not dry_run:
        keeper.accept(held.files_hash)
        typer.echo("Accepted.")
