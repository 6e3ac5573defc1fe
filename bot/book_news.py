"""Tells the owners' channels what becomes of the knowledge files: once of each bad or held state, once of its mending.

What was told last stands in the outbox itself, so a restart tells nothing twice and forgets nothing.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

from knowledge.content.status import NEWS
from knowledge.errors import NotSaved
from knowledge.incidents import report
from knowledge.records import outbox
from knowledge.records.outbox import Item

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection
    from datetime import datetime

    from knowledge.content.status import BookStatus
    from knowledge.records.database import Database, Transaction

_log = logging.getLogger(__name__)

# Seconds between two looks at whether there is something to tell, and after a failure.
LOOK, PAUSE = 1.0, 30.0
_PLACES = 5


class _Followed(Protocol):
    @property
    def status(self) -> BookStatus: ...


@asynccontextmanager
async def telling(
    book: _Followed, database: Database, channels: Collection[int], clock: Callable[[], datetime]
) -> AsyncIterator[None]:
    """Look after how `book` stands until this is left. `clock` gives aware times."""
    if not channels:
        yield
        return
    looking = asyncio.create_task(_look_for_ever(book, database, channels, clock))
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def _look_for_ever(
    book: _Followed, database: Database, channels: Collection[int], clock: Callable[[], datetime]
) -> None:
    told: tuple[object, ...] | None = None
    while True:
        status = book.status
        try:
            if status.trouble != told:
                await tell(status, database, channels, clock())
                told = status.trouble
            await asyncio.sleep(LOOK)
        except NotSaved as error:
            _log.warning("The owners are not told yet how the knowledge files stand: %s", error)
            await asyncio.sleep(PAUSE)
        except Exception as error:  # noqa: BLE001  # a crash in one look must not end all looking
            report(error)
            await asyncio.sleep(PAUSE)


async def tell(status: BookStatus, database: Database, channels: Collection[int], at: datetime) -> bool:
    """Have each channel told how the files stand, unless that is what was told last. Raises `NotSaved`."""
    state = status.trouble_hash

    async def change(transaction: Transaction) -> bool:
        number, last = await _last(transaction)
        if state == last:
            return False
        for channel in sorted(channels):
            key = f"{number + 1}:{state}:{channel}"
            await outbox.add(transaction, Item(NEWS, key, at, channel_id=str(channel), payload=_payload(status, state)))
        return True

    return await database.write(change)


async def _last(change: Transaction) -> tuple[int, str]:
    """Give the number and the state of what was told last; files that nothing was ever told of are in order."""
    key = await outbox.newest_key(change, NEWS)
    number, state, _ = key.split(":") if key else ("0", "", "")
    return int(number), state


def _payload(status: BookStatus, state: str) -> dict[str, Any]:
    """Give what is told: places of faults, as what they quote stays in the files."""
    places = list(dict.fromkeys(f"{one.file}:{one.line}" if one.line else one.file for one in status.faults))
    return {
        "state": state,
        "entries": status.entries,
        "held": status.held.reason if status.held else "",
        "places": places[:_PLACES],
        "more": max(len(places) - _PLACES, 0),
    }
