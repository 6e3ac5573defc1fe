"""A disk that is full, an error of the disk, a folder that may only be read: told, nothing lost, answering goes on."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
import time

import pytest

from knowledge.records.database import open_database
from tests.scale import LONG, seconds

FILL = """
    import asyncio, resource, sys
    from pathlib import Path
    from knowledge.errors import NotSaved
    from knowledge.records.database import open_database

    def allow(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    async def add(database, key):
        async def change(transaction):
            await transaction.execute("INSERT INTO requests VALUES ('1', ?, ?, 0)", key, "x" * 2_000)
            await transaction.execute("INSERT INTO examples VALUES ('1', ?, '', '', 0)", key)
        await database.write(change)

    async def main(path, limit):
        async with open_database(path) as database:
            if limit:
                allow(limit)
            saved, refused = [], 0
            for number in range(400):
                try:
                    await add(database, str(number))
                    saved.append(str(number))
                except NotSaved as error:
                    assert str(error).startswith("Not saved: the disk"), error
                    refused += 1
            kept = {row["key"] for row in await database.read("SELECT key FROM requests")}
            assert set(saved) == kept, (len(saved), len(kept))
            assert saved and refused
            if limit:
                allow(resource.RLIM_INFINITY)
                await add(database, "mended")
                saved.append("mended")
        async with open_database(path) as database:
            kept = {row["key"] for row in await database.read("SELECT key FROM requests")}
            whole = {row["text"] for row in await database.read("SELECT text FROM examples")}
            assert set(saved) == kept == whole
        print(len(saved), refused)

    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
"""


def run(program: str, *arguments: object, within: float = LONG) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )


def test_a_full_disk_is_told_and_mends_by_itself(tmp_path):
    done = run(FILL, tmp_path / "second-opinion.sqlite3", 600_000)
    assert done.returncode == 0, done.stderr
    saved, refused = map(int, done.stdout.split())
    assert saved > 20
    assert refused > 50


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_file_system_is_told_and_keeps_what_it_held(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        done = run(FILL, disk / "second-opinion.sqlite3", 0)
        assert done.returncode == 0, done.stderr
    finally:
        subprocess.run(["umount", disk], check=True)


STAY = """
    import asyncio, sys
    from pathlib import Path
    from knowledge.records.database import open_database

    async def main(path):
        async with open_database(path) as database:
            await database.read("SELECT 1")
            {leave}

    asyncio.run(main(Path(sys.argv[1])))
"""


@pytest.mark.parametrize(
    "leave",
    ["return", "raise SystemExit(0)", "raise LookupError", "asyncio.current_task().cancel(); await asyncio.sleep(9)"],
)
def test_the_process_ends_however_it_leaves(tmp_path, leave):
    """A connection left open would keep its thread, and the process, alive for ever."""
    begun = time.monotonic()
    done = run(STAY.format(leave=leave), tmp_path / "second-opinion.sqlite3")
    assert time.monotonic() - begun < seconds(5)
    assert "ResourceWarning" not in done.stderr
    assert (done.returncode == 0) == (leave in {"return", "raise SystemExit(0)"})


HOLD = """
    import sqlite3, sys
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.read()
"""


async def test_reads_are_quick_while_another_program_holds_the_database(tmp_path):
    path = tmp_path / "second-opinion.sqlite3"
    async with open_database(path) as database:
        holder = await asyncio.create_subprocess_exec(
            sys.executable, "-c", textwrap.dedent(HOLD), path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        try:
            assert await holder.stdout.readline() == b"held\n"
            write = asyncio.create_task(database.write(lambda change: change.execute("DELETE FROM requests")))
            waits = []
            for _ in range(50):
                begun = time.perf_counter()
                await database.read("SELECT * FROM requests")
                waits.append(time.perf_counter() - begun)
            assert sorted(waits)[45] < 0.05
            assert not write.done()
        finally:
            await holder.communicate(b"")
        assert await write == 0
