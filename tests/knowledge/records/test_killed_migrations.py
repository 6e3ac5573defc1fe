"""`kill -9` while a database is made or migrated: the old schema or the new one, and it opens again."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from contextlib import closing
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from knowledge.records import migrations
from knowledge.records.database import open_database
from knowledge.records.migrations import Step, read_steps
from tests.scale import scaled

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

FORKS = get_context("forkserver")
TABLES = 300


def steps_with_a_long_one() -> tuple[Step, ...]:
    """The steps there are, and one more of many statements."""
    steps = read_steps()
    return (*steps, Step(len(steps) + 1, "\n".join(f"CREATE TABLE extra_{n} (id);" for n in range(TABLES))))


def open_and_stay(path: Path, told: Connection) -> None:
    migrations.read_steps = steps_with_a_long_one

    async def stay() -> None:
        async with open_database(path):
            told.send("open")
            await asyncio.Event().wait()

    told.send("begun")
    asyncio.run(stay())


def kill_while_opening(path: Path, seconds: float) -> bool:
    """Kill a process `seconds` after it began to open the database; tell whether it had not finished."""
    told, ours = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=open_and_stay, args=(path, ours))
    process.start()
    ours.close()
    assert told.recv() == "begun"
    time.sleep(seconds)  # the moment of the kill is what is varied
    process.kill()
    process.join()
    process.close()
    try:
        return told.recv() != "open"
    except EOFError:
        return True
    finally:
        told.close()


def state(path: Path) -> tuple[int, int] | None:
    """Give the schema's version and how many of the long step's tables there are; None without a database."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT COUNT(*) FROM sqlite_schema WHERE name LIKE 'extra_%'").fetchone()
    return version, tables


async def make(path: Path) -> None:
    async with open_database(path):
        pass


@pytest.mark.parametrize("there_already", [False, True], ids=["made", "migrated"])
@pytest.mark.parametrize("kills", [3, pytest.param(scaled(200), marks=pytest.mark.slow)])
def test_no_schema_between_two(tmp_path, monkeypatch, kills, there_already):
    FORKS.set_forkserver_preload(["tests.knowledge.records.test_killed_migrations"])
    chance, old = random.Random(6), len(read_steps())
    in_the_middle = tried = 0
    while in_the_middle < kills:
        tried += 1
        assert tried < 20 * kills, "it is open before it can be killed"
        path = tmp_path / str(tried) / "second-opinion.sqlite3"
        if there_already:
            asyncio.run(make(path))
        in_the_middle += kill_while_opening(path, chance.uniform(0.0, 0.02))
        found = state(path)
        assert found in {(old, 0), (old + 1, TABLES)} if there_already else found in {None, (old + 1, TABLES)}
        with monkeypatch.context() as patched:
            patched.setattr(migrations, "read_steps", steps_with_a_long_one)
            asyncio.run(make(path))
        assert state(path) == (old + 1, TABLES)
