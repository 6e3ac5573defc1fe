"""Counts are exact: the same before and after a purge, after corrections, and for a database of an older version."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Outcome
from knowledge.records import counts, deliveries, migrations
from knowledge.records.database import open_database
from knowledge.records.deliveries import Delivery
from knowledge.records.identity import APPLICATION_ID
from knowledge.statistics.counting import Count, Counted
from tests.knowledge.records.counted import counted
from tests.scale import examples

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = counts.day_of(NOON)
ANSWER = Delivery("100", "1", "10", Outcome.ANSWER, "hiccups", "c0ffee", counted=Counted.ANSWERED)
CHOICES = Delivery("101", "1", "10", Outcome.CHOICES, counted=Counted.ASKED_BACK, nearest_id="toe")
MISSED = Delivery("102", "1", "10", Outcome.NONE, counted=Counted.MISSED)


async def send(database, delivery, at=NOON):
    async def claim_and_settle(change):
        await deliveries.claim(change, delivery, at)
        await deliveries.settle(change, delivery.asked_id, f"r{delivery.asked_id}", at)

    await database.write(claim_and_settle)


async def purge(database, before, server="1"):
    return await database.write(lambda change: deliveries.purge(change, server, before))


async def test_what_was_sent_counts_and_a_mere_claim_does_not(database):
    for delivery in (ANSWER, CHOICES, MISSED):
        await send(database, delivery)
    await database.write(lambda change: deliveries.claim(change, replace(ANSWER, asked_id="103"), NOON))
    expected = {"answered": "hiccups", "asked-back": "toe", "missed": ""}
    assert await counted(database) == {(TODAY, kind, entry): 1 for kind, entry in expected.items()}
    assert await counted(database, "2") == {}


async def test_what_was_asked_back_and_chosen_counts_as_chosen(database):
    await send(database, CHOICES)
    await database.write(lambda change: deliveries.show(change, "10", "r101", "hiccups", "c0ffee"))
    assert await counted(database) == {(TODAY, "chosen", "hiccups"): 1}


async def test_a_purge_changes_no_count(database):
    long_ago = NOON - timedelta(days=91)
    await send(database, ANSWER, long_ago)
    await send(database, replace(ANSWER, asked_id="103"), long_ago)
    await send(database, CHOICES, long_ago)
    await send(database, MISSED)
    before = await counted(database)
    assert await purge(database, NOON - timedelta(days=90)) == 3
    assert await counted(database) == before
    assert await counted(database, first=TODAY) == {(TODAY, "missed", ""): 1}
    await send(database, replace(ANSWER, asked_id="104"), long_ago)
    await purge(database, NOON - timedelta(days=90))
    assert (await counted(database))[counts.day_of(long_ago), "answered", "hiccups"] == 3


async def test_what_got_no_reply_is_a_number_that_can_be_taken_back(database):
    async def add(number):
        one = Count(TODAY, Counted.SILENT, "", number)
        await database.write(lambda change: counts.add(change, "1", [one]))

    await add(2)
    await add(1)
    assert await counted(database) == {(TODAY, "silent", ""): 3}
    await add(-3)
    assert await counted(database) == {}


async def test_counts_of_an_older_version_are_taken_over(tmp_path):
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute("PRAGMA journal_mode = WAL")
        for step in migrations.read_steps()[:4]:
            old.executescript(step.script)
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old_rows = [("answer", "hiccups", 3), ("choices", "", 2), ("choices", "toe", 1), ("none", "", 4)]
        old.executemany("INSERT INTO delivery_counts VALUES (7, '1', ?, ?, ?)", old_rows)
        kept = ("answer", "hiccups"), ("none", None), ("emergency", None)
        for number, (outcome, entry) in enumerate(kept):
            row = (str(number), outcome, entry, int(NOON.timestamp()), str(number), int(NOON.timestamp()))
            old.execute(
                "INSERT INTO deliveries (asked_id, server_id, channel_id, outcome, entry_id, guards, claimed_at, "
                "reply_id, settled_at) VALUES (?, '1', '10', ?, ?, '[]', ?, ?, ?)",
                row,
            )
    async with open_database(path) as database:
        old_counts = {"answered": ("hiccups", 3), "asked-back": ("", 2), "chosen": ("toe", 1), "missed": ("", 4)}
        expected = {(7, kind, entry): number for kind, (entry, number) in old_counts.items()}
        expected |= {(TODAY, "answered", "hiccups"): 1, (TODAY, "missed", ""): 1, (TODAY, "emergency", ""): 1}
        assert await counted(database) == expected


KINDS = st.sampled_from([ANSWER, CHOICES, MISSED, replace(ANSWER, server_id="2", entry_id="toe")])
EVENTS = st.lists(st.tuples(KINDS, st.integers(0, 9), st.booleans()), max_size=25)


@settings(max_examples=examples(6))
@given(EVENTS)
async def test_whatever_is_sent_and_purged_in_between_the_counts_are_what_was_sent(tmp_path_factory, events):
    sent = Counter()
    async with open_database(tmp_path_factory.mktemp("counts") / "a.sqlite3") as database:
        for number, (kind, day, tidies) in enumerate(events):
            at = NOON - timedelta(days=day)
            await send(database, replace(kind, asked_id=str(number)), at)
            sent[kind.server_id, counts.day_of(at), kind.counted.value, kind.entry_id or kind.nearest_id] += 1
            if tidies:
                await purge(database, at, kind.server_id)
        for server in ("1", "2"):
            expected = {key[1:]: number for key, number in sent.items() if key[0] == server}
            assert await counted(database, server) == expected


async def test_days_and_entries_are_counted_from_one_day_to_another(database):
    for ago, delivery in enumerate((ANSWER, CHOICES, MISSED)):
        await send(database, delivery, NOON - timedelta(days=ago))
    assert await counts.by_day(database, "1", TODAY - 1, TODAY) == {
        (TODAY, Counted.ANSWERED): 1,
        (TODAY - 1, Counted.ASKED_BACK): 1,
    }
    assert await counts.by_entry(database, "1", TODAY - 2, TODAY - 1) == {
        (Counted.ASKED_BACK, "toe"): 1,
        (Counted.MISSED, ""): 1,
    }
    await purge(database, NOON - timedelta(days=1, hours=-1))
    assert await counts.by_entry(database, "1", TODAY - 2, TODAY - 2) == {(Counted.MISSED, ""): 1}


async def test_deliveries_are_counted_from_an_index_alone(database):
    """From the rows themselves, statistics of half a million deliveries hold the one reader for seconds."""
    plan = await database.read(f"EXPLAIN QUERY PLAN {counts._OF_DAYS}", *counts._between("1", 0, 90))
    assert any("deliveries USING COVERING INDEX" in row["detail"] for row in plan)
