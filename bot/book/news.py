"""Tells the owners' channels what becomes of the knowledge files: once of each bad or held state, and its mending."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

from bot.outbox.owners import tell_owners
from knowledge.content.status import BOOK_FAULT
from knowledge.errors import NotSaved
from knowledge.incidents import report
from knowledge.tasks import in_background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection
    from datetime import datetime

    from knowledge.content.status import BookStatus
    from knowledge.records.database import Database

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
    async with in_background(_look_for_ever(book, database, channels, clock)):
        yield


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
    return await tell_owners(database, channels, BOOK_FAULT, _payload(status), at)


def _payload(status: BookStatus) -> dict[str, Any]:
    """Give what is told: places of faults, as what they quote stays in the files."""
    places = list(dict.fromkeys(one.place for one in status.faults))
    return {
        "state": status.trouble_hash,
        "entries": status.entries,
        "held": status.held.reason if status.held else "",
        "places": places[:_PLACES],
        "more": max(len(places) - _PLACES, 0),
    }
