"""Callers are cancelled at any moment: what was acknowledged is there, nothing is half, and the next write works."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from knowledge.records.database import Database, open_database
from tests.scale import scaled

if TYPE_CHECKING:
    from knowledge.records.transaction import Transaction

_log = logging.getLogger(__name__)


@dataclass
class Told:
    """What the callers were told."""

    saved: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    cancelled: int = 0


class OwnError(Exception):
    """A change that fails by itself, after its first half."""


async def write_two_rows(database: Database, key: str, *, fails: bool) -> None:
    async def change(transaction: Transaction) -> None:
        await transaction.execute("INSERT INTO requests VALUES ('1', ?, '', 0)", key)
        if fails:
            raise OwnError
        await transaction.execute("INSERT INTO examples VALUES ('1', ?, '', '', 0)", key)

    await database.write(change)


async def call(database: Database, key: str, told: Told, *, fails: bool) -> None:
    try:
        await write_two_rows(database, key, fails=fails)
    except asyncio.CancelledError:
        told.cancelled += 1
        raise
    except OwnError:
        told.failed.add(key)
    else:
        told.saved.add(key)


async def call_and_cancel(database: Database, count: int, chance: random.Random) -> Told:
    """Make `count` writes, twenty at a time, cancelling about a third of their callers after any number of turns."""
    told = Told()
    for start in range(0, count, 20):
        tasks = [
            asyncio.create_task(call(database, str(number), told, fails=chance.random() < 0.1))
            for number in range(start, min(start + 20, count))
        ]
        to_cancel = [task for task in tasks if chance.random() < 0.35]
        for task in to_cancel:
            for _ in range(chance.randrange(12)):
                await asyncio.sleep(0)
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
    return told


@pytest.mark.parametrize("count", [500, pytest.param(scaled(5_000, 5), marks=pytest.mark.slow)])
async def test_no_acknowledged_row_is_lost_whoever_is_cancelled(tmp_path, count):
    path = tmp_path / "second-opinion.sqlite3"
    async with open_database(path) as database:
        told = await call_and_cancel(database, count, random.Random(6))
        await write_two_rows(database, "after all", fails=False)
    async with open_database(path) as database:
        firsts = Counter(row["key"] for row in await database.read("SELECT key FROM requests"))
        seconds = Counter(row["text"] for row in await database.read("SELECT text FROM examples"))
    _log.info("%d writes, %d callers cancelled, %d acknowledged", count, told.cancelled, len(told.saved))
    assert firsts == seconds  # none half
    assert told.saved <= firsts.keys()
    assert told.failed.isdisjoint(firsts)
    assert "after all" in firsts
    assert told.cancelled > count // 5
    assert len(told.saved) > count // 2


@pytest.mark.parametrize("statement", range(4))
async def test_a_caller_cancelled_at_any_statement_leaves_a_whole_change(tmp_path, statement):
    async with open_database(tmp_path / "second-opinion.sqlite3") as database:
        reached = asyncio.Event()

        async def change(transaction: Transaction) -> None:
            for number in range(4):
                if number == statement:
                    reached.set()
                await transaction.execute("INSERT INTO requests VALUES ('1', ?, '', 0)", str(number))

        caller = asyncio.create_task(database.write(change))
        await reached.wait()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        await write_two_rows(database, "next", fails=False)
        assert len(await database.read("SELECT * FROM requests")) == 5


async def test_the_end_of_the_loop_leaves_no_change_half(tmp_path):
    """`asyncio.run` cancels every task at its end, the write's own as well: it is rolled back, and said to nobody."""
    async with open_database(tmp_path / "second-opinion.sqlite3") as database:
        reached, never = asyncio.Event(), asyncio.Event()

        async def change(transaction: Transaction) -> None:
            await transaction.execute("INSERT INTO requests VALUES ('1', 'half', '', 0)")
            reached.set()
            await never.wait()

        caller = asyncio.create_task(database.write(change))
        await reached.wait()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        await write_two_rows(database, "next", fails=False)
        assert [row["key"] for row in await database.read("SELECT key FROM requests")] == ["next"]
