"""What is done now and then: a digest a week whatever happens in between, and each day what is kept too long."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.curation.examples import Example
from knowledge.curation.settings import Digest
from knowledge.deliveries.log import DeliveryLog
from knowledge.records import connection
from knowledge.upkeep.departures import Departures
from knowledge.upkeep.schedule import Upkeep
from tests.clock import Clock
from tests.knowledge.moderation.doing import ADA, ASKED, TWITCH
from tests.knowledge.records.counted import counted

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
AT_NINE = Digest(weekday=0, hour=9, zone="Europe/Berlin", channel="10")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Wait for no other program that holds the database."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.0)


@pytest.fixture
def clock():
    return Clock(MONDAY - timedelta(minutes=1))


@pytest.fixture
def start(house, clock):
    """Give a new upkeep, as after a restart."""
    departures = Departures(house.database, house.moderators.servers, clock)
    return lambda: Upkeep(house.database, house.moderators.servers, departures, clock)


async def choose(house, **values):
    await house.moderators.administer.change_settings(ADA, str(values), lambda now: now.choosing(**values))


async def digests(house):
    rows = await house.database.read("SELECT key FROM outbox WHERE kind = 'digest' ORDER BY id")
    return [row["key"] for row in rows]


async def test_a_server_that_asked_for_none_gets_none(house, clock, start):
    clock.at = MONDAY
    await start().look()
    assert await digests(house) == []


async def test_it_is_put_on_once_a_week_across_restarts_and_not_in_bulk(house, clock, start):
    await choose(house, digest=AT_NINE)
    upkeep = start()
    await upkeep.look()
    assert await digests(house) == []
    for _ in range(3):
        clock.at += timedelta(minutes=1)
        await upkeep.look()
        await start().look()
    assert await digests(house) == [f"{ADA.server_id}:2026-11-23"]
    clock.at = MONDAY + timedelta(days=24)
    await start().look()
    assert len(await digests(house)) == 1
    clock.at = MONDAY + timedelta(days=28, hours=20)
    await start().look()
    assert await digests(house) == [f"{ADA.server_id}:2026-11-23", f"{ADA.server_id}:2026-12-21"]


async def test_a_server_that_the_bot_was_removed_from_gets_none(house, clock, start):
    await choose(house, digest=AT_NINE)
    await Departures(house.database, house.moderators.servers, clock).left(ADA.server_id)
    clock.at = MONDAY
    await start().look()
    assert await digests(house) == []


async def test_what_is_too_old_becomes_counts_every_day_after_each_servers_own_retention(house, clock, start):
    decision, log = (
        house.desk.respond(TWITCH.title, ASKED),
        DeliveryLog(house.database, lambda: MONDAY, house.moderators.recalls),
    )
    for server, asked in ((ADA.server_id, "1"), ("2", "2")):
        await log.sent(asked, server, "10", decision, f"r{asked}")
    await choose(house, retention_days=30)
    clock.at = MONDAY + timedelta(days=31)
    upkeep = start()
    await upkeep.look()
    left = await house.database.read("SELECT server_id FROM deliveries")
    assert [row["server_id"] for row in left] == ["2"]
    clock.at += timedelta(days=60)
    await upkeep.look()
    assert await house.database.read("SELECT server_id FROM deliveries") == []
    for server in (ADA.server_id, "2"):
        (((_, kind, _), number),) = (await counted(house.database, server)).items()
        assert (kind, number) == ("answered", 1)


async def test_deleted_words_that_another_program_kept_in_the_log_are_overwritten_soon(house, start):
    upkeep, log = start(), house.database.path.with_name(house.database.path.name + "-wal")
    await upkeep.look()
    await house.moderators.administer.add_example(ADA, "kept", Example("are xylophagous zebras dangerous"))
    with closing(sqlite3.connect(house.database.path, isolation_level=None)) as tool:
        tool.execute("BEGIN")
        tool.execute("SELECT * FROM examples").fetchall()
        await house.moderators.administer.remove_example(ADA, "gone", "are xylophagous zebras dangerous")
        await house.database.forget_old_pages()
        assert b"xylophagous" in log.read_bytes()
    await upkeep.look()
    assert b"xylophagous" not in log.read_bytes() + house.database.path.read_bytes()


async def test_a_disk_that_fails_is_waited_for(house, clock, start):
    await choose(house, digest=AT_NINE)
    clock.at = MONDAY
    upkeep = start()
    with closing(sqlite3.connect(house.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await upkeep.look()
    await upkeep.look()
    assert await digests(house) == [f"{ADA.server_id}:2026-11-23"]


async def test_what_is_too_old_goes_as_soon_as_the_disk_works_again(house, clock, start):
    log = DeliveryLog(house.database, lambda: MONDAY, house.moderators.recalls)
    await log.sent("1", ADA.server_id, "10", house.desk.respond(TWITCH.title, ASKED), "r1")
    clock.at = MONDAY + timedelta(days=91)
    upkeep = start()
    with closing(sqlite3.connect(house.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await upkeep.look()
    clock.at += timedelta(minutes=1)
    await upkeep.look()
    assert await house.database.read("SELECT server_id FROM deliveries") == []
