"""Servers that the bot was removed from: what is kept of them is deleted after a while, unless the bot comes back."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.errors import NotRead, NotSaved
from knowledge.records import departures

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection
    from datetime import datetime

    from knowledge.moderation.servers import Servers
    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction

_log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
"""How long everything of a server is kept after the bot was removed from it."""


class Departures:
    """`clock` gives aware times. Where the disk fails, the next look at the servers makes up for it."""

    def __init__(self, database: Database, servers: Servers, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._servers = servers
        self._clock = clock
        # Who joins while the servers are compared is noted after that, and not before.
        self._turn = asyncio.Lock()

    async def left(self, server_id: str) -> None:
        """Note that the bot was removed from a server."""
        async with self._turn:
            await self._left(server_id)

    async def returned(self, server_id: str) -> None:
        """Note that the bot is in a server again."""
        async with self._turn:
            await self._returned(server_id)

    async def present(self, server_ids: Collection[str]) -> None:
        """Compare what is kept with all servers that the bot is in: it may have been removed while it was down."""
        async with self._turn:
            try:
                kept, gone = await departures.known(self._database), await departures.load(self._database)
            except NotRead as error:
                _log.warning("It was not looked up which servers are gone: %s", error)
                return
            for server_id in kept - gone.keys() - set(server_ids):
                _log.info("The bot is not in server %s any more; its data goes in %d days", server_id, KEPT.days)
                await self._left(server_id)
            for server_id in gone.keys() & set(server_ids):
                await self._returned(server_id)

    async def gone(self) -> frozenset[str]:
        """Give the servers that the bot was removed from. Raises `NotRead`."""
        return frozenset(await departures.load(self._database))

    async def purge(self) -> int:
        """Delete all that is kept of servers that the bot left so long ago; give how many there were.

        What is deleted is overwritten, in the write-ahead log too. Raises `NotRead` and `NotSaved`.
        """
        left = await departures.load(self._database)
        over = [server_id for server_id, at in left.items() if self._clock() - at >= KEPT]
        purged = [await self._purge(server_id) for server_id in over]
        if any(purged):
            await self._database.forget_old_pages()
        return sum(purged)

    async def _purge(self, server_id: str) -> bool:
        async def purge(change: Transaction) -> bool:
            if server_id not in await departures.load(change):
                return False  # the bot came back while others were purged
            await departures.purge(change, server_id)
            return True

        purged = await self._database.write(purge)
        if purged:
            await self._servers.look_up(server_id)
            _log.info("Everything that was kept of server %s is deleted", server_id)
        return purged

    async def _left(self, server_id: str) -> None:
        await self._noted(lambda change: departures.note(change, server_id, self._clock()))

    async def _returned(self, server_id: str) -> None:
        await self._noted(lambda change: departures.take_back(change, server_id))

    async def _noted(self, note: Callable[[Transaction], Awaitable[None]]) -> None:
        try:
            await self._database.write(note)
        except NotSaved as error:
            _log.warning("It was not noted that a server was left or joined: %s", error)
