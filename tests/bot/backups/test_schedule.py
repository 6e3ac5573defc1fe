"""Backups on a schedule: when one is due, and who is told when it fails."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.backend import open_backend
from bot.backups.making import backups_in
from bot.backups.schedule import BackupSchedule
from bot.config import BackupSettings, Config, DiscordSettings, StorageSettings
from bot.store.folder import DATABASE
from knowledge.errors import CannotRun, NotSaved
from knowledge.records import connection
from knowledge.records.database import open_database
from tests.clock import Clock
from tests.scale import LONG

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def config(tmp_path):
    return Config(
        storage=StorageSettings(path=tmp_path / "data"),
        backup=BackupSettings(folder=tmp_path / "backups", every_hours=6, keep=2),
        discord=DiscordSettings(fault_channels=[8, 7]),
    )


@pytest.fixture
async def database(config):
    async with open_database(config.storage.path / DATABASE) as database:
        yield database


async def told(database):
    rows = await database.read(
        "SELECT payload FROM outbox WHERE kind = 'backup-fault' AND channel_id = '7' ORDER BY id"
    )
    return [json.loads(row["payload"])["state"] for row in rows]


async def test_one_is_made_when_the_newest_is_old_enough(config, database):
    clock = Clock(NOW)
    folder = config.backup.folder
    newest = []
    schedule = BackupSchedule(config, database, clock)
    for hours in (0, 5, 1, 5, 1, 6):
        clock.at += timedelta(hours=hours)
        await schedule.look(folder)
        newest.append(f"T{backups_in(folder)[-1].name[-7:]}")
    assert newest == ["T120000Z", "T120000Z", "T180000Z", "T180000Z", "T000000Z", "T060000Z"]
    assert len(backups_in(folder)) == 2
    assert schedule.status.made == clock.at
    again = BackupSchedule(config, database, clock)
    await again.look(folder)
    assert (again.status, len(backups_in(folder))) == (schedule.status, 2)
    clock.at -= timedelta(days=400)  # the clock is set back: one is made, and not one at every look
    for _ in range(3):
        await again.look(folder)
        clock.at += timedelta(minutes=1)
    assert again.status.made == clock.at - timedelta(minutes=3)
    assert [path.name[7:15] for path in backups_in(folder)] == ["20251019", "20261123"]


async def test_a_failure_is_told_once_tried_again_every_hour_and_its_mending_told(config, database, monkeypatch):
    clock = Clock(NOW)
    folder = config.backup.folder
    schedule = BackupSchedule(config, database, clock)
    tries = []

    def fails(*_):
        tries.append(clock.at)
        raise CannotRun("No backup could be made: no space left on device.")

    monkeypatch.setattr(schedule, "_make", fails)
    for minutes in (0, 30, 31, 61):
        clock.at += timedelta(minutes=minutes)
        await schedule.look(folder)
    assert len(tries) == 3
    assert "no space left" in schedule.status.trouble
    assert await told(database) == ["failed"]
    monkeypatch.undo()
    healthy = BackupSchedule(config, database, clock)
    await healthy.look(folder)
    assert healthy.status.trouble == ""
    assert await told(database) == ["failed", ""]


async def test_what_could_not_be_told_is_told_at_the_next_look(config, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.0)
    clock, folder = Clock(NOW), config.backup.folder

    def fails(*_):
        raise CannotRun("No backup could be made: no space left on device.")

    async with open_database(config.storage.path / DATABASE) as database:
        schedule = BackupSchedule(config, database, clock)
        monkeypatch.setattr(schedule, "_make", fails)
        with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotSaved):
                await schedule.look(folder)
        clock.at += timedelta(minutes=1)
        await schedule.look(folder)
        assert await told(database) == ["failed"]


async def test_the_backend_makes_one_soon_after_it_opens_and_none_where_none_is_wanted(config):
    async with open_backend(config, samples=False) as backend:
        async with asyncio.timeout(LONG):
            while not backend.backups.status.made:  # noqa: ASYNC110  # nothing tells of it but the status itself
                await asyncio.sleep(0.01)
        assert len(backups_in(config.backup.folder)) == 1
    off = config.model_copy(update={"backup": BackupSettings()})
    async with open_backend(off, samples=False) as backend:
        assert not backend.backups.status.scheduled
