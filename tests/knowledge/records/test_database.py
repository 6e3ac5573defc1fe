"""The database opens only what it can trust, and keeps what it acknowledged."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import stat
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from knowledge.errors import CannotRun, NotRead, NotSaved
from knowledge.records import connection, files, migrations
from knowledge.records import database as module
from knowledge.records.database import open_database
from knowledge.records.migrations import Step, read_steps
from tests.scale import scaled

if TYPE_CHECKING:
    from knowledge.records.transaction import Transaction


async def note(change: Transaction, key: str) -> None:
    await change.execute("INSERT INTO requests VALUES ('1', ?, '', 0)", key)


async def keys(database: module.Database) -> set[str]:
    return {row["key"] for row in await database.read("SELECT key FROM requests")}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "second-opinion.sqlite3"


async def make(path) -> None:
    async with open_database(path) as database:
        await database.write(lambda change: note(change, "first"))


async def test_what_was_written_is_there_after_opening_again(path):
    await make(path)
    async with open_database(path) as database:
        assert await keys(database) == {"first"}
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, path.name + ".lock"]


async def test_what_is_kept_lies_in_a_folder_that_nobody_else_may_read(tmp_path):
    async with open_database(tmp_path / "data" / "kept.sqlite3"):
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    (tmp_path / "data").chmod(0o750)
    async with open_database(tmp_path / "data" / "kept.sqlite3"):
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o750


@pytest.mark.parametrize("way", ["write", "write_in_group"])
async def test_what_first_reads_and_then_writes_is_not_overtaken_by_another_program(path, way):
    overtaken = []

    async def read_and_write(change: Transaction) -> None:
        await change.read("SELECT * FROM requests")
        other = sqlite3.connect(path, isolation_level=None, timeout=0)
        with closing(other), suppress(sqlite3.OperationalError):  # it is locked
            other.execute("INSERT INTO requests VALUES ('1', 'another', '', 0)")
            overtaken.append(way)
        if not overtaken:
            await note(change, "ours")

    async with open_database(path) as database:
        await getattr(database, way)(read_and_write)
        assert await keys(database) == {"ours"}


async def test_committed_means_on_the_disk(path):
    async with open_database(path) as database:

        async def pragmas(change: Transaction) -> dict[str, object]:
            names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            return {name: (await change.read(f"PRAGMA {name}"))[0][0] for name in names}

        assert await database.write(pragmas) == {
            "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
        }  # fmt: skip
        assert (await database.read("PRAGMA busy_timeout"))[0][0] <= 2000


async def test_a_failed_change_leaves_nothing_and_the_next_one_works(path):
    async with open_database(path) as database:

        async def half(change: Transaction) -> None:
            await note(change, "half")
            raise LookupError

        with pytest.raises(LookupError):
            await database.write(half)
        await database.write(lambda change: note(change, "whole"))
        assert await keys(database) == {"whole"}


async def test_a_second_process_is_refused_with_what_to_do(path):
    async with open_database(path):
        with pytest.raises(CannotRun, match="Another process already serves"):
            await make(path)
    await make(path)


async def test_reads_do_not_wait_for_a_write_and_see_only_what_is_committed(path):
    async with open_database(path) as database:
        wrote, go_on = asyncio.Event(), asyncio.Event()

        async def slow(change: Transaction) -> None:
            await note(change, "slow")
            wrote.set()
            await go_on.wait()

        write = asyncio.create_task(database.write(slow))
        await wrote.wait()
        assert await keys(database) == set()
        go_on.set()
        await write
        assert await keys(database) == {"slow"}


async def test_a_write_is_refused_plainly_while_another_program_holds_the_database(path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    async with open_database(path) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotSaved, match="Not saved: another program holds the database"):
                await database.write(lambda change: note(change, "late"))
            assert await keys(database) == set()
        await database.write(lambda change: note(change, "later"))
        assert await keys(database) == {"later"}


async def test_closing_waits_for_a_write_whose_caller_has_gone(path):
    async with open_database(path) as database:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slow(change: Transaction) -> None:
            begun.set()
            await go_on.wait()
            await note(change, "kept")

        write = asyncio.create_task(database.write(slow))
        await begun.wait()
        write.cancel()
        with pytest.raises(asyncio.CancelledError):
            await write
        go_on.set()
    async with open_database(path) as database:
        assert await keys(database) == {"kept"}


async def test_a_crash_that_nobody_hears_is_logged_without_its_words(path, caplog):
    words = "my cheek twitches"
    async with open_database(path) as database:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def breaks(_: Transaction) -> None:
            begun.set()
            await go_on.wait()
            raise LookupError(words)

        write = asyncio.create_task(database.write(breaks))
        await begun.wait()
        write.cancel()
        with pytest.raises(asyncio.CancelledError):
            await write
        go_on.set()
    assert "LookupError" in caplog.text
    assert words not in caplog.text


async def test_a_log_that_cannot_be_emptied_is_told_once(path, monkeypatch, caplog):
    monkeypatch.setattr(files, "TOO_LONG", 300_000)
    async with open_database(path) as database:

        async def grow(rows: range) -> None:
            for number in rows:
                await database.write(lambda change, number=number: note(change, f"{number} {'x' * 20_000}"))

        with closing(sqlite3.connect(path, isolation_level=None)) as tool:
            tool.execute("BEGIN")
            tool.execute("SELECT * FROM requests").fetchall()
            await grow(range(40))
            assert caplog.text.count("keeps the database open") == 1
        await database.forget_old_pages()
        await grow(range(40, 42))
        assert caplog.text.count("keeps the database open") == 1


# --- What is not opened -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"\0" * 4096, "damaged|not a database of this program"),
        (b"Dear diary, " * 500, "damaged"),
    ],
)
async def test_what_is_no_database_is_refused_and_left_alone(path, content, says):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(CannotRun, match=says):
        await make(path)
    assert path.read_bytes() == content


async def test_another_programs_database_is_left_alone(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photographs (id)")
    before = path.read_bytes()
    with pytest.raises(CannotRun, match="not a database of this program"):
        await make(path)
    assert path.read_bytes() == before


async def test_a_lost_file_is_not_replaced_while_its_log_is_there(path):
    path.parent.mkdir()
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"the last changes")
    with pytest.raises(CannotRun, match="is missing, while"):
        await make(path)
    assert not path.exists()
    assert log.read_bytes() == b"the last changes"


async def test_a_newer_database_is_refused(path):
    await make(path)
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {len(read_steps()) + 1}")
    with pytest.raises(CannotRun, match="newer version of this program"):
        await make(path)


async def test_a_folder_that_may_not_be_written_is_named(path):
    path.with_name(path.name + ".lock").mkdir(parents=True)
    with pytest.raises(CannotRun, match="Give the bot a folder it may write to"):
        await make(path)


async def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotRun, match="Cannot make the folder"):
        await make(tmp_path / "file" / "second-opinion.sqlite3")


@pytest.mark.parametrize("count", [150, pytest.param(scaled(2_000, 5), marks=pytest.mark.slow)])
async def test_damage_is_told_or_harmless_and_never_an_empty_start(path, count):
    """Cut, zeroed and random bytes: it is refused and left byte for byte, or all that was kept is still there."""
    chance = random.Random(6)
    await make(path)
    whole = path.read_bytes()
    refused = 0
    for _ in range(count):
        damaged = bytearray(whole)
        start = chance.randrange(len(whole))
        length = min(chance.choice([1, 16, 512, 4096]), len(whole) - start)
        match chance.randrange(3):
            case 0:
                del damaged[start:]
            case 1:
                damaged[start : start + length] = bytes(length)
            case _:
                damaged[start : start + length] = chance.randbytes(length)
        path.write_bytes(damaged)
        try:
            async with open_database(path) as database:
                found = await keys(database)
        except CannotRun:
            refused += 1
            assert path.read_bytes() == damaged
        except NotRead:
            refused += 1
        else:
            # A key whose own bytes were hit may read otherwise; no start is without what was kept.
            assert len(found) == 1
    assert refused > count // 4


# --- Migrations ---------------------------------------------------------------------------------


async def test_a_migration_that_fails_half_way_leaves_the_old_schema(path, monkeypatch):
    await make(path)
    steps = read_steps()
    broken = Step(len(steps) + 1, "CREATE TABLE extra (id);\nINSERT INTO nowhere VALUES (1);")
    monkeypatch.setattr(migrations, "read_steps", lambda: (*steps, broken))
    with pytest.raises(CannotRun, match="no such table: nowhere"):
        await make(path)
    monkeypatch.undo()
    async with open_database(path) as database:
        assert await keys(database) == {"first"}
        assert await database.read("SELECT 1 FROM sqlite_schema WHERE name = 'extra'") == []


async def test_migrations_are_taken_once_and_in_order(path, monkeypatch):
    await make(path)
    steps = read_steps()
    more = Step(len(steps) + 1, "CREATE TABLE extra (id);")
    monkeypatch.setattr(migrations, "read_steps", lambda: (*steps, more))
    for _ in range(2):
        async with open_database(path) as database:
            assert await database.read("SELECT id FROM extra") == []
            assert await keys(database) == {"first"}


def test_a_gap_between_migrations_is_a_fault(tmp_path):
    (tmp_path / "0001_one.sql").write_text("")
    (tmp_path / "0003_three.sql").write_text("")
    with pytest.raises(ValueError, match="not numbered"):
        read_steps(tmp_path)
