"""The database: a writer behind one lock, a reader beside it, and how both are opened."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from knowledge.errors import CannotRun, NotSaved
from knowledge.records import migrations
from knowledge.records.connection import connect, on_its_thread
from knowledge.records.faults import (
    disk_trouble,
    told_as_cannot_run,
    told_as_not_read,
    told_as_not_saved,
    trouble_behind,
)
from knowledge.records.files import GrownLog, is_there, make_folder
from knowledge.records.group_commit import ChangeOutcome, commit_together
from knowledge.records.schema import create, examine, log_ahead, migrate, number
from knowledge.records.serving_lock import serving_lock
from knowledge.records.transaction import Transaction
from knowledge.records.upgrades import keep_from_before
from knowledge.tasks import UnbrokenWork

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
    from pathlib import Path

    from knowledge.records.connection import Connection
    from knowledge.records.group_commit import AnyChange, Joined
    from knowledge.records.transaction import Value

    _Waiting = tuple[AnyChange, asyncio.Future[Any]]

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


class Reader:
    """A database that is only read. Made by `open_for_reading`, which closes it too."""

    def __init__(self, path: Path, reader: Connection) -> None:
        self.path = path
        self._reader = reader

    async def read(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        """Give all rows of a query over what is committed; no write makes it wait. Raises `NotRead`."""
        with told_as_not_read():
            return list(await self._reader.execute_fetchall(sql, values))


class Database(Reader):
    """An open database. Made by `open_database` alone, which closes it too."""

    def __init__(self, path: Path, writer: Connection, reader: Connection) -> None:
        super().__init__(path, reader)
        self._writer = writer
        self._turn = asyncio.Lock()
        self._work = UnbrokenWork()
        self._events: dict[str, asyncio.Event] = {}
        self._grown_log = GrownLog(path)
        self._waiting: list[_Waiting] = []
        # In a few words, why the last write was not kept; "" where it was.
        self.trouble = ""
        # Whether words that were deleted may still stand in the write-ahead log.
        self.has_old_pages = False

    def event(self, topic: str) -> asyncio.Event:
        """Give the event that is set after every write that announced `topic`. Whoever waits for it clears it."""
        return self._events.setdefault(topic, asyncio.Event())

    async def write(self, change: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run `change` as one transaction and return only after its commit is on the disk.

        It is kept whole or not at all, also when the caller is cancelled: then the change goes on without a listener.
        Raises `NotSaved` where the disk or another program is in the way, and what `change` raises; either way
        nothing was kept.
        """
        return await self._told(self._work.run(self._commit(change)))

    async def write_in_group(
        self, change: Callable[[Transaction], Coroutine[Any, Any, Result]] | Joined[Any, Result]
    ) -> Result:
        """Write as `write` does, in one transaction with the other changes that wait for this at the same time.

        For small changes that come often; those that come very often are `Joined`. `change` runs in another thread,
        awaits nothing but its transaction, and may be carried out again where that was not kept.
        """
        outcome: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, outcome))
        if len(self._waiting) == 1:
            self._work.begin(self._commit_waiting())
        return await self._told(self._work.end_of(outcome))

    async def forget_old_pages(self) -> None:
        """Empty the write-ahead log into the database, so that what was overwritten is in neither of the two files.

        What was deleted is deleted, so nothing is raised where the disk or another program is in the way: then
        `has_old_pages` says so, until this is called again and succeeds.
        """
        try:
            async with self._turn:
                ((busy, *_),) = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            if not (trouble := disk_trouble(error)):
                raise
            busy, told = True, trouble
        else:
            told = "another program reads the database"
        self.has_old_pages = bool(busy)
        if busy:
            _log.warning("What was deleted is still in the write-ahead log, which is emptied later: %s", told)

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
            self._committed(*transaction.topics)
            return result

    async def _commit_waiting(self) -> None:
        waiting = self._waiting
        try:
            async with self._turn:
                self._waiting = []
                done = await on_its_thread(self._writer, commit_together, [change for change, _ in waiting])
                self._committed(*(topic for one in done for topic in one.topics))
        except Exception as error:  # noqa: BLE001  # each of those who wait is told
            done = [ChangeOutcome(error=error)] * len(waiting)
        except BaseException as error:
            # Nobody else would ever tell them, and whoever comes next would wait with them.
            if self._waiting is waiting:
                self._waiting = []
            for _, outcome in waiting:
                _give_up(outcome, error)
            raise
        for (_, outcome), one in zip(waiting, done, strict=True):
            if one.error is not None:
                outcome.set_exception(one.error)
            else:
                outcome.set_result(one.given)

    def _committed(self, *topics: str) -> None:
        self._grown_log.look()
        for topic in topics:
            self.event(topic).set()

    async def _told(self, writing: Awaitable[Result]) -> Result:
        """Turn trouble with the disk into `NotSaved`, and keep in mind whether there is any."""
        try:
            with told_as_not_saved():
                result = await writing
        except NotSaved as error:
            self.trouble = trouble_behind(error)
            raise
        self.trouble = ""
        return result

    async def _begin(self) -> None:
        if self._writer.in_transaction:
            await self._writer.rollback()
        # Not deferred: a transaction that first reads and then writes would fail at once after a foreign commit.
        await self._writer.execute_fetchall("BEGIN IMMEDIATE")


def _give_up(outcome: asyncio.Future[Any], error: BaseException) -> None:
    if isinstance(error, asyncio.CancelledError):
        outcome.cancel()
    else:
        outcome.set_exception(error)


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
                schema = await examine(path, newest=len(steps))
                if schema < len(steps):
                    await asyncio.to_thread(keep_from_before, path, schema)
            else:
                await create(path, steps)
            writer = await stack.enter_async_context(connect(path, "rw"))
            await log_ahead(writer, path)
            await migrate(writer, steps)
            await writer.executescript(_WRITER_PRAGMAS)
            reader = await stack.enter_async_context(connect(path, "ro"))
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
        await examine(path, newest)
        async with connect(path, "ro") as reader:
            if await number(reader, "user_version") < newest:
                told = f"An older version of this program wrote the database {path}. Start the bot once to bring it up."
                raise CannotRun(told)
            await reader.execute_fetchall("BEGIN")  # all reads see one state
            yield Reader(path, reader)
