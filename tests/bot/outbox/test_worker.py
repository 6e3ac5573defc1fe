"""The outbox: what is added is carried out once, whatever fails in between, and waits where it is told to."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.outbox import worker as worker_module
from bot.outbox.worker import OutboxWorker
from knowledge.deliveries.outbox import Done, Failed, Gone, Later
from knowledge.errors import NotSaved
from knowledge.records import outbox
from knowledge.records.database import Database, open_database
from knowledge.records.outbox import Item
from tests.clock import Clock
from tests.scale import LONG

if TYPE_CHECKING:
    from knowledge.deliveries.outbox import Carried

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEPT = "kept"


class TwoClocks(Clock):
    """The time of day and the steady one, both moved by a test; what sleeps sleeps in real time."""

    def monotonic(self):
        return self.at.timestamp()


class Platform:
    """Carries out what it is given, as planned for each key, and remembers in which order."""

    def __init__(self):
        self.tried: list[Item] = []
        self.plan: dict[str, list[Carried | Exception]] = {}

    async def carry(self, item: Item) -> Carried:
        self.tried.append(item)
        planned = self.plan.get(item.key)
        result = planned.pop(0) if planned else Done()
        if isinstance(result, Exception):
            raise result
        return result

    @property
    def keys(self):
        return [item.key for item in self.tried]


@pytest.fixture(autouse=True)
def announced(monkeypatch):
    """Have every database announce each write, to who waits for what it changes."""
    write = Database.write

    async def write_and_tell(self, change):
        try:
            return await write(self, change)
        finally:
            self.event(KEPT).set()

    monkeypatch.setattr(Database, "write", write_and_tell)


@pytest.fixture
def clock():
    return TwoClocks(START)


@pytest.fixture
async def database(tmp_path):
    async with open_database(tmp_path / "kept.sqlite3") as database:
        yield database


@pytest.fixture
def platform():
    return Platform()


@pytest.fixture
async def worker(database, clock, platform):
    worker = OutboxWorker(database, clock, clock.monotonic)
    async with worker.working():
        worker.connect(platform.carry)
        yield worker


def item(key="a", channel="7", **more):
    return Item("test", key, more.pop("not_before", START), channel_id=channel, **more)


async def add(database, *items):
    """Add items in one transaction; give for each whether it was new."""

    async def change(transaction):
        return [await outbox.add(transaction, one) for one in items]

    return await database.write(change)


async def ended(database, key):
    """Wait until an item has ended, and give why it was given up."""
    async with asyncio.timeout(LONG):
        while True:
            database.event(KEPT).clear()
            (row,) = await database.read("SELECT * FROM outbox WHERE key = ?", key)
            if row["ended_at"] is not None:
                return row["given_up"]
            await database.event(KEPT).wait()


async def row_of(database, key, *, tries, after=START):
    """Wait until what became of an item's newest try is written, and give its row."""
    async with asyncio.timeout(LONG):
        while True:
            database.event(KEPT).clear()
            (row,) = await database.read("SELECT * FROM outbox WHERE key = ?", key)
            if row["tries"] == tries and (row["ended_at"] or row["not_before"] > after.timestamp()):
                return row
            await database.event(KEPT).wait()


@pytest.mark.usefixtures("worker")
async def test_an_item_is_carried_out_once_however_often_it_is_added(database, platform):
    assert await add(database, item(payload={"entry": "twitch"})) == [True]
    assert await ended(database, "a") == ""
    assert await add(database, item()) == [False]
    await add(database, item("b"))
    assert await ended(database, "b") == ""
    assert platform.keys == ["a", "b"]
    assert platform.tried[0].payload == {"entry": "twitch"}
    (row,) = await database.read("SELECT payload FROM outbox WHERE key = 'a'")
    assert row["payload"] == "{}", "nothing is left of what it took"


@pytest.mark.usefixtures("worker")
async def test_what_was_not_committed_is_not_carried_out(database, platform):
    async def change(transaction):
        await outbox.add(transaction, item())
        raise NotSaved("the cause was not kept")

    with pytest.raises(NotSaved):
        await database.write(change)
    await add(database, item("b"))
    await ended(database, "b")
    assert platform.keys == ["b"]


async def test_nothing_is_begun_before_a_platform_is_there_nor_after_it_went(database, clock, platform):
    worker = OutboxWorker(database, clock, clock.monotonic)
    async with worker.working():
        await add(database, item())
        assert platform.keys == []
        worker.connect(platform.carry)
        await ended(database, "a")
        await worker.disconnect()
        await add(database, item("b"))
        assert await outbox.due(database, clock(), (), 9) != ()
    assert platform.keys == ["a"]


async def test_what_is_told_to_wait_waits_and_its_channel_with_it(database, worker, platform, clock):
    platform.plan["a"] = [Later(20)]
    await add(database, item("a"), item("b"), item("c", channel="8"))
    await ended(database, "c")
    assert (await row_of(database, "a", tries=1))["not_before"] == START.timestamp() + 20
    assert platform.keys == ["a", "c"], "the other channel goes on"
    clock.at += timedelta(seconds=21)
    worker.connect(platform.carry)
    assert await ended(database, "a") == await ended(database, "b") == ""
    assert sorted(platform.keys[2:]) == ["a", "b"]


