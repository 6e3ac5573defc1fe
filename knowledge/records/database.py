"""The one place that knows aiosqlite: a writer behind one lock, a reader beside it, and how both are opened."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Literal, TypeVar

import aiosqlite

from knowledge.errors import CannotRun, NotSaved
from knowledge.records import migrations
from knowledge.records.faults import (
    damaged,
    told_as_cannot_run,
    told_as_not_read,
    told_as_not_saved,
    trouble_behind,
)
from knowledge.records.files import GrownLog, is_there, make_folder, remove_leftovers, to_disk
from knowledge.records.identity import APPLICATION_ID, BUSY_SECONDS, foreign, newer
from knowledge.records.serving_lock import serving_lock
from knowledge.records.upgrades import keep_from_before
from knowledge.unbroken import UnbrokenWork

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
    from pathlib import Path

    from knowledge.records.migrations import Step

    Value = str | int | float | None

Result = TypeVar("Result")

_log = logging.getLogger(__name__)

# Committed means on the disk: WAL with NORMAL lost three of four acknowledged changes when the power went.
# What is deleted is overwritten, so that a redacted text does not stay behind in free pages.
_WRITER_PRAGMAS = """
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
"""


class Transaction:
    """The statements of one write. It ends with `Database.write`; do not keep it."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self.topics: set[str] = set()

    def announce(self, topic: str) -> None:
        """Have the event of `topic` set once this write is committed (see `Database.event`)."""
        self.topics.add(topic)

    async def read(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        """Give all rows of a query, over what this write has changed so far."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def execute(self, sql: str, *values: Value) -> int:
        """Run one statement and give the number of rows it changed."""
        async with self._connection.execute(sql, values) as cursor:
            return cursor.rowcount

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each of `rows`."""
        async with self._connection.executemany(sql, rows):
            pass


class Reader:
    """A database that is only read. Made by `open_for_reading`, which closes it too."""

    def __init__(self, path: Path, reader: aiosqlite.Connection) -> None:
        self.path = path
        self._reader = reader

    async def read(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        """Give all rows of a query over what is committed; no write makes it wait. Raises `NotRead`."""
        with told_as_not_read():
            return list(await self._reader.execute_fetchall(sql, values))


class Database(Reader):
    """An open database. Made by `open_database` alone, which closes it too."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        super().__init__(path, reader)
        self._writer = writer
        self._turn = asyncio.Lock()
        self._work = UnbrokenWork()
        self._events: dict[str, asyncio.Event] = {}
        self._grown_log = GrownLog(path)
        # In a few words, why the last write was not kept; "" where it was.
        self.trouble = ""

    def event(self, topic: str) -> asyncio.Event:
        """Give the event that is set after every write that announced `topic`. Whoever waits for it clears it."""
        return self._events.setdefault(topic, asyncio.Event())

    async def write(self, change: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run `change` as one transaction and return only after its commit is on the disk.

        It is kept whole or not at all, also when the caller is cancelled: then the change goes on without a listener.
        Raises `NotSaved` where the disk or another program is in the way, and what `change` raises; either way
        nothing was kept.
        """
        try:
            with told_as_not_saved():
                result = await self._work.run(self._commit(change))
        except NotSaved as error:
            self.trouble = trouble_behind(error)
            raise
        self.trouble = ""
        return result

    async def forget_old_pages(self) -> None:
        """Empty the write-ahead log into the database, so that what was overwritten is in neither of the two files."""
        with told_as_not_saved():
            async with self._turn:
                await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def finish(self) -> None:
        """Wait until every write that was begun has ended."""
        await self._work.finish()

    async def _commit(self, change: Callable[[Transaction], Awaitable[Result]]) -> Result:
        async with self._turn:
            await self._begin()
            transaction = Transaction(self._writer)
            try:
                result = await change(transaction)
                await self._writer.execute_fetchall("COMMIT")
            except BaseException:
                # The first error is the one to tell; a rollback that fails as well is made up for by the next write.
                with suppress(sqlite3.Error):
                    await self._writer.rollback()
                raise
            self._grown_log.look()
            for topic in transaction.topics:
                self.event(topic).set()
            return result

    async def _begin(self) -> None:
        if self._writer.in_transaction:
            await self._writer.rollback()
        # Not deferred: a transaction that first reads and then writes would fail at once after a foreign commit.
        await self._writer.execute_fetchall("BEGIN IMMEDIATE")


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open the database at `path` for the one process that serves from it, making it where there is none.

    An existing file is never replaced: one that is damaged, empty, foreign or newer than this program is refused with
    `CannotRun`, as is a second process. One of an older schema is copied first (see `knowledge.records.upgrades`), then
    brought up to date. On leaving, writes that were begun are waited for and the connections closed.
    """
    steps = migrations.read_steps()
    async with AsyncExitStack() as stack:
        with told_as_cannot_run(path):
            make_folder(path.parent)
            stack.enter_context(serving_lock(path))
            if is_there(path):
                schema = await _examine(path, newest=len(steps))
                if schema < len(steps):
                    await asyncio.to_thread(keep_from_before, path, schema)
            else:
                await _create(path, steps)
            writer = await stack.enter_async_context(_connect(path, "rw"))
            await _log_ahead(writer, path)
            await _migrate(writer, steps)
            await writer.executescript(_WRITER_PRAGMAS)
            reader = await stack.enter_async_context(_connect(path, "ro"))
        _log.info("SQLite %s serves from %s", sqlite3.sqlite_version, path)
        database = Database(path, writer, reader)
        stack.push_async_callback(database.finish)
        yield database


@asynccontextmanager
async def open_for_reading(path: Path) -> AsyncIterator[Reader]:
    """Open the database at `path` as it stands at this moment, also beside a process that serves from it.

    Nothing is written. Raises `CannotRun` where there is none, where it is damaged or foreign, and where another
    version of this program wrote it.
    """
    newest = len(migrations.read_steps())
    with told_as_cannot_run(path):
        if not is_there(path):
            raise CannotRun(f"There is no database at {path}. The bot makes it when it first runs on a platform.")
        await _examine(path, newest)
        async with _connect(path, "ro") as reader:
            if await _number(reader, "user_version") < newest:
                told = f"An older version of this program wrote the database {path}. Start the bot once to bring it up."
                raise CannotRun(told)
            await reader.execute_fetchall("BEGIN")  # all reads see one state
            yield Reader(path, reader)


@asynccontextmanager
async def _connect(path: Path, mode: Literal["ro", "rw", "rwc"]) -> AsyncIterator[aiosqlite.Connection]:
    address = f"{_address(path)}?mode={mode}"
    connecting = aiosqlite.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
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


def _address(path: Path) -> str:
    return path.absolute().as_uri()


async def _examine(path: Path, newest: int) -> int:
    """Refuse a database that cannot be trusted, through a connection that cannot change it; give its schema."""
    async with _connect(path, "ro") as reader:
        faults = await reader.execute_fetchall("PRAGMA quick_check(1)")
        if [tuple(row) for row in faults] != [("ok",)]:
            raise damaged(path, "its pages contradict each other")
        if await _number(reader, "application_id") != APPLICATION_ID:
            raise foreign(path)
        version = await _number(reader, "user_version")
        if version > newest:
            raise newer(path, version, newest)
        return version


async def _create(path: Path, steps: Sequence[Step]) -> None:
    """Make the database under another name and move it into place complete: after a crash it is there or it is not."""
    made = path.with_name(path.name + ".new")
    remove_leftovers(made)
    async with _connect(made, "rwc") as writer:
        await _log_ahead(writer, path)
        await writer.execute_fetchall(f"PRAGMA application_id = {APPLICATION_ID}")
        await _migrate(writer, steps)
        # Closing does the same, but says nothing when the disk fails, and what is moved into place would be half.
        await writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    to_disk(made)
    made.replace(path)
    to_disk(path.parent)


async def _log_ahead(writer: aiosqlite.Connection, path: Path) -> None:
    """Have readers and the writer go on beside each other. Where it is so already nothing changes; a backup is not."""
    mode = await writer.execute_fetchall("PRAGMA journal_mode = WAL")
    if [tuple(row) for row in mode] != [("wal",)]:
        raise CannotRun(f"{path.parent} cannot hold a database safely. Choose a folder on a local disk.")


async def _migrate(writer: aiosqlite.Connection, steps: Sequence[Step]) -> None:
    for step in steps[await _number(writer, "user_version") :]:
        try:
            await writer.executescript(step.script)
        except BaseException:
            await writer.rollback()
            raise


async def _number(connection: aiosqlite.Connection, pragma: str) -> int:
    (row,) = await connection.execute_fetchall(f"PRAGMA {pragma}")
    return int(row[0])
