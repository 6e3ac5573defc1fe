"""Messages that were read and got no reply, counted in memory and written together.

A busy channel would otherwise cost a write to the disk for each message that the bot does not answer. What was counted
in the last seconds before a `kill -9` or a power cut is not in the counts; replies always are.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, OrderedDict
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from knowledge.errors import NotSaved
from knowledge.incidents import report
from knowledge.records import counts
from knowledge.statistics.counting import Count, Counted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime

    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction

    # Server, day, as what it is counted, and the entry that came nearest.
    Kind = tuple[str, int, Counted, str]

_log = logging.getLogger(__name__)

_WRITE_EVERY = 10.0  # seconds
# An edit may still bring a message its answer; the oldest is forgotten first.
_REMEMBERED = 10_000


class Silences:
    """`clock` gives aware times. Which messages they were is known in memory alone, and not for long.

    `first` is done before counts are written: it notes up to where everything was heard, so that the next run can tell
    which messages may be in the counts.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], first: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._first = first
        self._counted: Counter[Kind] = Counter()
        # None for what an earlier run heard.
        self._lately: OrderedDict[str, Kind | None] = OrderedDict()
        self._writing = asyncio.Lock()
        # What was noted since the start, edits again.
        self.noted: Counter[Counted] = Counter()

    def note(self, asked_id: str, server_id: str, counted: Counted, entry_id: str = "") -> None:
        """Count a message that got no reply; once, also when it is edited and thought over again.

        `entry_id` is the entry that came nearest, "" where none did.
        """
        kind = (server_id, counts.day_of(self._clock()), counted, entry_id)
        if self._lately.get(asked_id, kind) is None:
            return
        self.take_back(asked_id)
        self._counted[kind] += 1
        self.noted[counted] += 1
        self._remember(asked_id, kind)

    def heard_before(self, asked_id: str) -> None:
        """Do not count a message that an earlier run heard: that run counted it, or a kill took its count along."""
        self._remember(asked_id, None)

    def _remember(self, asked_id: str, kind: Kind | None) -> None:
        self._lately[asked_id] = kind
        while len(self._lately) > _REMEMBERED:
            self._lately.popitem(last=False)

    def take_back(self, asked_id: str) -> None:
        """Do not count a message that got a reply after all."""
        if (kind := self._lately.pop(asked_id, None)) is not None:
            self._counted[kind] -= 1

    async def write(self) -> None:
        """Write what was counted since the last time. Where the disk fails, the next time writes it too."""
        async with self._writing:
            if not any(self._counted.values()):
                return
            # What is heard from here on is counted the next time: it may be newer than what is noted first.
            counted, self._counted = self._counted, Counter()
            try:
                if self._first is not None:
                    await self._first()
            except BaseException:
                self._counted.update(counted)
                raise
            try:
                await self._database.write(lambda change: _add(change, counted))
            except NotSaved as error:
                _log.warning("What was left unanswered is not counted yet: %s", error)
                self._counted.update(counted)
            # Cancelled, the write goes on to its end: what it counts is not to be counted again.

    @asynccontextmanager
    async def being_written(self) -> AsyncIterator[None]:
        """Write every few seconds, and a last time at the end."""
        end = asyncio.Event()
        writing = asyncio.create_task(self._write_until(end))
        try:
            yield
        finally:
            end.set()
            await writing

    async def _write_until(self, end: asyncio.Event) -> None:
        ended = False
        while not ended:
            with suppress(TimeoutError):
                async with asyncio.timeout(_WRITE_EVERY):
                    ended = await end.wait()
            try:
                await self.write()
            except Exception as error:  # noqa: BLE001  # a crash in one round must not end all counting
                report(error)


async def _add(change: Transaction, counted: Counter[Kind]) -> None:
    for (server_id, day, kind, entry), number in counted.items():
        if number:
            await counts.add(change, server_id, [Count(day, kind, entry, number)])
