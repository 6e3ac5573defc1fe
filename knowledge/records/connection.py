"""The one place that knows aiosqlite: connections to SQLite, each with a thread of its own."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Concatenate, Literal, ParamSpec, TypeVar

import aiosqlite

from knowledge.records.identity import BUSY_SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

P = ParamSpec("P")
Result = TypeVar("Result")

Connection = aiosqlite.Connection


@asynccontextmanager
async def connect(path: Path, mode: Literal["ro", "rw", "rwc"]) -> AsyncIterator[Connection]:
    """Open the database at `path`: to read, to write, or to write where there may be none yet."""
    connecting = aiosqlite.connect(_address(path, mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection = await connecting
    except sqlite3.Error:
        # aiosqlite does not wait for the thread of a connection that failed, and a loop that ends would make it crash.
        await asyncio.to_thread(connecting._thread.join)  # noqa: SLF001  # it gives no other way
        raise
    try:
        connection.row_factory = sqlite3.Row
        yield connection
    finally:
        await connection.close()


async def on_its_thread(
    connection: Connection, do: Callable[Concatenate[sqlite3.Connection, P], Result], *given: P.args, **named: P.kwargs
) -> Result:
    """Have the thread of a connection do several things with it in one go.

    Each way there and back costs about a tenth of a millisecond, and where the program is busy computing, a turn of the
    other thread as well.
    """
    # aiosqlite gives no public way to its thread but one for each statement.
    result: Result = await connection._execute(do, connection._conn, *given, **named)  # type: ignore[no-untyped-call]  # noqa: SLF001
    return result


def _address(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"
