"""What is read and not answered is counted once each, also across edits, failures of the disk and an orderly end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from knowledge.deliveries.silences import Silences
from knowledge.model import Place
from knowledge.records import connection, counts
from knowledge.records.database import open_database
from knowledge.respond import respond
from knowledge.statistics.counting import Counted, counted_reply, counted_silence, nearest_entry
from tests.cogs.book import SEED, SEED_ASKED, SEVERAL_ASKED, UNKNOWN_ASKED

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OVERHEARD = Place(addressed=False, server_id="1")
ASKED = Place(server_id="1")
CHAT = "we went to the beach and it was lovely"
HALF_ASKED = "does botox hurt"


@pytest.fixture
async def database(tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.0)
    async with open_database(tmp_path / "kept.sqlite3") as opened:
        yield opened


@pytest.fixture
def silences(database):
    return Silences(database, lambda: NOON)


async def counted(database):
    return await counts.by_entry(database, "1", 0, counts.day_of(NOON))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SEED_ASKED, Counted.ANSWERED),
        (SEVERAL_ASKED, Counted.ASKED_BACK),
        (UNKNOWN_ASKED, Counted.MISSED),
        ("?!", Counted.OTHER),
        ("who are you", Counted.OTHER),
        ("i want to kill myself tonight", Counted.EMERGENCY),
    ],
)
def test_replies_are_told_apart(shipped, text, kind):
    assert counted_reply(respond(shipped, text, ASKED)) is kind


def test_silences_are_told_apart(shipped):
    assert counted_silence(respond(shipped, CHAT, OVERHEARD)) == (Counted.SILENT, "")
    assert counted_silence(respond(shipped, "thanks", ASKED)) == (Counted.SILENT, "")
    unsure = respond(shipped, HALF_ASKED, OVERHEARD)
    assert unsure.reply is None
    assert counted_silence(unsure) == (Counted.UNSURE, nearest_entry(unsure))
    assert nearest_entry(unsure)
    assert nearest_entry(respond(shipped, SEED_ASKED, ASKED)) == SEED.id


async def test_each_message_counts_once_whatever_its_edits_say(database, silences):
    silences.note("1", "1", Counted.SILENT)
    silences.note("2", "1", Counted.SILENT)
    await silences.write()
    assert await counted(database) == {(Counted.SILENT, ""): 2}
    silences.note("1", "1", Counted.UNSURE, "toe")
    silences.take_back("2")
    silences.take_back("3")
    await silences.write()
    assert await counted(database) == {(Counted.UNSURE, "toe"): 1}


async def test_what_an_earlier_run_heard_is_not_counted_anew(database, silences):
    silences.heard_before("1")
    silences.note("1", "1", Counted.SILENT)
    silences.note("1", "1", Counted.UNSURE, "toe")
    silences.note("2", "1", Counted.SILENT)
    silences.take_back("1")
    await silences.write()
    assert await counted(database) == {(Counted.SILENT, ""): 1}


async def test_before_counts_are_written_it_is_noted_what_was_heard(database):
    seen = []

    async def first():
        seen.append(await counted(database))

    silences = Silences(database, lambda: NOON, first)
    await silences.write()
    assert not seen
    silences.note("1", "1", Counted.SILENT)
    await silences.write()
    assert seen == [{}]


async def test_a_failing_disk_loses_no_count(database, silences):
    silences.note("1", "1", Counted.SILENT)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await silences.write()
        silences.note("2", "1", Counted.SILENT)
    await silences.write()
    assert await counted(database) == {(Counted.SILENT, ""): 2}


async def test_an_orderly_end_writes_the_last_ones(database, silences):
    async with silences.being_written():
        silences.note("1", "1", Counted.SILENT)
    assert await counted(database) == {(Counted.SILENT, ""): 1}
