"""A backup is there whole and verified or not at all, beside a serving bot; a restored one serves the same."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.backend import open_backend
from bot.backups.making import backups_in, make_backup, newest_backup
from bot.backups.manifest import MANIFEST, read_manifest
from bot.backups.restoring import restore_backup
from bot.config import Config, KnowledgeSettings, StorageSettings, load_config
from bot.store.folder import DATABASE
from knowledge.curation.votes import Verdict, Vote
from knowledge.errors import CannotRun, SafeToShow
from knowledge.records import migrations, votes
from knowledge.records.database import open_database
from knowledge.records.serving_lock import exclusive_lock
from tests.bot.cli.serving import ADA, add, make_place, override

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def place(tmp_path):
    return make_place(tmp_path)


def backup(place, *, keep=3, at=NOW, to="backups"):
    config = load_config(place.config)
    return make_backup(config.storage.path, config.knowledge.path, place.folder / to, keep, at)


async def stored(place, rows=1):
    """Make a database without the bot around it."""

    async def fill(change):
        words = [("1", f"text {number}", "", "2", "x" * 300) for number in range(rows)]
        await change.execute_many("INSERT INTO examples VALUES (?, ?, ?, ? || ?, 0)", words)

    async with open_database(load_config(place.config).storage.path / DATABASE) as database:
        await database.write(fill)


def dump(path):
    """Give everything in a database: schema and rows."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


async def test_what_was_saved_before_is_served_from_the_restored_place(place, tmp_path):
    async with place.serving() as backend:
        await override(backend, "twitch", "It passes by itself.")
        await add(backend, "Why do bites itch?", "Histamine.")
        made = await asyncio.to_thread(backup, place)
        await add(backend, "Why do knees crack?", "Gas in the joint.")
        seen = backend.desk.snapshot_of("1").questions.keys() - {"why-do-knees-crack"}
        history = await backend.moderators.look.history(ADA, "twitch")
    restored = restore_backup(made.path, tmp_path / "new")
    assert dump(restored.storage / DATABASE) == dump(made.path / DATABASE)
    assert [path.read_bytes() for path in restored.knowledge] == [place.book.read_bytes()]
    shutil.rmtree(tmp_path / "data")
    config = Config(
        knowledge=KnowledgeSettings(path=list(restored.knowledge)), storage=StorageSettings(path=restored.storage)
    )
    async with open_backend(config, samples=False) as backend:
        snapshot = backend.desk.snapshot_of("1")
        assert snapshot.questions.keys() == seen
        assert snapshot.questions["twitch"].answers[0].body == "It passes by itself."
        assert await backend.moderators.look.history(ADA, "twitch") == history
        await add(backend, "Why do knees crack?", "Gas in the joint.")
        with closing(sqlite3.connect(restored.storage / DATABASE)) as beside:
            assert beside.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_ids_that_entries_kept_survive_and_so_does_the_last_good_copy(place, tmp_path):
    place.book.write_text('[[question]]\ntitle = "A sore knee"\nanswers = [{ body = "Rest." }]\n')
    async with place.serving():
        pass
    place.book.write_text('[[question]]\ntitle = "A sore left knee"\nanswers = [{ body = "Rest." }]\n')
    async with place.serving():
        pass
    place.book.write_text("[[question")
    made = backup(place)
    restored = restore_backup(made.path, tmp_path / "new")
    config = Config(
        knowledge=KnowledgeSettings(path=list(restored.knowledge)), storage=StorageSettings(path=restored.storage)
    )
    async with open_backend(config, samples=False) as backend:
        assert [(one.id, one.title) for one in backend.desk.snapshot.questions.values()] == [
            ("a-sore-knee", "A sore left knee")
        ]
        assert backend.book.status.faults


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["answers of 10:00.toml", "new\\old.toml"])
async def test_a_knowledge_file_may_be_named_as_the_machine_allows(place, tmp_path, name):
    await stored(place)
    storage = load_config(place.config).storage.path
    book = place.book.rename(place.book.with_name(name))
    made = make_backup(storage, [book], place.folder / "backups", 3, NOW)
    restored = restore_backup(made.path, tmp_path / "new")
    assert [path.read_bytes() for path in restored.knowledge] == [book.read_bytes()]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names in Unicode alone")
