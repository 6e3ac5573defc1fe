"""The disk fails at any moment: "not saved", what is live stays as it was, and the next try works."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from knowledge.curation.refusals import ChangedMeanwhile
from knowledge.errors import NotSaved
from knowledge.model import Answer
from knowledge.records import connection
from knowledge.records.database import Database
from tests.knowledge.moderation.doing import (
    ANN,
    ASKED,
    HICCUPS,
    HISTAMINE,
    ITCH,
    KIM,
    MAX,
    TWITCH,
    add,
    edit_body,
    version,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import aiosqlite

    from knowledge.records.transaction import Transaction

ITCH_ID = "why-do-mosquito-bites-itch"


@contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """Let no file of this process grow beyond the write-ahead log's size of now."""
    size = path.with_name(path.name + "-wal").stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


async def test_what_cannot_be_written_is_not_shown_and_can_be_saved_later(open_house):
    async with open_house() as house:
        proposal = house.moderators.propose.new(ANN, ITCH, [HISTAMINE])
        with full_disk(house.database.path):
            with pytest.raises(NotSaved, match="Not saved: the disk"):
                await house.moderators.edit.save(ANN, "k1", proposal)
            assert house.live(ITCH_ID) is None
            assert house.desk.respond(TWITCH.title, ASKED).reply
        await house.moderators.edit.save(ANN, "k1", proposal)
        assert house.live(ITCH_ID)
    async with open_house() as house:
        assert len((await house.moderators.look.history(ANN, ITCH_ID)).own) == 1


async def test_another_program_may_hold_the_database_for_a_while(open_house, monkeypatch, tmp_path):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    async with open_house() as house:
        with closing(sqlite3.connect(tmp_path / "second-opinion.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotSaved, match="Not saved: another program holds the database"):
                await add(house)
            assert house.desk.respond(TWITCH.title, ASKED).reply
        await add(house)
        assert house.live(ITCH_ID)


class FailingOnce:
    """A connection whose next COMMIT reports an error of the disk, before or after it was carried out."""

    def __init__(self, connection: aiosqlite.Connection, *, after: bool) -> None:
        self._connection = connection
        self._after = after
        self._failed = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def execute_fetchall(self, sql: str, *values: Any) -> Any:
        if sql != "COMMIT" or self._failed:
            return await self._connection.execute_fetchall(sql, *values)
        self._failed = True
        if self._after:
            await self._connection.execute_fetchall(sql)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error


class Unreadable:
    """A connection whose disk fails at every query."""

    async def execute_fetchall(self, _sql: str, _values: object = ()) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error


async def test_a_failed_commit_keeps_nothing(open_house):
    async with open_house() as house:
        house.database._writer = FailingOnce(house.database._writer, after=False)
        with pytest.raises(NotSaved, match="the disk reports an error"):
            await add(house)
        assert house.live(ITCH_ID) is None
        await add(house, MAX, key="k2")
        await edit_body(house, ANN, ITCH_ID, "Histamine.", "k3")
    async with open_house() as house:
        history = (await house.moderators.look.history(ANN, ITCH_ID)).own
        assert [one.signed.by for one in history] == ["max", "ann"]


async def test_a_commit_that_failed_after_it_reached_the_disk_is_looked_up(open_house):
    """Nobody can know at once which of the two happened. Asked for again, it is found to be done, and is shown."""
    async with open_house() as house:
        house.database._writer = FailingOnce(house.database._writer, after=True)
        with pytest.raises(NotSaved):
            await add(house)
        assert (await add(house)).entries[0].id == ITCH_ID
        assert house.live(ITCH_ID).answers == (HISTAMINE,)
        assert len((await house.moderators.look.history(ANN, ITCH_ID)).own) == 1
        await edit_body(house, ANN, ITCH_ID, "Histamine.", "k2")
        assert house.live(ITCH_ID).answers[0].body == "Histamine."


async def test_what_a_tool_wrote_behind_the_desk_is_not_overwritten(house):
    await add(house)
    with closing(sqlite3.connect(house.database.path)) as tool, tool:
        tool.execute(
            "INSERT INTO revisions (server_id, entry_id, number, action, target, authors, author_id, reason, at) "
            "VALUES ('1', ?, 2, 'withdraw', 1, '[]', 'tool', 'by hand', 0)",
            [ITCH_ID],
        )
        tool.execute("UPDATE entries SET number = 2, live = NULL, hidden = 1 WHERE entry_id = ?", [ITCH_ID])
    with pytest.raises(ChangedMeanwhile):
        await edit_body(house, ANN, ITCH_ID, "Histamine.", "k2")
    assert house.live(ITCH_ID) is None
    await house.moderators.edit.restore(ANN, "k3", version(house, ITCH_ID), 1)
    assert house.live(ITCH_ID).answers == (HISTAMINE,)


async def test_a_cancelled_callers_change_is_kept_and_shown(house, monkeypatch):
    held, waiting, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    write = Database.write

    async def hold(_: Transaction) -> None:
        held.set()
        await go_on.wait()

    async def write_noted(database, change):
        waiting.set()
        return await write(database, change)

    holder = asyncio.create_task(house.database.write(hold))
    await held.wait()
    monkeypatch.setattr(Database, "write", write_noted)
    caller = asyncio.create_task(add(house))
    await waiting.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert house.live(ITCH_ID) is None
    go_on.set()
    await holder
    await house.moderators.servers.finish()
    assert house.live(ITCH_ID)
    assert (await add(house)).entries[0].id == ITCH_ID  # the same request again: it is done already


async def test_many_changes_at_once_are_all_kept(open_house):
    async with open_house() as house:
        await asyncio.gather(
            *(add(house, title=f"What is number {number} of them?", key=f"k{number}") for number in range(20))
        )
        live = house.desk.snapshot_of("1").questions
        assert len(live) == 22
    async with open_house() as house:
        assert house.desk.snapshot_of("1").questions == live


async def test_a_new_book_is_served_though_its_history_cannot_be_written(open_house, compose_book, monkeypatch, caplog):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.02)
    mended = replace(TWITCH, title="Why is my cheek twitching?")
    async with open_house() as house:
        with closing(sqlite3.connect(house.database.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await house.moderators.follow(compose_book([mended]), "new")
        assert house.live("twitch") == mended
        assert "not in the history yet" in caplog.text
        await house.moderators.follow(compose_book([mended]), "new")
        history = await house.moderators.look.history(ANN, "twitch")
        assert [one.question.title for one in history.of_book] == [TWITCH.title, mended.title]


async def test_a_new_book_is_served_though_nothing_can_be_read(open_house, compose_book, caplog):
    drink = replace(HICCUPS, answers=(Answer("Drink water.", name=KIM, credentials="MD"),))
    async with open_house() as house:
        await edit_body(house, ANN, "hiccups", "Drink water.", "k1")
        reader, house.database._reader = house.database._reader, Unreadable()
        await house.moderators.follow(compose_book([TWITCH, drink]), "merged")
        house.database._reader = reader
        assert house.desk.snapshot.questions["hiccups"] == drink
        assert house.moderators.look.entry(ANN, "hiccups").overrides_book
        assert "still kept as overrides" in caplog.text
        await house.moderators.follow(compose_book([TWITCH, drink]), "merged")
        assert not house.moderators.look.entry(ANN, "hiccups").overrides_book
