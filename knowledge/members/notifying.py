"""Seeing to it that who waits for an answer is told of it, once, by whatever way the answer came.

After every change of what is shown, and at the start, all that waits is held against what is shown then. So nothing
hangs on the moment of a change: what a crash cut off is done by the next look. An asking goes and its item of the
outbox comes in one transaction, so that nobody is told twice.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.curation.waiting import Ended, Ending, answers_to
from knowledge.errors import SafeToShow
from knowledge.incidents import report
from knowledge.records import queue
from knowledge.records.notifications import end_and_notify

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from knowledge.curation.waiting import WaitingQuestion
    from knowledge.moderation.servers import Servers
    from knowledge.records.database import Database

_log = logging.getLogger(__name__)

# In seconds: how long nothing is looked at after the disk failed.
_PAUSE = 30.0


class Notifier:
    """Looks after what waits. `clock` gives aware times; `finish` waits for looks that were begun."""

    def __init__(self, database: Database, servers: Servers, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._servers = servers
        self._clock = clock
        self._looks: set[asyncio.Task[None]] = set()
        self._wanted: set[tuple[str, int]] = set()
        self._over = asyncio.Event()

    def look_soon(self, server_id: str, only: int = 0) -> None:
        """Hold what waits in a server, or in all with "", against what is shown there, once this moment's work is done.

        `only` is the number of the one question to look at, 0 for all. Asked for several times before it begins, it is
        done once.
        """
        if (server_id, only) not in self._wanted:
            self._wanted.add((server_id, only))
            look = asyncio.create_task(self._look_unheard(server_id, only))
            self._looks.add(look)
            look.add_done_callback(self._looks.discard)

    async def look(self, server_id: str, only: int = 0) -> None:
        """Do what `look_soon` does at once. Raises `NotRead` and `NotSaved`."""
        self._wanted.discard((server_id, only))
        told = False
        for question in await queue.waiting(self._database, server_id):
            if only in {0, question.id}:
                await asyncio.sleep(0)  # many questions must not hold up everybody's answers
                told |= await self._look_at(question)
        if told:
            await self._database.forget_old_pages()

    async def finish(self) -> None:
        """Begin no further look, and wait until those that were begun have ended."""
        self._over.set()
        while self._looks:
            await asyncio.wait(self._looks)

    async def _look_unheard(self, server_id: str, only: int) -> None:
        while not self._over.is_set():
            try:
                await self.look(server_id, only)
            except SafeToShow as error:
                _log.warning("Who waits for an answer is told of it later: %s", error)
                with suppress(TimeoutError):
                    async with asyncio.timeout(_PAUSE):
                        await self._over.wait()
            except Exception as error:  # noqa: BLE001  # nobody waits for this; the next look makes up for it
                report(error)
                return
            else:
                return

    async def _look_at(self, question: WaitingQuestion) -> bool:
        layer = self._servers.layer(question.server_id)
        if layer.entry(question.entry_id).draft:
            # What a moderator wrote for it waits for another one: until then, what members see there is not meant.
            question = replace(question, entry_id="")
        answered = answers_to(question, self._servers.snapshot(question.server_id))
        if not answered:
            return False
        ended = Ended(Ending.ANSWERED, entry_id=next(iter(answered.values())))
        await self._database.write(lambda change: end_and_notify(change, question, answered, ended, self._clock()))
        return True
