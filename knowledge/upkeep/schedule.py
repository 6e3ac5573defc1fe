"""What is done now and then while the bot runs: digests that are due, and every day what is kept too long."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from knowledge.errors import NotRead, NotSaved
from knowledge.incidents import report
from knowledge.moderation.digest import digest_item
from knowledge.records import outbox
from knowledge.records.upgrades import forget_old_copies
from knowledge.tasks import in_background
from knowledge.upkeep.retention import tidy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import date, datetime

    from knowledge.moderation.servers import Servers
    from knowledge.records.database import Database
    from knowledge.upkeep.departures import Departures

_log = logging.getLogger(__name__)

_LOOK = 60.0  # seconds


class Upkeep:
    """`clock` gives aware times."""

    def __init__(
        self, database: Database, servers: Servers, departures: Departures, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._servers = servers
        self._departures = departures
        self._clock = clock
        self._tidied: date | None = None
        # Digests that are on the outbox, by their keys: it is asked once for each.
        self._added: set[str] = set()

    @asynccontextmanager
    async def kept_up(self) -> AsyncIterator[None]:
        """Look at once and every minute until this is left."""
        async with in_background(self._look_for_ever()):
            yield

    async def look(self) -> None:
        """Do what is due. Where the disk fails, the next look does it."""
        try:
            if self._database.has_old_pages:
                await self._database.forget_old_pages()
            await self._put_on_digests()
            if (today := self._clock().date()) != self._tidied:
                await tidy(self._database, self._clock(), lambda server: self._servers.settings(server).retention_days)
                await self._departures.purge()
                # What was deleted today is overwritten in the write-ahead log too.
                await self._database.forget_old_pages()
                await asyncio.to_thread(forget_old_copies, self._database.path, self._clock())
                self._tidied = today
        except (NotRead, NotSaved) as error:
            _log.warning("What is to be done now and then waits for the disk: %s", error)

    async def _put_on_digests(self) -> None:
        now = self._clock()
        digests = ((server_id, self._servers.settings(server_id).digest) for server_id in self._servers.known)
        items = [digest_item(server_id, digest, now) for server_id, digest in digests if digest]
        due = {item.key: item for item in items if item}
        self._added &= due.keys()
        new = [item for key, item in due.items() if key not in self._added]
        gone = await self._departures.gone() if new else frozenset()
        for item in new:
            if item.server_id not in gone:
                await self._database.write(partial(outbox.add, item=item))
            self._added.add(item.key)

    async def _look_for_ever(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001  # a crash in one look must not end all looking
                report(error)
            await asyncio.sleep(_LOOK)
