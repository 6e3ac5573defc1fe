"""The knowledge file is followed: good content is served, bad content changes nothing and is told."""

from __future__ import annotations

import asyncio
import logging
import os
from datetime import timedelta

from bot.app import composer
from bot.book.reload import PATIENCE, READ_ANYWAY, BookWatch
from bot.config import AnswersSettings, Config
from tests.bot.book.conftest import NOON, book, entry
from tests.scale import LONG

KNEE_AND_HIP = book(["knee", "hip"])


async def test_a_save_is_served_when_two_looks_agree(follow):
    names = ["knee", "hip", *(f"toe{number}" for number in range(20))]
    followed = follow(book(names))
    followed.file.write_text(book(names, knee="Cool it."), "utf-8")
    await followed.look()
    assert followed.bodies()["knee"] == "Rest it."
    await followed.look()
    assert followed.bodies() == dict.fromkeys(names, "Rest it.") | {"knee": "Cool it."}
    assert followed.watch.status.is_current
    assert followed.watch.status.loaded == NOON


async def test_a_file_that_is_still_being_written_is_waited_for(follow):
    followed = follow(KNEE_AND_HIP)
    for text in (book(["knee"], knee="Cool it."), book(["knee", "hip"], knee="Cool it.", hip="Cool it."), "broken = "):
        followed.file.write_text(text, "utf-8")
        await followed.look()
        await followed.look()
        assert followed.bodies()["knee"] == "Rest it."
        assert followed.watch.status.is_current
    followed.file.write_text(book(["knee"], knee="Cool it."), "utf-8")
    await followed.look()
    await followed.look(PATIENCE)
    assert followed.bodies() == {"knee": "Cool it."}


async def test_what_changes_while_it_is_read_is_read_again(follow, monkeypatch):
    followed = follow(KNEE_AND_HIP)
    gather = followed.watch._keeper.gather

    def half_read():
        found = gather()
        followed.file.write_text(book(["knee", "hip"], knee="Cool it.", hip="Cool it."), "utf-8")
        return found

    followed.file.write_text(book(["knee", "hip"], knee="Cool it."), "utf-8")
    await followed.look()
    with monkeypatch.context() as patched:
        patched.setattr(followed.watch._keeper, "gather", half_read)
        await followed.look(PATIENCE)
    assert followed.bodies() == dict.fromkeys(["knee", "hip"], "Rest it.")
    await followed.settle()
    assert followed.bodies() == dict.fromkeys(["knee", "hip"], "Cool it.")


async def test_a_bad_file_changes_nothing_is_told_once_and_so_is_its_mending(follow, caplog):
    caplog.set_level(logging.INFO, "bot")
    followed = follow(KNEE_AND_HIP)
    followed.file.write_text(KNEE_AND_HIP + '[[question]]\ntitel = "Secret words"\n', "utf-8")
    for _ in range(3):
        await followed.settle()
    assert len(followed.served) == 1
    status = followed.watch.status
    assert [fault.line for fault in status.faults] == [17, 17, 18]
    assert status.entries == 2
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(told) == 4
    assert told[-1] == f"  {followed.file}:18"
    assert "Secret" not in caplog.text
    followed.file.write_text(KNEE_AND_HIP, "utf-8")
    await followed.settle()
    assert followed.watch.status.is_current
    assert len(followed.served) == 1
    assert "again what is served" in caplog.messages[-1]


async def test_a_file_that_goes_and_comes_back_is_followed(follow, caplog):
    followed = follow(KNEE_AND_HIP)
    followed.file.unlink()
    await followed.settle()
    assert caplog.messages[-1] == f"  {followed.file}"
    assert "there is no such file" in followed.watch.status.faults[0].message
    followed.file.write_text(book(["knee", "hip", "foot"]), "utf-8")
    await followed.settle()
    assert set(followed.bodies()) == {"knee", "hip", "foot"}
    assert followed.watch.status.is_current