async def test_a_knowledge_file_whose_name_is_no_text_is_named_and_the_rest_is_restored(place, tmp_path):
    await stored(place)
    storage, folder = load_config(place.config).storage.path, tmp_path / "knowledge"
    folder.mkdir()
    shutil.copy(place.book, folder / "good.toml")
    shutil.copy(place.book, folder / os.fsdecode(b"caf\xe9.toml"))
    made = make_backup(storage, [folder], place.folder / "backups", 3, NOW)
    (left_out,) = made.manifest.left_out
    assert "not UTF-8" in left_out
    (restored,) = restore_backup(made.path, tmp_path / "new").knowledge
    assert [path.name for path in restored.iterdir()] == ["good.toml"]


async def test_the_newest_are_kept_and_nothing_else_in_the_folder_is_touched(place):
    await stored(place)
    folder = place.folder / "backups"
    (folder / "backup-of-mine").mkdir(parents=True)
    (folder / ".making-backup-20260101T000000Z").mkdir()
    made = [backup(place, at=NOW + timedelta(hours=hour)) for hour in range(5)]
    again = backup(place, at=NOW + timedelta(hours=4))
    assert again.path.name == made[4].path.name + "-2"
    assert backups_in(folder) == (made[3].path, made[4].path, again.path)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [".lock", "backup-of-mine", *(path.name for path in backups_in(folder))]
    )
    assert made[3].rotated == (made[0].path,)


async def test_what_another_user_made_in_the_folder_is_left_alone_and_hinders_nothing(place):
    await stored(place)
    theirs = place.folder / "backups" / "backup-20261101T000000Z"
    theirs.parent.mkdir()
    theirs.symlink_to("x" * 300)  # refused to whoever looks, as another user's folder is to all but root
    made = [backup(place, keep=1, at=NOW + timedelta(days=day)).path for day in range(2)]
    assert backups_in(theirs.parent) == (made[1],)
    assert theirs.is_symlink()
    assert newest_backup(theirs, NOW) is None


async def test_the_one_just_made_is_the_newest_however_many_there_are_of_a_second_and_stays_when_the_clock_is_set_back(
    place,
):
    await stored(place)
    for _ in range(5):
        made = backup(place, keep=2)
        assert backups_in(place.folder / "backups")[-1] == made.path
    assert made.path.name.endswith("Z-5")
    earlier = backup(place, keep=2, at=NOW - timedelta(days=1))
    assert backups_in(place.folder / "backups") == (earlier.path, made.path)


async def test_what_a_member_deletes_is_gone_once_the_last_older_backup_is_rotated(place):
    vote = Vote("1", "7", "8", "member-4711", "twitch", Verdict.HELPFUL)
    async with place.serving() as backend:
        await backend.members.privacy._database.write(lambda change: votes.cast(change, vote, NOW))
        for hour in range(3):
            await asyncio.to_thread(backup, place, at=NOW + timedelta(hours=hour))
        await backend.members.privacy.forget("member-4711")
        for hour in range(3, 6):
            assert found(place, b"member-4711")
            await asyncio.to_thread(backup, place, at=NOW + timedelta(hours=hour))
        assert not found(place, b"member-4711")


def found(place, words):
    return any(words in file.read_bytes() for file in (place.folder / "backups").rglob("*") if file.is_file())


