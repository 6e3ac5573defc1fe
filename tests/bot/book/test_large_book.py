"""A large book is served before its answers are indexed, also when it changes meanwhile."""

from __future__ import annotations

import pytest

from bot import app
from bot.app import composer
from bot.book.last_good import LastGood
from bot.book.reload import BookWatch
from bot.config import Config
from tests.bot.book.conftest import PATIENCE, book


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A watch over a file that counts as a large book, what it serves, and the time it reads."""
    monkeypatch.setattr(app, "MUCH_TO_INDEX", 0)
    file, seconds, served = tmp_path / "book.toml", [0.0], []
    file.write_text(book(["knee", "hip"]), "utf-8")
    watch = BookWatch(
        (file,),
        composer(Config(), samples=False, soon=True),
        last_good=LastGood(tmp_path / "data", (file,)),
        clock=lambda: seconds[0],
    )

    async def serve(snapshot, _files_hash):
        served.append(snapshot)

    async def settle():
        for passed in (0.2, PATIENCE):
            seconds[0] += passed
            await watch.look(serve)

    return watch, file, served, serve, settle


async def test_it_is_whole_soon_after_it_is_followed(large):
    watch, _, served, serve, _ = large
    begun = watch.snapshot
    assert not begun.matcher.is_whole
    async with watch.following(serve):
        await watch.idle()
    assert watch.snapshot is served[-1]
    assert watch.snapshot.matcher.is_whole
    assert watch.snapshot.questions == begun.questions


async def test_a_change_meanwhile_is_served_and_then_whole_too(large):
    watch, file, served, serve, settle = large
    file.write_text(book(["knee", "hip"], knee="Cool it."), "utf-8")
    await settle()
    assert served[0].questions["knee"].answers[0].body == "Cool it."
    assert not served[0].matcher.is_whole
    await watch.idle()
    assert served[-1].matcher.is_whole
    assert served[-1].questions == served[0].questions
    async with watch.following(serve):
        await watch.idle()
    assert served[-1].questions["knee"].answers[0].body == "Cool it."


async def test_a_crash_while_it_is_indexed_is_reported_and_it_is_served_as_before(large, caplog):
    watch, _, _, _, settle = large
    begun = watch.snapshot

    async def refuse(_snapshot, _files_hash):
        raise ZeroDivisionError

    async with watch.following(refuse):
        await watch.idle()
    assert "ZeroDivisionError" in caplog.text
    assert watch.snapshot is begun
    await settle()
    assert watch.status.is_current


async def test_after_such_a_crash_it_is_indexed_by_itself_once_there_was_a_pause(large, monkeypatch):
    monkeypatch.setattr("bot.book.reload.PAUSE", 2 * PATIENCE)
    watch, _, served, _, settle = large

    async def refuse(_snapshot, _files_hash):
        raise ZeroDivisionError

    async with watch.following(refuse):
        await watch.idle()
    await settle()
    await watch.idle()
    assert served == []
    await settle()
    await watch.idle()
    assert [snapshot.matcher.is_whole for snapshot in served] == [True]
    assert watch.snapshot is served[0]
    await settle()
    await watch.idle()
    assert len(served) == 1
