"""`export`: the book, what a server's members see, or everything, as files that can be read again."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.options import ExportFormat, SettingsFile

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from bot.config import Config

Result = TypeVar("Result")


def export(  # noqa: PLR0913, PLR0917  # the options that the word takes
    server: Annotated[
        str, typer.Option("--server", metavar="ID", help="What members of this server see, not the book alone.")
    ] = "",
    everything: Annotated[  # noqa: FBT002  # a flag
        bool, typer.Option("--all", help="The book, every server's own answers and settings, and all drafts.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="PATH", help="Write this file; with --all, files in this new folder.")
    ] = None,
    written: Annotated[
        ExportFormat, typer.Option("--format", help="How it is written; auto goes by the file's ending, else TOML.")
    ] = ExportFormat.AUTO,
    history: Annotated[
        Path | None,
        typer.Option("--history", metavar="FILE", help="Write every wording ever kept to this file, as JSON Lines."),
    ] = None,
    config: SettingsFile = None,
) -> None:
    """Write the answers out, as a knowledge file that loads again to the same content.

    It only reads, so it may run beside a serving bot. No file is overwritten.
    """
    from bot.cli.start import settings_for_a_person
    from bot.store.exports import all_files, book_text, server_text

    _refuse_mixtures(server, to, written, everything=everything)
    settings = settings_for_a_person(config)
    jsonl = written is ExportFormat.JSONL or (to is not None and to.suffix.lower() == ".jsonl")
    if everything and to is not None:
        _write_folder(to, _run(all_files(settings, jsonl=jsonl)))
    else:
        text = _run(server_text(settings, server, jsonl=jsonl)) if server else book_text(settings, jsonl=jsonl)
        _give(to, text)
    if history is not None:
        _write_history(settings, history, server, everything=everything)


def _refuse_mixtures(server: str, to: Path | None, written: ExportFormat, *, everything: bool) -> None:
    if everything and server:
        raise typer.BadParameter("give --all or --server, not both")
    if everything and to is None:
        raise typer.BadParameter("--all writes several files; name a new folder with --to")
    endings = (".toml", ".jsonl") if written is ExportFormat.AUTO else (f".{written.value}",)
    if to is not None and not everything and to.suffix.lower() not in endings:
        raise typer.BadParameter(
            f"the file that --to names must end in {' or '.join(endings)}, or it could not be read"
        )


def _write_history(settings: Config, path: Path, server: str, *, everything: bool) -> None:
    from bot.store.stored import stored_history

    layers = () if everything else ("", server) if server else ("",)
    _give(path, _run(stored_history(settings, *layers)))


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    import asyncio

    return asyncio.run(work)


def _give(path: Path | None, text: str) -> None:
    from knowledge.errors import SafeToShow

    if path is None:
        typer.echo(text.encode(), nl=False)  # as bytes: a terminal's own encoding may not have every character
        return
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise SafeToShow(f"{path} is there already and stays as it is; name another file") from None
    except OSError as error:
        raise SafeToShow(f"{path}: the file cannot be written ({error.strerror}); name another") from error
    typer.echo(f"{path} was written.", err=True)


def _write_folder(folder: Path, files: Mapping[str, str]) -> None:
    from knowledge.errors import SafeToShow

    try:
        folder.mkdir(parents=True)
    except OSError as error:
        told = f"{folder}: the folder cannot be made ({error.strerror}); name one that is not there yet"
        raise SafeToShow(told) from error
    for name, text in files.items():
        _give(folder / name, text)
