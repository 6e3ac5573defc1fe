"""What the database tells of how it stands: numbers, looked up at once or not at all."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.errors import NotRead, NotSaved
from knowledge.records.faults import trouble_behind
from knowledge.records.times import to_seconds

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction

# Whoever asks how the bot stands waits no longer for the disk.
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class StoreSigns:
    """`trouble` is the sentence that says why the database cannot be read, or why the last write failed; else "".

    `open_claims` are replies of which it is not noted that they were sent. `overdue` is for how many seconds the
    longest waiting item of the outbox could have been carried out. Sizes are in bytes.
    """

    trouble: str = ""
    open_claims: int = 0
    outbox: int = 0
    overdue: float = 0.0
    database_bytes: int = 0
    log_bytes: int = 0


async def store_signs(database: Database, now: datetime) -> StoreSigns:
    """Look at the database. Nothing is written, unless the last write failed: then it is tried whether one does now."""
    database_bytes, log_bytes = await asyncio.to_thread(_sizes, database.path)
    at = to_seconds(now)
    try:
        async with asyncio.timeout(_SECONDS):
            ((claims,),) = await database.read("SELECT COUNT(*) FROM deliveries WHERE reply_id IS NULL")
            ((waiting, since),) = await database.read(
                "SELECT COUNT(*), MIN(not_before) FROM outbox WHERE ended_at IS NULL AND expires_at > ?", at
            )
    except NotRead as error:
        told = f"The database cannot be read: {trouble_behind(error)}."
        return StoreSigns(told, database_bytes=database_bytes, log_bytes=log_bytes)
    except TimeoutError:
        told = f"The database did not answer within {_SECONDS:.0f} seconds."
        return StoreSigns(told, database_bytes=database_bytes, log_bytes=log_bytes)
    if database.trouble:
        with suppress(NotSaved, TimeoutError):
            async with asyncio.timeout(_SECONDS):
                await database.write(_try_to_write)
    overdue = max(at - since, 0) if waiting else 0
    trouble = f"Nothing can be saved: {database.trouble}." if database.trouble else ""
    return StoreSigns(trouble, claims, waiting, overdue, database_bytes, log_bytes)


async def _try_to_write(change: Transaction) -> None:
    """Write a page, the same as it was."""
    ((schema,),) = await change.read("PRAGMA user_version")
    await change.execute(f"PRAGMA user_version = {int(schema)}")


def _sizes(path: Path) -> tuple[int, int]:
    """Give the sizes of the database and of its write-ahead log."""
    files = path, path.with_name(f"{path.name}-wal")
    size, log = (file.stat().st_size if file.exists() else 0 for file in files)
    return size, log
