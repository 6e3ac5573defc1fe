"""The terminal's book follows its files: looked at between two lines, told in one line when it changed or is broken.

Files that lost many entries at once are not taken up, as a serving bot holds them for an owner. That one ends early is
no reason here: who tries things out takes the last entry away, and sees what comes of it.
"""

from __future__ import annotations

import asyncio
from functools import cached_property, partial
from typing import TYPE_CHECKING

from bot.app import composer, index_answers
from knowledge.content.book import Book, BookReader
from knowledge.content.files import files_of, fingerprint, read_file
from knowledge.content.losses import why_held
from knowledge.errors import Fault, KnowledgeFaults
from knowledge.tasks import break_off

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.config import Config
    from knowledge.content.files import Fingerprint
    from knowledge.content.library import Snapshot
    from knowledge.desk import AnswerDesk
    from knowledge.model import Question

# A save is over when two looks that are so many seconds apart find the files alike; nobody waits for more of them.
_STILL, _LOOKS = 0.1, 10

CHANGED = "The knowledge file has changed: {stock} now."
MENDED = "The knowledge file is in order again."
BROKEN = "The knowledge file has faults, so I go on with what it said before. {first}{more}"
HELD = "{reason} So I go on with what I read before; if that is meant, type /quit and start me again."


class FollowedFiles:
    """Serves on a desk what the settings' knowledge files say. `seen` is how they stood before they were read first."""

    def __init__(self, desk: AnswerDesk, config: Config, seen: Fingerprint) -> None:
        self._desk = desk
        self._config = config
        self._paths = config.knowledge.path
        self._seen = seen
        self._reader = BookReader()
        self._refused = False
        self._indexing: asyncio.Task[None] | None = None

    async def look(self) -> str:
        """Take up what changed, and say so in a line; "" where nothing did."""
        if await self._standing() == self._seen:
            return ""
        self._seen = await self._still()
        try:
            book = await asyncio.to_thread(self._read)
        except KnowledgeFaults as faulty:
            self._refused = True
            return broken(faulty.faults)
        before = self._desk.snapshot.questions
        if reason := why_held(Book(tuple(before.values())), book, (), ()):
            self._refused = True
            return HELD.format(reason=reason)
        was_refused, self._refused = self._refused, False
        snapshot = await asyncio.to_thread(self._compose, book.questions)
        if dict(snapshot.questions) == dict(before):
            return MENDED if was_refused else ""
        self._desk.serve(snapshot)
        await self._index()
        count = len(snapshot.questions)
        return CHANGED.format(stock=f"{count:,} question{' has' if count == 1 else 's have'} answers here")

    async def finish(self) -> None:
        """Break off what is still under way."""
        if self._indexing is not None:
            await break_off(self._indexing)

    @cached_property
    def _compose(self) -> Callable[[Sequence[Question]], Snapshot]:
        return composer(self._config, samples=True, soon=True)

    async def _standing(self) -> Fingerprint:
        return await asyncio.to_thread(partial(fingerprint, self._paths))

    async def _still(self) -> Fingerprint:
        """Wait a little for a save to be over; give how the files stand."""
        standing = await self._standing()
        for _ in range(_LOOKS):
            await asyncio.sleep(_STILL)
            before, standing = standing, await self._standing()
            if standing == before:
                break
        return standing

    def _read(self) -> Book:
        found = [one if isinstance(one, Fault) else read_file(one) for one in files_of(self._paths)]
        return self._reader.read(found)

    async def _index(self) -> None:
        await self.finish()
        self._indexing = asyncio.create_task(index_answers(self._desk))


def broken(faults: Sequence[Fault]) -> str:
    """Say in a line that the files have these faults."""
    first, more = str(faults[0]), len(faults) - 1
    told = f" There {'is' if more == 1 else 'are'} {more:,} more; `python -m bot check` tells all." if more else ""
    return BROKEN.format(first=first if first.endswith("?") else f"{first}.", more=told)
