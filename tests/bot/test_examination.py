"""What `doctor` finds on the machine, each good and bad; and how a line reads."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import discord
import pytest

from bot import examination
from bot.config import Config, KnowledgeSettings
from bot.discord.clock import DiscordTime
from bot.discord.examination import NEEDED, Wanted, _intents, of_clock, wanted_channels
from bot.examination import examine_machine, of_backups, of_book, of_files
from cogs._services.services import Services
from knowledge.content.losses import Held
from knowledge.content.status import BookStatus
from knowledge.curation.settings import Digest, ServerSettings
from knowledge.errors import Fault
from knowledge.health import BackupStatus, Finding
from knowledge.records.database import open_database

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def found(path):
    return {one.about: one for one in await examine_machine(path)}


def test_a_line_says_good_or_bad_and_what_to_do():
    assert str(Finding("Disk", "9 GB free.")) == "good  Disk: 9 GB free."
    assert str(Finding("Disk", "1 kB free.", "Make room.")) == "bad   Disk: 1 kB free. Make room."


async def test_before_the_first_start_all_is_well(tmp_path):
    looked = await found(tmp_path / "data" / "kept.sqlite3")
    assert all(one.good for one in looked.values())
    assert "there is none" in looked["Database"].told
    assert not (tmp_path / "data").exists()


async def test_a_database_is_looked_at_while_a_bot_serves_from_it(tmp_path):
    path = tmp_path / "kept.sqlite3"
    async with open_database(path):
        looked = await found(path)
        assert looked["Database"].good
        assert "is whole" in looked["Database"].told


async def test_a_database_that_cannot_be_used_stops_the_bot(tmp_path):
    path = tmp_path / "kept.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (a)")
    looked = (await found(path))["Database"]
    assert (looked.good, looked.stops) == (False, True)
    assert "not a database of this program" in looked.to_do


async def test_a_folder_that_may_not_be_looked_into_stops_the_bot(tmp_path):
    # A name that is too long is refused to whoever looks, as a folder of another user is to all but root.
    looked = await found(tmp_path / ("x" * 300) / "kept.sqlite3")
    assert (looked["Database"].good, looked["Database"].stops) == (False, True)
    assert "cannot be opened: File name too long" in looked["Database"].to_do
    assert looked["Disk"].told


async def test_a_full_disk_is_bad(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**6))
    assert not (await found(tmp_path / "kept.sqlite3"))["Disk"].good


@pytest.mark.parametrize("installed", [True, False])
async def test_it_says_whether_charts_are_drawn(tmp_path, monkeypatch, installed):
    monkeypatch.setattr(examination, "can_draw", lambda: installed)
    assert ("not drawn" in (await found(tmp_path / "kept.sqlite3"))["Versions"].told) is not installed


def test_the_knowledge_files_are_told_with_what_to_do(tmp_path):
    file = tmp_path / "book.toml"
    file.write_text('[[question]]\ntitel = "x"\n', "utf-8")
    looked = of_files(Config(knowledge=KnowledgeSettings(path=file)))
    assert not looked.good
    assert "python -m bot check" in looked.to_do
    assert of_files(Config()).good
    file.write_text("", "utf-8")
    assert "import" in of_files(Config(knowledge=KnowledgeSettings(path=file))).to_do


def test_the_book_that_is_served_is_told_with_what_to_do():
    status = BookStatus(7, NOON, "c0ffee")
    assert of_book(status).good
    faulty = BookStatus(7, NOON, "c0ffee", faults=(Fault("a.toml", 3, "no title"),))
    assert "1 fault, and what was read before is served" in of_book(faulty).told
    held = BookStatus(7, NOON, "c0ffee", held=Held("They lack 5 of the 10 entries.", "beef"))
    assert "/knowledge accept" in of_book(held).to_do


@pytest.mark.parametrize(
    ("hours", "trouble", "good", "said"),
    [
        (3, "", True, "on 2026-11-22 at 09:00 UTC; one is made every 24 hours"),
        (47, "", True, "every 24 hours"),
        (49, "", False, "what its log says of backups"),
        (3, "The disk is full.", False, "The disk is full."),
        (None, "", True, "there is none yet"),
        (None, "The disk is full.", False, "The disk is full."),
    ],
)
def test_backups_are_told_with_the_newest_and_bad_where_they_fail_or_stay_away(hours, trouble, good, said):
    made = NOON - timedelta(hours=hours) if hours is not None else None
    looked = of_backups(BackupStatus(scheduled=True, made=made, trouble=trouble), timedelta(days=1), NOON)
    assert looked.good is good
    assert said in str(looked)


def test_where_no_backups_are_made_doctor_says_so():
    looked = of_backups(BackupStatus(scheduled=False), timedelta(days=1), NOON)
    assert looked.good
    assert "makes none by itself" in looked.told


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (-30, True), (31, False), (-4_000, False)])
def test_a_clock_that_is_off_is_bad(seconds, good):
    looked = of_clock(timedelta(seconds=seconds))
    assert looked.good is good
    assert good or str(f"{abs(seconds):,}") in looked.told


def test_a_clock_that_nobody_told_of_is_said_so():
    assert of_clock(None).good


async def test_the_time_is_read_off_an_answer():
    time = DiscordTime(lambda: NOON)
    for headers in ({"Date": "Sun, 22 Nov 2026 11:59:00 GMT"}, {}, {"Date": "today"}):
        await time._answered(None, None, SimpleNamespace(response=SimpleNamespace(headers=headers)))
        assert time.ahead == timedelta(minutes=1)


def test_every_channel_that_is_named_is_looked_at_once_with_all_its_uses(desk):
    services = Services(desk, None, None, watched={1}, staff={2}, fault_channels={3})
    digest = Digest(0, 9, "UTC", "2")
    own = [ServerSettings(watched=frozenset({"1", "4"}), digest=digest), ServerSettings(staff_channel="4")]
    found = wanted_channels(services, own)
    assert found == {1: "watched", 2: "staff, digest", 3: "told of the files", 4: "watched, staff"}


@pytest.mark.parametrize(
    ("watches", "asks", "on", "good", "stops"),
    [
        (False, False, False, True, False),
        (True, True, True, True, False),
        (True, True, False, False, True),
        (True, False, True, False, False),
    ],
)
def test_the_intent_has_to_be_asked_for_and_switched_on_where_a_channel_is_watched(watches, asks, on, good, stops):
    wanted = Wanted({1: "staff, watched"} if watches else {}, (), asks)
    flags = discord.ApplicationFlags(gateway_message_content_limited=on)
    looked = _intents(flags, wanted, taken_in=False)
    assert (looked.good, looked.stops) == (good, stops)


def test_the_invitation_asks_for_what_the_guide_says():
    assert discord.Permissions(274877975552) == NEEDED
