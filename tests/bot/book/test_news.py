"""The owners' channels are told once of each state of the files that is not served, and once of its mending."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.book import news
from bot.book.news import tell, telling
from knowledge.content.losses import Held
from knowledge.content.status import BookStatus
from knowledge.errors import Fault, NotSaved
from knowledge.records import outbox
from knowledge.records.database import open_database
from tests.scale import LONG

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GOOD = BookStatus(10, NOW, "good")
FAULTY = replace(GOOD, faults=(Fault("book.toml", 83, "secret words are no key", "twitch"),))
HELD = replace(GOOD, held=Held("fewer", "The files lack 5 of the 10 entries."))
CHANNELS = (8, 7)


@pytest.fixture
async def database(tmp_path):
    async with open_database(tmp_path / "kept.sqlite3") as database:
        yield database


async def told(database, channel=7):
    rows = await database.read("SELECT payload FROM outbox WHERE channel_id = ? ORDER BY id", str(channel))
    return [json.loads(row["payload"]) for row in rows]


async def test_each_state_is_told_once_and_so_is_its_mending(database):
    for status in (GOOD, FAULTY, FAULTY, HELD, GOOD, GOOD, FAULTY):
        await tell(status, database, CHANNELS, NOW)
    first, held, mended, again = await told(database)
    assert (first["places"], first["held"]) == (["book.toml:83"], "")
    assert (held["places"], held["held"]) == ([], "The files lack 5 of the 10 entries.")
    assert (mended["state"], mended["entries"]) == ("", 10)
    assert again == first
    assert await told(database, 8) == await told(database, 7)
    assert "secret" not in json.dumps(first)


async def test_a_restart_tells_nothing_twice_and_forgets_no_mending(database):
    await tell(FAULTY, database, CHANNELS, NOW)
    (item,) = [one for one in await outbox.due(database, NOW, (), 9) if one.channel_id == "7"]
    await database.write(lambda change: outbox.done(change, item, NOW))
    assert not await tell(FAULTY, database, CHANNELS, NOW)
    assert await tell(GOOD, database, CHANNELS, NOW)


async def test_many_places_are_named_in_part(database):
    faults = tuple(Fault("book.toml", line, "wrong") for line in range(1, 9))
    await tell(replace(GOOD, faults=faults), database, CHANNELS, NOW)
    (one,) = await told(database)
    assert (len(one["places"]), one["more"]) == (5, 3)


async def test_a_change_is_noticed_and_told_once_the_disk_is_there(database, monkeypatch):
    monkeypatch.setattr(news, "LOOK", 0.001)
    monkeypatch.setattr(news, "PAUSE", 0.001)
    write, failures = database.write, iter([True, True])

    async def failing(change):
        if next(failures, False):
            raise NotSaved("Not saved: the disk is full.")
        return await write(change)

    monkeypatch.setattr(database, "write", failing)

    class Book:
        status = FAULTY

    async with telling(Book(), database, CHANNELS, lambda: NOW), asyncio.timeout(LONG):
        await database.event(outbox.TOPIC).wait()
        database.event(outbox.TOPIC).clear()
        Book.status = GOOD
        await database.event(outbox.TOPIC).wait()
    assert [one["state"] == "" for one in await told(database)] == [False, True]
