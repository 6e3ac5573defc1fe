"""`merge`: what one server's moderators wrote, put into the knowledge file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time

_EXAMPLES = (
    "{count:,} {stay} that server's own, where its moderators see what holds (/example list); "
    "`export --all` writes them to servers.jsonl."
)


def merge(
    server: Annotated[str, typer.Option("--server", metavar="ID", help="The server whose moderators wrote it.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the changes as a diff, and write nothing.")] = False,  # noqa: FBT002  # a flag
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="FILE", help="The knowledge file for new entries, where there are several."),
    ] = None,
    over_newer: Annotated[  # noqa: FBT002  # a flag
        bool, typer.Option("--over-newer", help="Merge also where the book's entry was changed after theirs was made.")
    ] = False,
    config: SettingsFile = None,
) -> None:
    """Put what a server's moderators wrote into the knowledge file, and show the changes as a diff.

    Only what they changed is replaced; every other byte stays. The bot may go on serving: when it reads the file again,
    the merged entries belong to the book, and their history is kept.
    """
    from bot.cli.start import settings_for_a_person
    from bot.store.merges import merge_of, mergeable
    from knowledge.content.atomic import replace_file

    settings = settings_for_a_person(config)
    found = mergeable(settings, server, over_newer=over_newer)
    for told in found.left:
        typer.echo(told, err=True)
    result = merge_of(settings, found.questions, str(into or ""))
    for file in result.files:
        typer.echo(file.diff.encode(), nl=False)
    if not dry_run:
        for file in result.files:
            replace_file(Path(file.name), file.old, file.new)
    done = "would be " if dry_run else ""
    changed, added = len(result.changed), len(result.added)
    typer.echo(f"{changed:,} {done}changed, {added:,} {done}added, {len(found.left):,} left as they are.", err=True)
    if found.examples:
        stay = "example stays" if found.examples == 1 else "examples stay"
        typer.echo(_EXAMPLES.format(count=found.examples, stay=stay), err=True)
    raise typer.Exit(int(bool(found.newer)))
