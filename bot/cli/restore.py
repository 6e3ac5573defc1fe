"""`restore`: a backup, brought to a fresh place."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.backups.restoring import Restored


def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="One backup: a folder backup-...")],
    place: Annotated[Path, typer.Argument(metavar="DEST", help="A new folder, which is made. Nothing is overwritten.")],
) -> None:
    """Verify a backup and bring it to a new folder, then say what to do to serve from there."""
    from bot.backups.restoring import restore_backup

    restored = restore_backup(backup, place)
    typer.echo("\n".join(_told(backup, restored)))


def _told(backup: Path, restored: Restored) -> list[str]:
    import json

    manifest = restored.manifest
    paths = [str(path) for path in restored.knowledge]
    named = json.dumps(paths[0] if len(paths) == 1 else paths, ensure_ascii=False)
    return [
        f"{backup}, made on {manifest.made:%Y-%m-%d at %H:%M} UTC, was verified and restored.",
        *(f"Not in it, as it could not be read then: {fault}" for fault in manifest.left_out),
        "Stop the bot that serves from the old place, if one does. Then write these lines into your settings:",
        "",
        "[knowledge]",
        f"path = {named}",
        "",
        "[storage]",
        f"path = {json.dumps(str(restored.storage), ensure_ascii=False)}",
        "",
        "Look it over with `python -m bot check`, then start the bot as before.",
        "What happened since then is not in it: answers that were saved, and what members deleted or opted out of.",
    ]
