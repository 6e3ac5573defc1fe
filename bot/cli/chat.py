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

    from bot.app import open_desk, snapshot_without_book
    from bot.terminal.chat import cards_alone
    from bot.terminal.chat import chat as converse
    from bot.terminal.followed_files import FollowedFiles
    from bot.terminal.screen import Screen
    from knowledge.content.files import fingerprint
    from knowledge.desk import AnswerDesk
    from knowledge.errors import KnowledgeFaults

    async def run() -> None:
        seen = fingerprint(settings.knowledge.path)
        try:
            async with open_desk(settings, samples=True, soon=True) as desk:
                followed = FollowedFiles(desk, settings, seen)
                try:
                    await converse(desk, Screen(), followed.look)
                finally:
                    await followed.finish()
        except KnowledgeFaults as broken:
            # A broken book holds no card back: who asks for help gets help, and then the faults.
            await cards_alone(AnswerDesk(snapshot_without_book(settings)), Screen(), broken.faults)
            raise

    with suppress(KeyboardInterrupt):
        asyncio.run(run())
