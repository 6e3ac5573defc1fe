"""What is bad is told in plain words, each thing in its own sentence, and nothing of members is in it."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.health.lag import LoopLag
from bot.health.metrics import exposition
from bot.health.timing import Timing
from bot.health.vitals import Vitals
from bot.traffic import Traffic
from knowledge.content.losses import Held
from knowledge.content.status import BookStatus
from knowledge.errors import Fault, NotSaved
from knowledge.health import BackupStatus
from knowledge.records import deliveries, outbox
from knowledge.records.database import open_database
from knowledge.records.outbox import Item
from knowledge.records.signs import StoreSigns, store_signs
from knowledge.statistics.counting import Counted
from tests.knowledge.records.test_counts import ANSWER

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOOK = BookStatus(10, NOW, "good")
WELL = Vitals(
    at=NOW,
    version="0.1.0",
    uptime=100.0,
    ready=True,
    quiet=1.0,
    lag=0.01,
    waiting=0,
    in_flight=1,
    rankers=0,
    store=StoreSigns(database_bytes=1_000_000, log_bytes=4_000_000),
    disk_free=9_000_000_000,
    book=BOOK,
    backup=BackupStatus(scheduled=True, made=NOW - timedelta(hours=30)),
    backup_every=timedelta(hours=24),
    counted={Counted.ANSWERED: 3, Counted.SILENT: 2},
    replies=Timing(),
)


def test_where_all_is_well_nothing_is_told():
    assert (WELL.reasons, WELL.notes) == ((), ())
    unscheduled = replace(WELL, backup=BackupStatus(scheduled=False))
    assert (unscheduled.reasons, unscheduled.notes) == ((), ())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"ready": False}, "Not connected to Discord."),
        ({"quiet": 200.0}, "Nothing was heard of Discord for 200 seconds."),
        ({"lag": 7.25}, "The program was held up for 7.2 seconds within the last minute."),
        ({"store": StoreSigns("Nothing can be saved: the disk is full.")}, "Nothing can be saved: the disk is full."),
    ],
)
def test_what_keeps_members_from_their_answers_is_a_reason(change, told):
    assert replace(WELL, **change).reasons == (told,)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"book": replace(BOOK, faults=(Fault("b", 1, "x"),))}, "what was read before is served"),
        ({"book": replace(BOOK, held=Held("h", "fewer"))}, "are held"),
        ({"waiting": 700}, "700 messages wait"),
        ({"store": StoreSigns(outbox=1, overdue=7200)}, "waits for 2 hours"),
        ({"store": StoreSigns(log_bytes=40_000_000)}, "log has 40 MB"),
        ({"disk_free": 12_000_000}, "Only 12 MB"),
        ({"backup": BackupStatus(scheduled=True, trouble="No room.")}, "The last backup failed. No room."),
        ({"backup": BackupStatus(scheduled=True)}, "no backup yet"),
        ({"backup": BackupStatus(scheduled=True, made=NOW - timedelta(days=3))}, "newest backup is of 2026-11-19"),
    ],
)
def test_what_somebody_should_look_at_is_a_note(change, told):
    vitals = replace(WELL, **change)
    assert vitals.reasons == ()
    (note,) = vitals.notes
    assert told in note


def test_metrics_are_what_prometheus_reads():
    timing = Timing((0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 3.0):
        timing.took(seconds)
    text = exposition(replace(WELL, replies=timing)).decode()
    for line in (
        'second_opinion_build_info{version="0.1.0"} 1.0',
        "second_opinion_healthy 1.0",
        'second_opinion_messages_total{outcome="answered"} 3.0',
        'second_opinion_reply_seconds_bucket{le="0.1"} 2.0',
        'second_opinion_reply_seconds_bucket{le="1.0"} 3.0',
        'second_opinion_reply_seconds_bucket{le="+Inf"} 4.0',
        "second_opinion_reply_seconds_sum 3.65",
        "second_opinion_wal_bytes 4e+06",
        f"second_opinion_backup_timestamp_seconds {(NOW - timedelta(hours=30)).timestamp():.6g}"[:44],
    ):
        assert line in text


async def test_a_loop_that_is_held_is_noticed_and_forgotten(monkeypatch):
    now = 0.0
    monkeypatch.setattr("bot.health.lag.EVERY", 0.0)
    lag = LoopLag(lambda: now)
    async with lag.measured():
        await asyncio.sleep(0)
        now = 3.0
        while not lag.worst:  # noqa: ASYNC110  # the measuring task has its turn
            await asyncio.sleep(0)
        assert lag.worst == pytest.approx(3.0)
        now = 64.0
        assert lag.worst == 0.0


async def test_a_reply_is_timed_from_the_messages_arrival_and_an_edit_is_not():
    now = 10.0
    traffic = Traffic(lambda: now)
    for message in (1, 2):
        traffic.begin(message)
    now = 10.2
    traffic.sent(1, 7, 8)
    traffic.sent(1, 7, 8)
    traffic.rethink(2)
    now = 500.0
    traffic.sent(2, 7, 9)
    assert (traffic.replies.cumulative[-1], traffic.replies.sum) == (1, pytest.approx(0.2))


@pytest.fixture
async def database(tmp_path):
    async with open_database(tmp_path / "kept.sqlite3") as database:
        yield database


async def test_the_database_tells_what_is_open_and_waiting(database):
    async def fill(change):
        await deliveries.claim(change, ANSWER, NOW)
        await outbox.add(change, Item("recall", "1", NOW - timedelta(hours=2)))
        await outbox.add(change, Item("recall", "2", NOW + timedelta(hours=2)))
        await outbox.add(change, Item("recall", "3", NOW - timedelta(days=30)))  # expired

    await database.write(fill)
    signs = await store_signs(database, NOW)
    assert (signs.trouble, signs.open_claims, signs.outbox, signs.overdue) == ("", 1, 2, 7200)
    assert min(signs.database_bytes, signs.log_bytes) > 0


async def test_a_full_disk_is_told_until_a_write_is_possible_again(database, monkeypatch):
    def full(*_):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    begin = database._begin
    monkeypatch.setattr(database, "_begin", full)
    with pytest.raises(NotSaved):
        await database.write(lambda change: change.execute("DELETE FROM votes"))
    assert (await store_signs(database, NOW)).trouble == "Nothing can be saved: the disk is full."
    monkeypatch.setattr(database, "_begin", begin)
    assert (await store_signs(database, NOW)).trouble == ""


async def test_a_database_that_cannot_be_read_is_told(database, monkeypatch):
    class Broken:
        def execute_fetchall(self, *_):
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error

    monkeypatch.setattr(database, "_reader", Broken())
    assert (await store_signs(database, NOW)).trouble == "The database cannot be read: the disk reports an error."