async def test_a_backup_that_fails_leaves_those_before_as_they_are(place, monkeypatch):
    async with place.serving():
        first = backup(place)
        with exclusive_lock(place.folder / "backups/.lock", taken="taken"), pytest.raises(CannotRun, match="just now"):
            backup(place)
        monkeypatch.setattr(
            "bot.backups.making.copy_database", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
        )
        with pytest.raises(CannotRun, match="no space left"):
            backup(place, at=NOW + timedelta(hours=1))
    assert [path.name for path in (place.folder / "backups").iterdir() if path.name != ".lock"] == [first.path.name]


async def test_a_damaged_database_takes_no_good_backups_place(place):
    await stored(place, rows=400)
    first = backup(place, keep=1)
    database = place.folder / "data" / DATABASE
    damaged = bytearray(database.read_bytes())
    for page in range(4, len(damaged) // 4096):
        damaged[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    database.write_bytes(damaged)
    with pytest.raises(CannotRun, match=r"damaged|copy"):
        backup(place, keep=1, at=NOW + timedelta(hours=1))
    assert backups_in(place.folder / "backups") == (first.path,)


async def test_a_knowledge_file_that_cannot_be_read_is_named_and_the_rest_is_saved(place):
    await stored(place)
    place.book.unlink()
    place.book.mkdir()
    made = backup(place)
    assert "holds no .toml" in made.manifest.left_out[0]
    assert DATABASE in made.manifest.files


async def test_backups_are_not_made_where_they_would_be_read_as_knowledge(place):
    await stored(place)
    config = load_config(place.config)
    with pytest.raises(SafeToShow, match="Name another folder"):
        make_backup(config.storage.path, [place.folder], place.folder / "deep/backups", 3, NOW)


async def test_an_older_schema_is_saved_too_and_a_newer_one_refused(place, monkeypatch):
    await stored(place)
    steps = migrations.read_steps()
    monkeypatch.setattr(migrations, "read_steps", lambda: (*steps, steps[-1]))
    assert backup(place).manifest.schema_number == len(steps)
    monkeypatch.setattr(migrations, "read_steps", lambda: steps[:-1])
    with pytest.raises(CannotRun, match="newer version"):
        backup(place, at=NOW + timedelta(hours=1))


@pytest.fixture
async def made(place):
    await stored(place)
    return backup(place).path


def test_nothing_is_restored_over_what_is_there(made, place, tmp_path):
    kept = place.book.read_bytes()
    with pytest.raises(SafeToShow, match="there already"):
        restore_backup(made, tmp_path)
    with pytest.raises(SafeToShow, match="there already"):
        restore_backup(made, place.book)
    assert place.book.read_bytes() == kept
    (tmp_path / "empty").mkdir()
    assert restore_backup(made, tmp_path / "empty").storage.is_dir()


def changed_byte(made):
    file = made / DATABASE
    file.write_bytes(file.read_bytes()[:-1] + b"!")


def fewer_rows(made):
    manifest = read_manifest(made)
    rows = manifest.rows | {"revisions": 99}
    (made / MANIFEST).write_text(manifest.model_copy(update={"rows": rows}).model_dump_json())


def elsewhere(made):
    manifest = read_manifest(made)
    outside = {"../outside": "0" * 64}
    (made / MANIFEST).write_text(manifest.model_copy(update={"files": manifest.files | outside}).model_dump_json())


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (changed_byte, "is damaged"),
        (fewer_rows, "does not hold what was saved"),
        (elsewhere, "not as it should be"),
        (lambda made: (made / DATABASE).unlink(), "lacks"),
        (lambda made: (made / MANIFEST).write_text("{}"), "not as it should be"),
        (lambda made: (made / MANIFEST).unlink(), "is no backup"),
    ],
)
def test_a_backup_that_is_not_whole_is_refused(made, damage, told, tmp_path):
    damage(made)
    with pytest.raises(SafeToShow, match=told):
        restore_backup(made, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".new*"))


def test_the_folder_of_all_backups_names_the_newest(made, tmp_path):
    with pytest.raises(SafeToShow, match=made.name):
        restore_backup(made.parent, tmp_path / "new")
