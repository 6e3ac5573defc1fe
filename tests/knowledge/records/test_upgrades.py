"""A database of every released version is brought up to date with its content equal, and is copied before."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.curation.settings import ReviewMode
from knowledge.errors import CannotRun
from knowledge.records import layers, migrations, revisions, upgrades
from knowledge.records.copies import examine_copy
from knowledge.records.database import open_database
from knowledge.records.upgrades import FOLDER, forget_old_copies
from tests.knowledge.records.stored_schemas import DAY, QUESTION, hashes, make_database, released

NEWEST = len(migrations.read_steps())
OLDER = range(1, NEWEST)


def rows(path):
    """Give each table's rows as dictionaries, sorted."""
    with closing(sqlite3.connect(path)) as reader:
        reader.row_factory = sqlite3.Row
        tables = reader.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        names = [row["name"] for row in tables]
        return {name: sorted(map(dict, reader.execute(f"SELECT * FROM {name}")), key=repr) for name in names}


@pytest.fixture(params=OLDER)
def version(request):
    return request.param


@pytest.fixture
def path(version, tmp_path):
    path = tmp_path / "second-opinion.sqlite3"
    make_database(path, version)
    return path


def test_no_released_step_was_ever_edited():
    """If a hash is missing after a new step: `python -m tests.knowledge.records.stored_schemas` notes it."""
    assert hashes() == released()


async def test_what_an_older_version_kept_is_there_and_equal(path):
    before = rows(path)
    async with open_database(path) as database:
        layer = (await layers.load(database))["1"]
        history = await revisions.history(database, "1", "gone")
    assert layer.entries[QUESTION.id].live.question.answers == QUESTION.answers
    assert layer.settings.review is ReviewMode.ALL
    assert [revision.redacted is not None for revision in history] == [True, False]
    assert examine_copy(path).schema == NEWEST
    after = rows(path)
    for table, kept in before.items():
        if table != "delivery_counts":
            now = [{column: row[column] for column in kept[0]} for row in after[table]] if kept else []
            assert [row for row in now if row in kept] == kept, table
    if "delivery_counts" in before:
        assert after["counts"] == [
            {"day": DAY - 100, "server_id": "1", "counted": "asked-back", "entry_id": "", "number": 6}
        ]


async def test_the_database_from_before_is_kept_and_told(path, version, caplog):
    before = rows(path)
    caplog.set_level("INFO")
    async with open_database(path):
        pass
    (kept,) = (path.parent / FOLDER).iterdir()
    assert kept.name == f"second-opinion-schema-{version}.sqlite3"
    assert rows(kept) == before
    assert str(kept) in caplog.text
    kept.unlink()
    async with open_database(path):  # there is nothing to upgrade any more
        assert not list((path.parent / FOLDER).iterdir())


@pytest.mark.parametrize("version", [NEWEST - 1])
async def test_without_a_copy_nothing_is_upgraded(path, version, monkeypatch):
    (path.parent / FOLDER).mkdir()
    monkeypatch.setattr(upgrades, "copy_database", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(CannotRun, match="was not upgraded, since no copy of it could be kept first: No space left"):
        async with open_database(path):
            pass
    assert examine_copy(path).schema == version


@pytest.mark.parametrize("version", [NEWEST - 1])
async def test_copies_from_before_upgrades_are_removed_after_thirty_days(path):
    async with open_database(path):
        pass
    (kept,) = (path.parent / FOLDER).iterdir()
    now = datetime.now(UTC)
    forget_old_copies(path, now + timedelta(days=29))
    assert kept.exists()
    os.utime(kept, (now.timestamp(), (now - timedelta(days=2)).timestamp()))
    forget_old_copies(path, now + timedelta(days=29))
    assert not kept.exists()
