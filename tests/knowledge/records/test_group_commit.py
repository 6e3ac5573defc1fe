"""Changes that share one transaction: each is whole or not there at all, whatever becomes of the others."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from knowledge.errors import NotSaved
from knowledge.records import connection
from knowledge.records.database import Database, open_database
from knowledge.records.group_commit import Joined

if TYPE_CHECKING:
    from knowledge.records.transaction import Transaction


class OwnError(Exception):
    """A change that fails by itself, after its first half."""


async def note(key: str, change: Transaction) -> str:
    await change.execute("INSERT INTO requests VALUES ('1', ?, '', 0)", key)
    return key


async def half(key: str, change: Transaction) -> str:
    await note(key, change)
    raise OwnError


def written(database: Database, *keys: str) -> asyncio.Future[list[str | BaseException]]:
    """Write all of these at once."""
    return asyncio.gather(*(database.write_in_group(partial(note, key)) for key in keys), return_exceptions=True)


async def keys(database: Database) -> list[str]:
    return [row["key"] for row in await database.read("SELECT key FROM requests ORDER BY key")]


async def test_what_comes_at_once_is_one_transaction_and_acknowledged_once_it_is_kept(database):
    transactions = []

    async def look(change: Transaction) -> int:
        transactions.append(change._on_thread.in_transaction)
        await note(str(len(transactions)), change)
        with closing(sqlite3.connect(database.path)) as other:
            return other.execute("SELECT COUNT(*) FROM requests").fetchone()[0]

    seen = await asyncio.gather(*(database.write_in_group(look) for _ in range(3)))
    assert seen == [0, 0, 0], "nobody else sees one of them before all are committed"
    with closing(sqlite3.connect(database.path)) as other:
        assert other.execute("SELECT COUNT(*) FROM requests").fetchone() == (3,)


async def test_one_that_fails_takes_no_other_along(database):
    told = await asyncio.gather(
        database.write_in_group(partial(note, "a")),
        database.write_in_group(partial(half, "b")),
        database.write_in_group(partial(note, "a")),  # refused by the table
        database.write_in_group(partial(note, "c")),
        return_exceptions=True,
    )
    assert [type(one) for one in told] == [str, OwnError, sqlite3.IntegrityError, str]
    assert await keys(database) == ["a", "c"]
    assert await written(database, "d") == ["d"]


async def test_what_a_failed_rollback_left_open_is_ended_first(database):
    await connection.on_its_thread(database._writer, lambda writer: writer.execute("BEGIN IMMEDIATE"))
    await connection.on_its_thread(
        database._writer, lambda writer: writer.execute("INSERT INTO requests VALUES ('1', 'left', '', 0)")
    )
    assert await written(database, "a", "b") == ["a", "b"]
    assert await keys(database) == ["a", "b"]


async def test_where_the_disk_fails_all_are_told_and_none_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.0)
    async with open_database(tmp_path / "second-opinion.sqlite3") as database:
        with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert [type(one) for one in await written(database, "a", "b")] == [NotSaved, NotSaved]
            assert database.trouble
        assert await written(database, "c") == ["c"]
        assert not database.trouble
        assert await keys(database) == ["c"]


async def test_where_sqlite_gives_the_whole_transaction_up_the_others_are_kept_anew(database):
    """As it may at an error: what comes before and after must be neither lost nor kept half."""

    async def give_up(change: Transaction) -> None:
        await note("b", change)
        await change.execute("INSERT OR ROLLBACK INTO requests VALUES ('1', 'b', '', 0)")

    told = await asyncio.gather(
        *(database.write_in_group(change) for change in (partial(note, "a"), give_up, partial(note, "c"))),
        return_exceptions=True,
    )
    assert [type(one) for one in told] == [str, sqlite3.IntegrityError, str]
    assert await keys(database) == ["a", "c"]


async def test_a_caller_that_is_cancelled_takes_nothing_along(tmp_path):
    async with open_database(tmp_path / "second-opinion.sqlite3") as database:
        callers = [asyncio.ensure_future(written(database, str(number))) for number in range(5)]
        await asyncio.sleep(0)
        for caller in callers[::2]:
            caller.cancel()
        await asyncio.gather(*callers, return_exceptions=True)
    async with open_database(tmp_path / "second-opinion.sqlite3") as database:
        assert await keys(database) == ["0", "1", "2", "3", "4"]


async def test_one_that_waits_for_something_else_is_refused(database):
    async def wait(change: Transaction) -> None:
        await note("a", change)
        await asyncio.sleep(0)

    with pytest.raises(AssertionError, match="awaits nothing else"):
        await database.write_in_group(wait)
    assert await keys(database) == []


async def test_what_one_announces_is_told_once_it_is_kept(database):
    async def announce(change: Transaction) -> None:
        change.announce("news")

    await database.write_in_group(announce)
    assert database.event("news").is_set()


async def test_those_of_a_kind_are_carried_out_in_one_go_and_each_is_told_its_own(database):
    goes = []

    async def note_all(change: Transaction, found: list[str]) -> list[str]:
        goes.append(found)
        return [await note(key, change) for key in found]

    told = await asyncio.gather(
        database.write_in_group(Joined(note_all, "a")),
        database.write_in_group(partial(note, "b")),
        database.write_in_group(Joined(note_all, "c")),
        database.write_in_group(Joined(note_all, "a")),  # refused by the table, so all are carried out one by one
        return_exceptions=True,
    )
    assert goes == [["a", "c", "a"], ["a"], ["c"], ["a"]]
    assert [told[0], told[1], told[2], type(told[3])] == ["a", "b", "c", sqlite3.IntegrityError]
    assert await keys(database) == ["a", "b", "c"]


async def test_who_waits_is_told_whatever_ends_the_commit(database):
    class EndedError(BaseException):
        """Not an `Exception`: nothing catches it by the way."""

    async def ends(_change: Transaction) -> None:
        raise EndedError

    told = await asyncio.gather(
        database.write_in_group(partial(note, "a")), database.write_in_group(ends), return_exceptions=True
    )
    assert [type(one) for one in told] == [EndedError, EndedError]
    assert await written(database, "b") == ["b"]
    assert await keys(database) == ["b"]


async def test_who_waits_behind_a_commit_that_is_cancelled_is_told_and_the_next_ones_are_served(database):
    async with database._turn:
        waiting = written(database, "a", "b")
        for _ in range(2):  # the two ask, and their commit waits for its turn
            await asyncio.sleep(0)
        (commit,) = database._work._tasks
        commit.cancel()
        assert [type(one) for one in await waiting] == [asyncio.CancelledError] * 2
    assert await written(database, "c") == ["c"]
