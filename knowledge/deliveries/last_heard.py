"""Up to which message the bot has heard everything, kept across restarts: what came later can be looked for."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from knowledge.errors import NotRead, NotSaved
from knowledge.incidents import report
from knowledge.records import last_heard
from knowledge.tasks import in_background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from knowledge.records.database import Database

_log = logging.getLogger(__name__)

# Seconds between two notes on the disk. After a crash so much more is looked through, and nothing is answered twice.
_NOTED_EVERY = 30.0


class LastHeard:
    """`newest` is the identifier of the newest message that was heard, 0 before the first one.

    Identifiers grow with time over all channels, as Discord's do.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted = 0
        self.newest = 0

    def heard(self, message_id: int) -> None:
        """Take note of a message, whoever wrote it."""
        self.newest = max(self.newest, message_id)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Take up where an earlier run ended, write down now and then how far this one is, and once more at the end."""
        try:
            self._noted = self.newest = int(await last_heard.newest(self._database) or 0)
        except NotRead as error:
            _log.warning("%s", error)
        try:
            async with in_background(self._note_for_ever()):
                yield
        finally:
            await self.note()

    async def note(self) -> None:
        """Write down how far this run is. Where the disk fails, the next time will do."""
        newest = self.newest
        if newest == self._noted:
            return
        try:
            await self._database.write(lambda change: last_heard.note(change, str(newest)))
            self._noted = newest
        except NotSaved as error:
            _log.warning("It was not noted what was heard: %s", error)
        except Exception as error:  # noqa: BLE001  # nobody goes without an answer because of a note
            report(error)

    async def _note_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_NOTED_EVERY)
            await self.note()
