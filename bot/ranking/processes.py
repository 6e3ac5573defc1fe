"""Keeps ranking processes at work on the book that is served, and shares texts out among them.

The bot ranks a text itself whenever they cannot: while they index a book, after a crash, where one does not answer.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from bot.ranking.process import ranking_process
from knowledge.incidents import report
from knowledge.matching.remote import packed_layers
from knowledge.tasks import break_off

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.ranking.process import RankingProcess
    from knowledge.content.library import Snapshot
    from knowledge.matching.matcher import Matcher
    from knowledge.matching.segment import Segment
    from knowledge.model import Ranking

_log = logging.getLogger(__name__)

# In seconds. The pause before a process that ended is replaced doubles each time, up to the longest.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
# In bytes. What a server has of its own goes along with each text; beyond this, sending it costs what ranking does.
_MOST_LAYERS = 256_000


class RankingProcesses:
    """So many processes, each with an index of its own: a book of 10,000 entries takes each some 90 MB."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._book: Segment | None = None
        self._ready: set[RankingProcess] = set()
        self._keeping: set[asyncio.Task[None]] = set()
        self._layers: WeakKeyDictionary[Matcher, bytes] = WeakKeyDictionary()

    @property
    def ready(self) -> int:
        """How many of them have indexed the book that is served."""
        return len(self._ready)

    async def rank(self, snapshot: Snapshot, text: str) -> Ranking | None:
        """Have `text` ranked among the Snapshot's questions; None where it is to be ranked here."""
        matcher = snapshot.matcher
        if self._count:
            self._follow(matcher)
        process = min(self._ready, key=lambda one: one.load, default=None)
        # What they have indexed may be the book before, as long as all of a new one is not indexed here.
        if process is None or matcher.base is not self._book:
            return None
        layers = self._layers_of(matcher)
        if len(layers) > _MOST_LAYERS:
            return None
        try:
            ranking = await process.rank(text, layers)
        except TimeoutError:
            self._ready.discard(process)
            process.stop()
            return None
        return ranking.of(matcher, snapshot.questions, text) if ranking else None

    async def end(self) -> None:
        """End all of them."""
        await break_off(*self._keeping)

    def _follow(self, matcher: Matcher) -> None:
        """Have the processes start anew where the book is another one, as soon as all of it is indexed here."""
        if matcher.base is self._book or not matcher.is_whole:
            return
        self._book = matcher.base
        self._ready.clear()
        for task in self._keeping:
            task.cancel()
        for _ in range(self._count):
            task = asyncio.create_task(self._kept(matcher.base))
            self._keeping.add(task)
            task.add_done_callback(self._keeping.discard)

    async def _kept(self, book: Segment) -> None:
        """Keep one process at work on a book."""
        now, pause = asyncio.get_running_loop().time, FIRST_PAUSE
        while True:
            began = now()
            try:
                async with ranking_process() as process:
                    await process.learn(book.questions)
                    await self._at_work(process)
                _log.warning("A ranking process ended, and is replaced")
            except (asyncio.IncompleteReadError, OSError) as error:
                _log.warning("A ranking process could not be started (%s)", type(error).__name__)
            except Exception as error:  # noqa: BLE001  # whatever it is, the bot ranks without processes meanwhile
                report(error)
            if now() - began > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _at_work(self, process: RankingProcess) -> None:
        self._ready.add(process)
        try:
            await process.answers()
        finally:
            self._ready.discard(process)

    def _layers_of(self, matcher: Matcher) -> bytes:
        layers = self._layers.get(matcher)
        if layers is None:
            layers = self._layers[matcher] = packed_layers(matcher)
        return layers


@asynccontextmanager
async def open_ranking(count: int) -> AsyncIterator[RankingProcesses]:
    """Give so many processes, which start with the first text that is to be ranked, and end them when this is left."""
    processes = RankingProcesses(count)
    try:
        yield processes
    finally:
        await processes.end()
