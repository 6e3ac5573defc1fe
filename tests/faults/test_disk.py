"""The disk fails under the running bot: that is told, answering goes on from memory, and it mends by itself."""

from __future__ import annotations

import asyncio
import errno
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from bot.store.folder import DATABASE
from tests.fakediscord.mentions import texts
from tests.faults.counting import Counts
from tests.faults.disk import NO_COMPILER, Disk, compiler
from tests.scale import seconds
from tests.wire.test_process_answers import CHEEK, shows_the_seed
from tests.wire.test_process_kills import bodies, proposal, says_saved

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not compiler(), reason=NO_COMPILER),
]
FAULTS = {"full": errno.ENOSPC, "read-only": errno.EROFS, "broken": errno.EIO}


@pytest.fixture
def disk(clinic, tmp_path):
    made = Disk.made(tmp_path, clinic.folder / "data")
    clinic.environment = made.environment()
    return made


def told(interaction):
    messages = [message for message in (interaction.original, *interaction.followups) if message]
    return "\n".join(text for message in messages for text in texts(message))


@pytest.mark.parametrize(("fault", "reads"), [("full", False), ("read-only", False), ("broken", True)])
async def test_answering_goes_on_and_nothing_is_called_saved(clinic, disk, fault, reads, record_property):
    fake, counts = clinic.fake, Counts(record_property)
    program = await clinic.ready(samples=True)
    body, message = await proposal(clinic, 2)
    disk.fail(FAULTS[fault], reads=reads)
    for _ in range(10):
        counts.add(await clinic.ann.mention(clinic.channel, CHEEK))
        began = time.monotonic()
        assert shows_the_seed(await fake.reply_to(counts.asked[-1]))
        assert time.monotonic() - began < seconds(3)
    private = await clinic.ann.shown(await clinic.ann.slash(clinic.channel, "ask", question=CHEEK))
    assert shows_the_seed(private)
    card = await fake.reply_to(await clinic.ann.say(clinic.watched, "i can't breathe and my throat is swelling"))
    assert "911" in texts(card)[0]
    refused = await clinic.max.press(message, label="Save")
    await fake.until(lambda: "Not saved" in told(refused))
    assert not says_saved(refused)
    disk.mend()
    again = await clinic.max.press(message, label="Save")
    await fake.until(lambda: says_saved(again))
    for _ in range(20):  # after a failure nothing is noted for ten seconds
        counts.add(await clinic.ann.mention(clinic.channel, CHEEK))
        await fake.reply_to(counts.asked[-1])
        if noted(clinic):
            break
        await asyncio.sleep(1)
    else:
        pytest.fail("deliveries are not noted again")
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert bodies(clinic.folder / "data" / DATABASE) == [body]
    assert "Traceback" not in program.output
    assert len(program.output) < 50_000
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)


def noted(clinic):
    """Whether a delivery was noted, as none could be before."""
    with closing(sqlite3.connect(f"file:{clinic.folder / 'data' / DATABASE}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT COUNT(*) FROM deliveries WHERE reply_id IS NOT NULL").fetchone()[0] > 0


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_start_on_such_a_disk_serves_or_says_why_not(clinic, disk, fault):
    program = await clinic.ready()
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    clinic.fake.gateway.sessions.clear()
    disk.fail(FAULTS[fault])
    program = await clinic.begin()
    before = clinic.fake.gateway.identifies
    await clinic.fake.until(lambda: program.over or clinic.fake.gateway.identifies > before)
    if program.over:
        assert await program.ended() == 3
        assert "Traceback" not in program.output
        assert str(clinic.folder / "data") in program.output
    else:
        assert shows_the_seed(await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK)))
    disk.mend()
    await program.close()
    clinic.fake.gateway.sessions.clear()
    await clinic.ready()
    assert shows_the_seed(await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK)))


async def test_the_log_names_the_version_of_sqlite(clinic):
    program = await clinic.ready()
    assert f"SQLite {sqlite3.sqlite_version} serves from" in program.output
