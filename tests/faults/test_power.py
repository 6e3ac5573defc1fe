"""The power is cut: what was acknowledged is on the disk, and an upgrade leaves the old schema or the new one."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from knowledge.records import migrations
from knowledge.records.database import open_database
from tests.faults.counting import Counts
from tests.faults.disk import NO_COMPILER, Disk, PowerLoss, compiler, operations
from tests.scale import LONG, scaled

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not compiler(), reason=NO_COMPILER),
]

NAME = "second-opinion.sqlite3"
WRITER = """
    import asyncio, os, sys
    from pathlib import Path
    from knowledge.errors import CannotRun, SafeToShow
    from knowledge.records import deliveries
    from knowledge.records.database import open_database

    async def main(folder, count, told):
        acknowledged = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        async with open_database(folder / "second-opinion.sqlite3") as database:
            for number in range(count):
                async def add(change):
                    await change.execute("INSERT INTO requests VALUES ('1', ?, ?, 0)", str(number), "x" * 700)
                    await change.execute("INSERT INTO examples VALUES ('1', ?, '', '', 0)", str(number))
                try:
                    await database.write(add)
                except SafeToShow as error:
                    print("refused", error)
                else:
                    {acknowledge}
                    os.write(acknowledged, f"{{number}}\\n".encode())

    try:
        asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
    except CannotRun as error:
        print("cannot run", error)
        sys.exit(3)
"""


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "on-the-disk"
    folder.mkdir()
    return Disk.made(tmp_path, folder)


def write(
    disk: Disk, count: int, acknowledge: str = "pass", told: Path | None = None, **asked: object
) -> subprocess.CompletedProcess[str]:
    """Write that many changes; acknowledged ones stand in a file, on the disk too unless `told` is another."""
    program = textwrap.dedent(WRITER).format(acknowledge=acknowledge)
    told = told or disk.folder / "acknowledged"
    return subprocess.run(
        [sys.executable, "-c", program, str(disk.folder), str(count), str(told)],
        env={**os.environ, **disk.environment(**asked)},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG,
    )


def held(path):
    """Give the keys of both halves of every change that a database holds, and see that it is whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        firsts = {key for (key,) in connection.execute("SELECT key FROM requests")}
        seconds = {key for (key,) in connection.execute("SELECT text FROM examples")}
    return firsts, seconds


def cuts(disk: Disk, points: set[int], after):
    """Cut the power before each of these operations; give what was acknowledged by then, with the folder as it is."""
    loss, acknowledged = PowerLoss(), set()
    for number, one in enumerate(operations(disk.journal)):
        if number in points:
            shutil.rmtree(after, ignore_errors=True)
            after.mkdir()
            loss.write_to(disk.folder, after)
            yield set(acknowledged), after
        if one.path.endswith("/acknowledged") and one.kind == "W":
            acknowledged.update(one.data.decode().split())
        else:
            loss.happened(one)


async def test_no_acknowledged_change_is_lost_when_the_power_goes(disk, tmp_path, record_property):
    done = write(disk, 300, journal=True)
    assert done.returncode == 0, done.stderr
    total = sum(1 for _ in operations(disk.journal))
    points = set(random.Random(9).sample(range(total), scaled(300)))
    lost = tried = 0
    for acknowledged, after in cuts(disk, points, tmp_path / "after"):
        tried += 1
        path = after / NAME
        if not path.exists():  # the power went before the database had its name
            assert not acknowledged
            continue
        async with open_database(path):
            pass
        firsts, seconds = held(path)
        assert firsts == seconds, "nothing is half"
        lost += len(acknowledged - firsts)
    Counts(record_property).tell(tried, lost=lost)
    assert (tried, lost) == (scaled(300), 0)


async def test_a_build_that_does_not_wait_for_the_disk_is_caught(disk, tmp_path):
    """The control: with synchronous = NORMAL a commit returns before it is on the disk, and the cuts find it out."""
    normal = 'await database._writer.execute_fetchall("PRAGMA synchronous = NORMAL")'
    done = write(disk, 200, acknowledge=normal, journal=True)
    assert done.returncode == 0, done.stderr
    total = sum(1 for _ in operations(disk.journal))
    lost = 0
    for acknowledged, after in cuts(disk, set(range(total // 2, total, 20)), tmp_path / "after"):
        lost += len(acknowledged - held(after / NAME)[0])
    assert lost > 0


MIGRATE = """
    import asyncio, sys
    from pathlib import Path
    from knowledge.records.database import open_database

    async def main(path):
        async with open_database(path):
            pass

    asyncio.run(main(Path(sys.argv[1])))
"""


def migrate(disk: Disk, path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MIGRATE), path],
        env={**os.environ, **disk.environment(journal=True)},
        check=True,
        timeout=LONG,
    )


async def test_an_upgrade_leaves_the_old_schema_or_the_new_one(disk, tmp_path, monkeypatch, record_property):
    """From the first schema to today's, with the power cut before every single operation."""
    path, steps = disk.folder / NAME, migrations.read_steps()
    monkeypatch.setattr(migrations, "read_steps", lambda: steps[:1])
    async with open_database(path) as database:
        await database.write(lambda change: change.execute("INSERT INTO requests VALUES ('1', 'kept', '', 0)"))
    monkeypatch.undo()
    loss = PowerLoss()
    for name in disk.folder.iterdir():
        loss.begin_with(name)
    migrate(disk, path)
    seen, tried, after = set(), 0, tmp_path / "after"
    for one in operations(disk.journal):
        shutil.rmtree(after, ignore_errors=True)
        after.mkdir()
        loss.write_to(disk.folder, after)
        loss.happened(one)
        with closing(sqlite3.connect(after / NAME)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        seen.add(version)
        tried += 1
        async with open_database(after / NAME) as database:
            assert [row["key"] for row in await database.read("SELECT key FROM requests")] == ["kept"]
    assert seen <= set(range(1, len(steps) + 1)), "a schema that is none of the steps"
    assert {1, len(steps)} <= seen
    Counts(record_property).tell(tried)


async def test_an_error_at_any_operation_is_told_and_loses_nothing(disk, tmp_path, record_property):
    """The n-th write or sync fails with EIO, for every n: no false confirmation, nothing half, and it opens again."""
    told, path = tmp_path / "told", disk.folder / NAME
    assert write(disk, 12, told=told, journal=True).returncode == 0
    total = sum(1 for _ in operations(disk.journal))
    assert total > 50
    refused = lost = 0
    tried = range(1, total + 1, 10 // scaled(10))
    for number in tried:
        shutil.rmtree(disk.folder)
        disk.folder.mkdir()
        told.unlink(missing_ok=True)
        done = write(disk, 12, told=told, fail_at=number)
        assert done.returncode in {0, 3}, (number, done.stderr)
        assert "Traceback" not in done.stderr, (number, done.stderr)
        refused += "refused" in done.stdout or done.returncode == 3
        acknowledged = set(told.read_text().split()) if told.exists() else set()
        async with open_database(path):
            pass
        firsts, seconds = held(path)
        assert firsts == seconds, "nothing is half"
        lost += len(acknowledged - firsts)
    Counts(record_property).tell(len(tried), lost=lost)
    assert lost == 0
    assert refused > len(tried) // 3