async def test_what_was_postponed_or_ended_since_it_was_fetched_is_not_begun(database):
    await database.write(lambda change: outbox.add(change, Item("note", "a", START)))
    (fetched,) = await outbox.due(database, START, (), 1)
    later = START + timedelta(minutes=1)
    await database.write(lambda change: outbox.postpone(change, fetched, later))
    assert not await database.write(lambda change: outbox.begin(change, fetched, START))
    (again,) = await outbox.due(database, later, (), 1)
    assert again.tries == 0
    assert await database.write(lambda change: outbox.begin(change, again, later))
    await database.write(lambda change: outbox.done(change, again, later))
    assert not await database.write(lambda change: outbox.begin(change, again, later))


async def test_the_pause_after_failures_grows_and_outlives_a_restart(database, clock, platform):
    platform.plan["a"] = [Failed(), ValueError("a crash"), Failed()]
    pauses = []
    await add(database, item())
    for tries in (1, 2, 3):
        worker = OutboxWorker(database, clock, clock.monotonic)
        async with worker.working():
            worker.connect(platform.carry)
            row = await row_of(database, "a", tries=tries, after=clock.at)
        pauses.append(row["not_before"] - int(clock.at.timestamp()))
        clock.at = datetime.fromtimestamp(row["not_before"], UTC)
    assert pauses == [5, 10, 20]
    assert [one.begun_at for one in platform.tried] == [None, START, START], "who tries again knows that it may be done"


@pytest.mark.usefixtures("worker")
async def test_what_can_never_be_done_ends_with_its_reason(database, platform):
    platform.plan["a"] = [Gone("the message is deleted")]
    await add(database, item())
    assert await ended(database, "a") == "the message is deleted"


@pytest.mark.usefixtures("worker")
async def test_what_comes_too_late_is_not_done(database, platform, clock):
    clock.at += timedelta(days=8)
    await add(database, item("a"), item("b", not_before=clock.at))
    assert await ended(database, "b") == ""
    assert await ended(database, "a") == "expired"
    assert platform.keys == ["b"]


async def test_many_alike_wait_for_what_is_not(database, clock, platform):
    await add(database, *(item(f"bulk {number}", bulk=True) for number in range(3)), item("note"))
    worker = OutboxWorker(database, clock, clock.monotonic)
    async with worker.working():
        worker.connect(platform.carry)
        await ended(database, "bulk 2")
    assert platform.keys[0] == "note"


@pytest.mark.usefixtures("worker")
async def test_what_is_noted_is_written_with_the_end_or_not_at_all(database, platform):
    async def note(change):
        await change.execute(
            "INSERT INTO outbox (kind, key, server_id, channel_id, payload, bulk, not_before, "
            "expires_at) VALUES ('noted', 'n', '', '', '{}', 0, 99999999999, 99999999999)"
        )

    platform.plan["a"] = [Done(note)]
    await add(database, item())
    await ended(database, "a")
    assert len(await database.read("SELECT * FROM outbox WHERE kind = 'noted'")) == 1


@pytest.mark.usefixtures("worker")
async def test_a_note_that_crashes_ends_nothing_and_is_one_failed_try(database, platform):
    async def crash(change):
        await outbox.give_up(change, item("b"), "by the note", START)
        raise ValueError("a crash")

    platform.plan["a"] = [Done(crash)]
    await add(database, item())
    row = await row_of(database, "a", tries=1)
    assert (row["ended_at"], row["not_before"] - START.timestamp()) == (None, 5)


async def test_items_without_a_channel_are_done_side_by_side_and_each_once(database, clock):
    begun, may_end, carried = asyncio.Event(), asyncio.Event(), []

    async def carry(one):
        carried.append(one.key)
        if len(carried) == 2:
            begun.set()
        await may_end.wait()
        return Later(30) if one.key == "a" else Done()

    worker = OutboxWorker(database, clock, clock.monotonic)
    async with worker.working():
        worker.connect(carry)
        await add(database, item("a", channel=""), item("b", channel=""))
        async with asyncio.timeout(LONG):
            await begun.wait()
        may_end.set()
        await ended(database, "b")
        await row_of(database, "a", tries=1)
        await add(database, item("c", channel=""))
        await ended(database, "c")
    assert carried == ["a", "b", "c"], "one that waits holds up no other"


@pytest.mark.usefixtures("worker")
async def test_what_was_carried_out_while_the_disk_failed_is_not_carried_out_again(database, platform, monkeypatch):
    monkeypatch.setattr(worker_module, "PAUSE", 0.01)
    write, failures = database.write, iter([True, True, True])

    async def failing(change):
        if platform.tried and next(failures, False):
            raise NotSaved("Not saved: the disk is full.")
        return await write(change)

    monkeypatch.setattr(database, "write", failing)
    await write(lambda transaction: outbox.add(transaction, item()))
    assert await ended(database, "a") == ""
    assert platform.keys == ["a"]
    assert next(failures, None) is None


async def test_whoever_goes_waits_for_what_is_being_carried_out(database, clock):
    begun, may_end, carried = asyncio.Event(), asyncio.Event(), []

    async def carry(one):
        begun.set()
        await may_end.wait()
        carried.append(one.key)
        return Done()

    worker = OutboxWorker(database, clock, clock.monotonic)
    async with worker.working():
        worker.connect(carry)
        await add(database, item())
        await begun.wait()
        going = asyncio.create_task(worker.disconnect())
        await asyncio.sleep(0)
        may_end.set()
        await going
    assert carried == ["a"]
    assert await ended(database, "a") == ""


@pytest.mark.usefixtures("worker")
async def test_old_items_are_forgotten(database, clock):
    await add(database, item())
    await ended(database, "a")
    clock.at += timedelta(days=100)
    assert await database.write(lambda change: outbox.purge(change, clock.at - timedelta(days=90))) == 1
    assert await add(database, item(not_before=clock.at)) == [True]
