"""What a new book means for what is kept: its changes go into the history, and what it took over is the book's."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from knowledge.curation.changes import merged
from knowledge.curation.entry import THE_OWNERS, Signed
from knowledge.curation.refusals import ChangedMeanwhile
from knowledge.errors import NotRead, NotSaved
from knowledge.moderation.servers import Change
from knowledge.records import revisions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from knowledge.curation.entry import Step
    from knowledge.curation.server_layer import ServerLayer
    from knowledge.moderation.servers import Servers
    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction

_log = logging.getLogger(__name__)

_PIECE = 100
MERGED = "The book says it in the same words."


class BookChanges:
    """Looks at the book that is served, after each change of it."""

    def __init__(self, database: Database, servers: Servers, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._servers = servers
        self._clock = clock
        self._recorded = ""

    async def record(self, files_hash: str) -> None:
        """Keep a revision of every entry of the book that changed since the last time.

        Nothing is looked for where the files are those of the last time: the book got a new index then. Where the disk
        fails the book is served nonetheless; the next record makes up for this one.
        """
        if files_hash and files_hash == self._recorded:
            return
        questions, now = tuple(self._servers.book.questions.values()), self._clock()

        async def record(change: Transaction) -> None:
            changed = await revisions.record_book(change, questions, now, files_hash)
            await self._servers.recalls.changed_in_book(change, changed, now)

        try:
            await self._database.write(record)
        except (NotSaved, NotRead) as error:
            _log.warning("What changed in the knowledge files is not in the history yet: %s", error)
        else:
            self._recorded = files_hash

    async def retire_merged(self) -> None:
        """Give the book every entry that it says in the very words of a server; its history stays.

        Where the disk fails, members see the book's entry nonetheless, and it is tried again with the next book.
        """
        for server_id in self._servers.known:
            same = [step.before for step in await self._merged(self._servers.layer(server_id))]
            key = "merged " + " ".join(f"{entry.id}:{entry.number}" for entry in same)

            async def decide(layer: ServerLayer) -> Change:
                steps = await self._merged(layer)
                return Change(layer.after(steps), steps)

            try:
                if same:
                    await self._servers.change(server_id, key, decide)
            except (NotSaved, NotRead, ChangedMeanwhile) as error:
                _log.warning("Merged entries are still kept as overrides: %s", error)

    async def _merged(self, layer: ServerLayer) -> tuple[Step, ...]:
        signed = Signed(THE_OWNERS, self._clock(), MERGED)
        steps = []
        for number, entry in enumerate(entry for entry in layer.entries.values() if entry.live):
            if number % _PIECE == 0:
                await asyncio.sleep(0)  # many overrides must not hold up everybody's answers
            if step := merged(entry, signed, book_hash=self._servers.book_hash(entry.id)):
                steps.append(step)
        return tuple(steps)
