"""`new`: a commented entry in the knowledge file, for an owner to fill in."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads annotations at run time
from typing import Annotated

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time


def new(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question as it was asked.")],
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FILE", help="The .toml file, where the settings name a folder.")
    ] = None,
    config: SettingsFile = None,
) -> None:
    """Append a commented entry for this question to the knowledge file. Fill it in, and take the marks away."""
    from bot.cli.start import settings_for_a_person
    from knowledge.content.writing import append_template
    from knowledge.errors import SafeToShow

    settings = settings_for_a_person(config)
    paths = settings.knowledge.path
    if into is None and (len(paths) > 1 or paths[0].is_dir()):
        raise SafeToShow("The settings name several knowledge files. Name one with --into FILE.")
    path = into or paths[0]
    question_id = append_template(path, question)
    typer.echo(f"{path}: the entry '{question_id}' stands at the end of the file, as a comment. Fill it in there.")
