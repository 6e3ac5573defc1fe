"""Backups beside writers, kills in the middle of one, and the drill: save, back up, kill, restore, serve."""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.backend import open_backend
from bot.backups.making import backups_in, make_backup
from bot.backups.restoring import restore_backup
from bot.config import load_config
from bot.store.folder import DATABASE
from knowledge.curation.rights import Caller
from knowledge.model import Answer
from knowledge.records.database import open_database
from tests.bot.cli.serving import make_place
from tests.fakediscord.mentions import texts
from tests.faults.counting import Counts
from tests.scale import scaled
from tests.wire.program import Program, write_settings

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNEE = "Why do my knees crack when I squat?"
# Saves numbers, and backs up after each, telling of what is saved and backed up by lines.
SAVING = """
    import asyncio, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from bot.backups.making import make_backup
    from bot.config import load_config
    from knowledge.records.database import open_database

    async def main(settings):
        config = load_config(settings)
        async with open_database(config.storage.path / "second-opinion.sqlite3") as database:
            ((number,),) = await database.read("SELECT COUNT(*) FROM examples")
            while True:
                number += 1
                await database.write(lambda change: change.execute(
                    "INSERT INTO examples VALUES ('1', ?, ?, '', 0)", str(number), "x" * 20_000))
                make_backup(config.storage.path, config.knowledge.path, Path("backups"), 3, datetime.now(UTC))
                print(number, flush=True)

    asyncio.run(main(Path(sys.argv[1])))
"""


async def insert(change, number, words):
    await change.execute("INSERT INTO examples VALUES ('1', ?, ?, '', 0)", str(number), words)


def saved_in(database):
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT COUNT(*) FROM examples").fetchone()[0]


async def test_every_backup_beside_a_writer_holds_what_was_saved_before_it(tmp_path, record_property):
    place, saved, ended, counts = make_place(tmp_path), 0, False, Counts(record_property)
    config = load_config(place.config)

    async def write(database):
        nonlocal saved
        while not ended:
            words = "x" * random.Random(saved).randrange(5000)
            await database.write(partial(insert, number=saved, words=words))
            saved += 1

    lost = 0
    async with open_database(config.storage.path / DATABASE) as database:
        writing = asyncio.create_task(write(database))
        for _ in range(scaled(200)):
            before = saved
            made = await asyncio.to_thread(
                make_backup, config.storage.path, config.knowledge.path, tmp_path / "backups", 2, NOW
            )
            lost += not before <= saved_in(made.path / DATABASE) <= saved + 1
            assert made.manifest.rows["examples"] == saved_in(made.path / DATABASE)
            shutil.rmtree(made.path)
        ended = True
        await writing
    counts.tell(scaled(200), lost=lost)
    assert lost == 0


def test_a_kill_in_the_middle_leaves_every_earlier_backup_whole(tmp_path, record_property):
    place, chance, counts, lost = make_place(tmp_path), random.Random(11), Counts(record_property), 0
    for number in range(scaled(200)):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(SAVING), str(place.config)], cwd=tmp_path, stdout=subprocess.PIPE
        )
        last = int(process.stdout.readline())
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, 0.1))
        process.kill()
        last = max([last, *map(int, process.communicate()[0].split())])
        newest = backups_in(tmp_path / "backups")[-1]
        restored = restore_backup(newest, tmp_path / f"restored-{number}")
        lost += saved_in(restored.storage / DATABASE) < last
        shutil.rmtree(tmp_path / f"restored-{number}")
    counts.tell(scaled(200), lost=lost)
    assert lost == 0
    assert len(list((tmp_path / "backups").glob(".making*"))) <= 1


def kept_in(database):
    """Give what moderators saved: every revision, and where each entry stands."""
    with closing(sqlite3.connect(database)) as connection:
        return [
            connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("revisions", "entries", "requests")
        ]


async def test_the_drill_of_saving_backing_up_killing_restoring_and_serving(clinic):
    """What members saw before, they see again from the restored place, with every revision behind it."""
    config = load_config(write_settings(clinic.folder, clinic.fake, watch=[], samples=False))
    moderator = Caller(clinic.guild.id, "1", manages_messages=True)
    async with open_backend(config, samples=False) as backend:
        proposal = backend.moderators.propose.new(moderator, KNEE, [Answer("Gas in the joint.", name="Jo Kim, MD")])
        await backend.moderators.edit.save(moderator, "k", proposal)
    clinic.fake.inspection.know([proposal.question])
    serving = await clinic.ready()
    before = await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, KNEE))
    made = await Program.start("backup", "backups", folder=clinic.folder)
    assert await made.ended() == 0, made.output
    serving.signal(signal.SIGKILL)
    await serving.ended()
    held = kept_in(clinic.folder / "data" / DATABASE)
    shutil.rmtree(clinic.folder / "data")
    restored = await Program.start("restore", made.output.split(" ")[0], "new", folder=clinic.folder)
    assert await restored.ended() == 0, restored.output
    shutil.move(clinic.folder / "new/data", clinic.folder / "data")
    clinic.fake.gateway.sessions.clear()
    await clinic.ready()
    after = await clinic.fake.reply_to(await clinic.max.mention(clinic.channel, KNEE))
    assert texts(after) == texts(before)
    assert kept_in(clinic.folder / "data" / DATABASE) == held
