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
    from bot.config import Config

# What the extra brings, as modules: SimCord, and what its page is made with.
_PARTS = ("simcord", "markdown_it", "linkify_it", "regex", "PIL")


def preview(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The page's port on this machine; 0 takes any that is free.")
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

    from bot.config import StorageSettings
    from bot.discord.client import build_client
    from bot.house import open_house
    from bot.preview import show, welcome

    # What is tried here is kept for as long as the page is open, and never beside what a server keeps.
    with tempfile.TemporaryDirectory() as folder:
        kept = settings.model_copy(update={"storage": StorageSettings(path=Path(folder))})
        async with open_house(kept, samples=True) as house:
            watched: set[int] = set()
            bot = build_client(house.desk, settings.discord, watched=watched, house=house, followed=house.book)
            await show(bot, port=port, watch=watched.add, greeting=welcome(house.desk.snapshot), opened=_tell)


def _tell(address: str) -> None:
    typer.echo(
        f"Open this address in a browser:\n\n    {address}\n\n"
        "Write a question there, reply to the bot's message, or type /ask. Ctrl-C ends it.",
    )
