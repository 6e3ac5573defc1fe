"""`kill -9` at any moment: what was acknowledged is there, whole, and once."""

from __future__ import annotations

import asyncio
import logging
import random
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest

from tests.knowledge.moderation.killed_writer import open_store, save, write_until_killed
from tests.scale import LONG, scaled

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

_log = logging.getLogger(__name__)

FORKS = get_context("forkserver")


@dataclass
class Ledger:
    """What the killed processes said, and what was found wrong afterwards."""

    begun: list[str] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    unfinished: int = 0
    kept_untold: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def wait_for_the_moment(run: int, chance: random.Random, told: Connection, wal: Path) -> None:
    """Wait for a random while, for a write to reach the log (or its next page), or for an acknowledgement, in turn."""
    if run % 3 == 0:
        time.sleep(chance.uniform(0.0, 0.08))
    elif run % 3 == 1:
        for _ in range(chance.randrange(1, 30)):
            before, end = wal.stat().st_mtime_ns, time.monotonic() + 2
            while time.monotonic() < end and wal.stat().st_mtime_ns == before:
                pass
    else:
        told.poll(1)


def kill_one(path: Path, run: int, chance: random.Random, ledger: Ledger, *, too_early: bool) -> None:
    told, ours = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=write_until_killed, args=(path, run, ours), kwargs={"too_early": too_early})
    process.start()
    ours.close()
    try:
        assert told.poll(LONG), "the writer never began"
        ledger.begun.append(told.recv()[1])
        wait_for_the_moment(run, chance, told, path.with_name(path.name + "-wal"))
    finally:
        process.kill()
        process.join()
    with suppress(EOFError):
        while True:
            kind, key = told.recv()
            assert kind != "refused", key
            ledger.saved.add(key) if kind == "saved" else ledger.begun.append(key)
    told.close()
    process.close()


def settle(path: Path, ledger: Ledger) -> None:
    """Look what became of the last request, ask for it again as a person would, and look again at everything."""
    last = ledger.begun[-1]
    ledger.unfinished += last not in ledger.saved
    before = written(path)
    ledger.kept_untold += last in before and last not in ledger.saved
    ledger.lost += sorted(key for key in ledger.saved if key not in before)
    asyncio.run(again(path, last))
    after = written(path)
    ledger.doubled += sorted(key for key in ledger.begun if after.count(key) > 1)
    ledger.lost += [last] * (last not in after)


async def again(path: Path, key: str) -> None:
    async with open_store(path) as moderators:
        await save(moderators, key)


def written(path: Path) -> list[str]:
    """Give the key of every revision there is, and hold every table to the others."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        keys = [
            words.removeprefix("The words of ").removesuffix(".")
            for (words,) in connection.execute(
                "SELECT json_extract(content, '$.answers[0].body') FROM revisions WHERE server_id = '1' ORDER BY rowid"
            )
        ]
        assert sorted(keys) == sorted(key for (key,) in connection.execute("SELECT key FROM requests"))
        newest = "SELECT entry_id, MAX(number), MAX(number) FROM revisions WHERE server_id = '1' GROUP BY entry_id"
        stand = "SELECT entry_id, number, live FROM entries"
        assert sorted(connection.execute(newest)) == sorted(connection.execute(stand))
    return keys


def kill_many(path: Path, kills: int, *, too_early: bool = False) -> Ledger:
    FORKS.set_forkserver_preload(["tests.knowledge.moderation.killed_writer_at_hand"])
    ledger, chance = Ledger(), random.Random(6)
    asyncio.run(again(path, "first-0"))
    ledger.begun.append("first-0")
    ledger.saved.add("first-0")
    for run in range(kills):
        kill_one(path, run, chance, ledger, too_early=too_early)
        settle(path, ledger)
        if too_early and ledger.lost:
            break
    return ledger


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_acknowledged_change_is_lost_half_or_doubled(tmp_path):
    kills = scaled(500)
    ledger = kill_many(tmp_path / "second-opinion.sqlite3", kills)
    counts = (kills, len(ledger.saved), ledger.unfinished, ledger.kept_untold)
    _log.info("%d kills, %d acknowledged, %d in the middle of a request, %d kept but not acknowledged", *counts)
    assert (ledger.lost, ledger.doubled) == ([], [])
    assert ledger.unfinished >= kills // 5


@pytest.mark.slow
def test_a_build_that_acknowledges_before_its_commit_is_caught(tmp_path):
    ledger = kill_many(tmp_path / "second-opinion.sqlite3", 30, too_early=True)
    assert ledger.lost
