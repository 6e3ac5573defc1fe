"""`python -m bot` without a word: chat in this terminal."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def chat(config: Path | None) -> None:
    """Chat on the settings' book until the input ends."""
    from bot.cli.start import settings_for_a_person

    settings = settings_for_a_person(config)

    from bot._terminal_screen import Screen
    from bot.app import open_desk
    from bot.terminal import chat as converse

    async def run() -> None:
        async with open_desk(settings, samples=True) as desk:
            await converse(desk, Screen())

    with suppress(KeyboardInterrupt):
        asyncio.run(run())
