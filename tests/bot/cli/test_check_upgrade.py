"""`check --upgrade` tries what is stored on this version, before it ever served, and touches nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

import pytest

from bot.cli.exits import Exit
from bot.store.folder import DATABASE
from tests.bot.cli.serving import make_place
from tests.knowledge.records.stored_schemas import make_database


@pytest.fixture
def database(tmp_path, monkeypatch):
    """An operator's place whose database the version before wrote; server 1 has an answer about knees of its own."""
    monkeypatch.chdir(tmp_path)
    make_place(tmp_path)
    database = tmp_path / "data" / DATABASE
    database.parent.mkdir()
    make_database(database, 8)
    change(database, "DELETE FROM examples")
    return database


def change(database, sql, *values):
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(sql, values)


def test_what_holds_is_said_to_hold_and_the_database_is_left_as_it_is(run, database):
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    ended = run("check", "--upgrade")
    assert ended.code == Exit.DONE
    assert "Tried on this version: 4 stored texts.\nAll hold.\n" in ended.out
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before
    assert [path.name for path in database.parent.iterdir()] == [DATABASE]


def test_a_servers_example_that_fails_and_an_entry_that_is_gone_are_told(run, database):
    change(database, "INSERT INTO examples VALUES ('1', 'how do I train a dog', 'knee-cracks', '5', 0)")
    change(database, "UPDATE deliveries SET server_id = '7' WHERE asked_id = '100'")
    ended = run("check", "--upgrade")
    assert ended.code == Exit.FAULTS
    assert 'Server 1: "how do I train a dog" must find "Why do my knees crack?", but finds nothing' in ended.out
    assert "1 reply in server 7 showed 'knee-cracks' lately, and no entry of that name is served" in ended.out
    assert "2 changes to look at." in ended.out


def test_without_a_database_the_book_is_tried(run, database):
    database.unlink()
    ended = run("check", "--upgrade")
    assert (ended.code, "Tried on this version: 3 stored texts." in ended.out) == (Exit.DONE, True)


def test_a_database_that_may_not_be_looked_at_is_told(run, database):
    database.unlink()
    database.symlink_to("x" * 300)  # refused to whoever looks, as another user's file is to all but root
    ended = run("check", "--upgrade")
    assert (ended.code, "cannot be opened" in ended.err) == (Exit.CANNOT_RUN, True)


def test_a_damaged_database_is_told(run, database):
    database.write_bytes(database.read_bytes()[:8000])
    ended = run("check", "--upgrade")
    assert (ended.code, "is damaged" in ended.err) == (Exit.CANNOT_RUN, True)
