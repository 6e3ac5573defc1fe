"""`preview`: the very Discord bot in a local browser page, without an account."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time
from knowledge.errors import CannotRun

if TYPE_CHECKING:
    from bot.book.reload import BookWatch
    from bot.config import Config

# What the extra brings, as modules: SimCord, and what its page is made with.
_PARTS = ("simcord", "markdown_it", "linkify_it", "regex", "PIL")

# Seconds between two looks at how the knowledge files stand.
_LOOK = 0.5
_HELD = "So I go on with what I read before; if that is meant, press Ctrl-C and start the preview again."


def preview(
    port: Annotated[
        int,
        typer.Option(
            "--port",
            metavar="NUMBER",
            min=0,
            max=65535,
            help="The page's port on this machine; 0 takes any that is free.",
        ),
    ] = 0,
    config: SettingsFile = None,
) -> None:
    """Try the Discord bot in a browser page on this machine: no account, no token."""
    import asyncio

    from bot.cli.start import settings_for_a_person

    settings = settings_for_a_person(config)
    asyncio.run(_show(settings, port))


async def _show(settings: Config, port: int) -> None:
    if missing := [name for name in _PARTS if find_spec(name) is None]:
        raise CannotRun(
            f"The preview needs parts that are not installed ({', '.join(missing)}). "
            'Install them with: python -m pip install -c constraints.txt -e ".[preview]"'
        )

    from bot.backend import open_backend
    from bot.config import StorageSettings
    from bot.discord.client import build_client
    from bot.preview import show, welcome
    from knowledge.tasks import in_background

    # What is tried here is kept for as long as the page is open, and never beside what a server keeps.
    with tempfile.TemporaryDirectory() as folder:
        kept = settings.model_copy(update={"storage": StorageSettings(path=Path(folder))})
        async with open_backend(kept, samples=True) as backend:
            watched: set[int] = set()
            bot = build_client(backend.desk, settings.discord, watched=watched, backend=backend, followed=backend.book)
            greeting = welcome(backend.desk.snapshot)
            async with in_background(_tell_troubles(backend.book)):
                await show(bot, port=port, watch=watched.add, greeting=greeting, opened=_tell)


async def _tell_troubles(book: BookWatch) -> None:
    """Tell whoever edits the knowledge files here when they are faulty or held, and when they are in order again."""
    import asyncio

    from bot.terminal.followed_files import MENDED, broken

    told: tuple[object, ...] = ()
    while True:
        status = book.status
        if status.trouble != told:
            held = f"{status.held.reason} {_HELD}" if status.held else ""
            typer.echo(f"\n{broken(status.faults) if status.faults else held or MENDED}")
            told = status.trouble
        await asyncio.sleep(_LOOK)


def _tell(address: str) -> None:
    typer.echo(
        f"Open this address in a browser:\n\n    {address}\n\n"
        "Write a question there, reply to the bot's message, or type /ask. Ctrl-C ends it.",
    )
