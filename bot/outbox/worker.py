"""Carries out, once, what is to be done on the platform later: the one worker behind the outbox.

It outlives connections: a platform's adapter says with `connect` how items are carried out, and takes that back with
`disconnect`. Before an item is tried that is noted, and afterwards what became of it; a crash in between leaves an item
that was begun, and whoever tries it again looks first. Items are fetched a few at a time, one a channel.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from knowledge.deliveries.outbox import Done, Failed, Gone, Later
from knowledge.errors import NotRead, NotSaved
from knowledge.incidents import report
from knowledge.records import outbox
from knowledge.tasks import break_off, in_background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime

    from knowledge.deliveries.outbox import Carried, Carry
    from knowledge.records.database import Database
    from knowledge.records.outbox import Item
    from knowledge.records.transaction import Transaction

_log = logging.getLogger(__name__)

# Items that are carried out at the same time, each in another channel: a rate limit of one holds up no other.
ABREAST = 4
# All in seconds. How long nothing is tried while the disk fails.
PAUSE = 10.0
# A look at the table though nothing told of a change: the clock of the machine may have been set.
LOOK_ANYWAY = 60.0
# The pause after the first failure doubles with each further one.
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3_600.0
# What an adapter that goes away waits for at most before it breaks off what is being carried out.
FINISH = 5.0


class OutboxWorker:
    """`clock` gives aware times, `monotonic` seconds that never go back."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = lambda: time.monotonic(),  # noqa: PLW0108  # tests run on a clock of their own
    ) -> None:
        self._database = database
        self._clock = clock
        self._monotonic = monotonic
        self._wake = database.event(outbox.TOPIC)
        self._carry: Carry | None = None
        # What is under way, by the item's id; and in which channels.
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._busy: set[str] = set()
        # Channels that are left alone, and until when.
        self._resting: dict[str, float] = {}

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Work until this is left."""
        try:
            async with in_background(self._work_for_ever()):
                yield
        finally:
            await self.disconnect()

    def connect(self, carry: Carry) -> None:
        """Carry items out with `carry` from now on."""
        self._carry = carry
        self._wake.set()

    async def disconnect(self) -> None:
        """Begin nothing more, and wait a little for what is being carried out; the rest is broken off."""
        self._carry = None
        if lanes := tuple(self._lanes.values()):
            await asyncio.wait(lanes, timeout=FINISH)
            await break_off(*lanes)

    async def _work_for_ever(self) -> None:
        while True:
            try:
                self._wake.clear()
                await self._begin_what_is_due()
                await self._wait()
            except (NotRead, NotSaved) as error:
                _log.warning("The outbox waits for the disk: %s", error)
                await asyncio.sleep(PAUSE)
            except Exception as error:  # noqa: BLE001  # a crash in one round must not end all work
                report(error)
                await asyncio.sleep(PAUSE)

    async def _begin_what_is_due(self) -> None:
        carry = self._carry
        if carry is None:
            return
        now = self._monotonic()
        self._resting = {channel: until for channel, until in self._resting.items() if until > now}
        if not (free := ABREAST - len(self._lanes)):
            return
        left_alone = {*self._resting, *self._busy}
        found = await outbox.due(self._database, self._clock(), left_alone, free, tuple(self._lanes))
        for item in found:
            if self._carry is carry and item.channel_id not in self._busy:
                # Items that name no channel are done side by side: only their carriers know where.
                self._busy.update({item.channel_id} - {""})
                self._lanes[item.id] = asyncio.create_task(self._lane(item, carry))
                self._wake.set()  # there may be more, in other channels

    async def _wait(self) -> None:
        """Wait until something may have become due."""
        seconds = LOOK_ANYWAY
        if self._carry is not None:
            now = self._clock()
            if (due_at := await outbox.next_due(self._database, now)) is not None:
                seconds = min(seconds, (due_at - now).total_seconds())
            rests = [until - self._monotonic() for until in self._resting.values()]
            seconds = min(seconds, *rests) if rests else seconds
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0.0)):
                await self._wake.wait()

    async def _lane(self, item: Item, carry: Carry) -> None:
        """Carry out one item from its claim to its end; its channel is busy meanwhile."""
        try:
            if item.expires_at <= self._clock():
                await self._settle(item, Gone("expired"))
            elif await self._written(lambda change: outbox.begin(change, item, self._clock())):
                carried = await _tried(item, carry)
                self._rest(item, carried)
                await self._settle(item, carried)
        except Exception as error:  # noqa: BLE001  # one item's crash must not hold up the others
            report(error)
            await self._settle(item, Failed())
        finally:
            del self._lanes[item.id]
            self._busy.discard(item.channel_id)
            self._wake.set()

    def _rest(self, item: Item, carried: Carried) -> None:
        seconds = carried.rest if isinstance(carried, Done) else carried.seconds if isinstance(carried, Later) else 0.0
        if seconds and item.channel_id:
            self._resting[item.channel_id] = self._monotonic() + min(seconds, LOOK_ANYWAY)

    async def _settle(self, item: Item, carried: Carried) -> None:
        match carried:
            case Done():
                await self._written(partial(self._done, item, carried))
            case Gone():
                _log.warning("Item %d of the outbox (%s) was given up: %s", item.id, item.kind, carried.reason)
                await self._written(lambda change: outbox.give_up(change, item, carried.reason, self._clock()))
            case Later():
                await self._postpone(item, carried.seconds)
            case Failed():
                await self._postpone(item, min(FIRST_PAUSE * 2.0 ** min(item.tries, 20), LONGEST_PAUSE))

    async def _done(self, item: Item, carried: Done, change: Transaction) -> None:
        await outbox.done(change, item, self._clock())
        if carried.note is not None:
            await carried.note(change)

    async def _postpone(self, item: Item, seconds: float) -> None:
        until = self._clock() + timedelta(seconds=math.ceil(seconds))
        await self._written(lambda change: outbox.postpone(change, item, until))

    async def _written(self, change: Callable[[Transaction], Awaitable[bool | None]]) -> bool | None:
        """Write; while the disk fails, again and again: what was carried out must not be carried out once more."""
        while True:
            try:
                return await self._database.write(change)
            except NotSaved as error:
                _log.warning("The outbox waits for the disk: %s", error)
                await asyncio.sleep(PAUSE)


async def _tried(item: Item, carry: Carry) -> Carried:
    try:
        return await carry(item)
    except (NotRead, NotSaved) as error:
        _log.warning("Item %d of the outbox (%s) waits for the disk: %s", item.id, item.kind, error)
        return Failed()
    except Exception as error:  # noqa: BLE001  # a carrier's crash is one failed try
        report(error)
        return Failed()