async def test_a_touch_changes_nothing(follow):
    followed = follow(KNEE_AND_HIP)
    followed.file.touch()
    await followed.settle()
    assert len(followed.served) == 1


async def test_a_change_with_the_old_date_and_size_is_seen(follow):
    followed = follow(KNEE_AND_HIP)
    before = followed.file.stat()
    followed.file.write_text(KNEE_AND_HIP.replace("Rest it.", "Heat it."), "utf-8")
    os.utime(followed.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    await followed.settle()
    assert set(followed.bodies().values()) == {"Heat it."}


async def test_a_change_that_the_disk_does_not_tell_of_is_seen_within_a_minute(follow, monkeypatch):
    followed = follow(KNEE_AND_HIP)
    await followed.look()
    monkeypatch.setattr("bot.book.reload.fingerprint", lambda _paths: followed.watch._seen)
    followed.file.write_text(KNEE_AND_HIP.replace("Rest it.", "Heat it."), "utf-8")
    await followed.settle()
    assert len(followed.served) == 1
    await followed.look(READ_ANYWAY)
    assert set(followed.bodies().values()) == {"Heat it."}


async def test_an_answer_is_found_after_a_reload_of_a_large_book_too(follow, monkeypatch):
    """A book that is slow to index is served at once with what changed beside the old index."""
    monkeypatch.setattr("bot.book.reload.SOON", -1)
    followed = follow(book(["knee", "hip", "elbow"]))
    followed.file.write_text(book(["knee", "hip"], knee="Cool it.") + entry("shoulder"), "utf-8")
    await followed.settle()
    quick = followed.served[-1]
    await followed.watch._folding
    whole = followed.served[-1]
    assert whole is not quick
    for snapshot in (quick, whole):
        assert set(snapshot.questions) == {"knee", "hip", "shoulder"}
        best = snapshot.matcher.rank("what helps a sore shoulder").matches[0]
        assert best.question.id == "shoulder"
        assert snapshot.matcher.rank("what helps a sore knee").matches[0].question.answers[0].body == "Cool it."
        assert all(match.question.id != "elbow" for match in snapshot.matcher.rank("what helps a sore elbow").matches)


async def test_a_crash_in_a_look_is_reported_and_looking_goes_on(follow, monkeypatch, caplog):
    monkeypatch.setattr("bot.book.reload.POLL", 0)
    monkeypatch.setattr("bot.book.reload.PAUSE", 0)
    monkeypatch.setattr("bot.book.reload.PATIENCE", 0)
    followed = follow(KNEE_AND_HIP)
    served, crashed, done = [], asyncio.Event(), asyncio.Event()

    async def serve(snapshot, _files_hash):
        served.append(snapshot)
        if len(served) == 1:
            crashed.set()
            raise RuntimeError
        done.set()

    async with followed.watch.following(serve):
        followed.file.write_text(KNEE_AND_HIP.replace("Rest", "Heat"), "utf-8")
        await asyncio.wait_for(crashed.wait(), LONG)
        followed.file.write_text(KNEE_AND_HIP.replace("Rest", "Cool"), "utf-8")
        await asyncio.wait_for(done.wait(), LONG)
    assert "Incident" in caplog.text


async def test_a_new_day_shows_which_checks_are_too_long_ago(follow):
    followed = follow(entry("knee").replace("body", "checked = 2026-02-28\nbody"))
    days = [NOON]
    settings = Config(answers=AnswersSettings(review_after=1))
    followed.watch = BookWatch(
        [followed.file],
        composer(settings, samples=False, today=lambda: days[-1].date()),  # noqa: PLW0108  # the day changes
        clock=lambda: followed.seconds,
        now=lambda: days[-1],
    )
    followed.served = [followed.watch.snapshot]
    await followed.settle()
    days.append(NOON + timedelta(days=1))
    await followed.look()
    await followed.watch.idle()
    await followed.look()
    marks = [snapshot.questions["knee"].answers[0].overdue for snapshot in followed.served]
    assert marks == [False, True]
