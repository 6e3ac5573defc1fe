"""What was asked around a restart or a lost session is answered once, or counted as missed; never twice, never lost."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.folder import DATABASE
from tests.fakediscord import permissions
from tests.faults.counting import Counts
from tests.scale import scaled
from tests.wire.test_process_answers import CHEEK, shows_the_seed

ALARM = "i can't breathe and my throat is swelling"
MISSED = "SELECT SUM(number) FROM counts WHERE counted = 'missed'"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


def rows(clinic, sql, *values):
    with closing(sqlite3.connect(clinic.folder / "data" / DATABASE)) as connection:
        return connection.execute(sql, values).fetchall()


async def killed(clinic, program):
    program.signal(signal.SIGKILL)
    await program.ended()
    clinic.fake.gateway.sessions.clear()


async def stopped(clinic, program):
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    clinic.fake.gateway.sessions.clear()


def backdated(clinic, message, minutes):
    """Give a message the id and time that it would have if it had been written `minutes` ago."""
    world = clinic.fake.world
    earlier = datetime.now(UTC) - timedelta(minutes=minutes)
    del world.messages[message["id"]]
    message["id"] = world.snowflake_of(earlier)
    message["timestamp"] = earlier.isoformat()
    world.messages[message["id"]] = message
    return message


async def test_a_kill_between_claim_and_reply_leaves_one_reply(clinic, record_property):
    """The kill falls anywhere from the question to the noted reply; Discord has forgotten the nonces meanwhile."""
    fake, chance, counts = clinic.fake, random.Random(9), Counts(record_property)
    fake.honours_nonces = False
    asked = None
    for _ in range(scaled(300, 15)):
        program = await clinic.ready()
        fake.faults.clear()
        # The very first run has to note from when on it listens, before anything can count as missed.
        await fake.until(lambda: rows(clinic, "SELECT * FROM attendance"))
        if asked is not None:
            await fake.reply_to(asked)
        fake.faults.slow("POST", "/messages$", chance.uniform(0, 0.02))
        asked = await clinic.ann.mention(clinic.channel, CHEEK)
        counts.add(asked)
        await asyncio.sleep(chance.uniform(0, 0.06))
        await killed(clinic, program)
    fake.faults.clear()
    program = await clinic.ready()
    await fake.reply_to(asked)
    # A reply that was out before the kill is noted only now.
    await fake.until(lambda: not rows(clinic, "SELECT * FROM deliveries WHERE reply_id IS NULL"))
    await stopped(clinic, program)
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)


async def test_questions_of_a_lost_session_are_answered(clinic, record_property):
    fake, counts = clinic.fake, Counts(record_property)
    await clinic.ready()
    counts.add(await clinic.ann.mention(clinic.channel, CHEEK))
    await fake.reply_to(counts.asked[-1])
    counts.add(await clinic.ann.say(clinic.ann.direct, CHEEK))
    await fake.reply_to(counts.asked[-1])
    thread = await clinic.ann.start_thread(clinic.channel, "aside")
    for number in range(scaled(50)):
        before = fake.gateway.identifies
        await fake.gateway.drop(4000, forget=True)
        counts.add(await clinic.ann.mention(clinic.channel, f"{CHEEK} {number}"))
        counts.add(await clinic.ann.mention(thread, CHEEK))
        counts.add(await clinic.ann.say(clinic.ann.direct, CHEEK))
        small_talk = await clinic.max.say(clinic.channel, "i had toast this morning")
        await fake.until(lambda before=before: fake.gateway.identifies > before)
        for asked in counts.asked[-3:]:
            assert shows_the_seed(await fake.reply_to(asked))
        assert not fake.replies_to(small_talk)
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)


async def test_after_a_restart_fresh_questions_are_answered_and_stale_ones_counted(clinic, record_property):
    fake, counts = clinic.fake, Counts(record_property)
    program = await clinic.ready()
    counts.add(await clinic.ann.mention(clinic.channel, CHEEK))
    await fake.reply_to(counts.asked[-1])
    await stopped(clinic, program)
    # The last message was heard long ago, as after a long time away.
    with closing(sqlite3.connect(clinic.folder / "data" / DATABASE)) as connection, connection:
        connection.execute("UPDATE attendance SET message_id = ?", [fake.world.snowflake_of(ago(60))])
    stale = [backdated(clinic, await clinic.ann.mention(clinic.channel, CHEEK), 20) for _ in range(3)]
    overheard = backdated(clinic, await clinic.ann.say(clinic.watched, CHEEK), 5)
    alarming = backdated(clinic, await clinic.ann.say(clinic.watched, ALARM), 5)
    counts.add(backdated(clinic, await clinic.ann.mention(clinic.channel, CHEEK), 5))
    for _ in range(2):  # the second start finds nothing new
        program = await clinic.ready()
        await fake.reply_to(counts.asked[-1])
        await fake.reply_to(alarming)
        counts.add(await clinic.max.mention(clinic.watched, CHEEK))
        await fake.reply_to(counts.asked[-1])
        await fake.until(lambda: "3 questions" in clinic.programs[1].output)
        await stopped(clinic, program)
    assert not any(fake.replies_to(message) for message in [*stale, overheard])
    assert rows(clinic, MISSED) == [(3,)]
    assert "3 questions" not in clinic.programs[2].output
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)


async def test_a_channel_that_cannot_be_looked_through_keeps_no_other_from_it(clinic):
    fake = clinic.fake
    program = await clinic.ready()
    await fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK))
    await stopped(clinic, program)
    asked = await clinic.ann.mention(clinic.watched, CHEEK)
    await clinic.ann.mention(clinic.channel, CHEEK)  # said last, so looked for first
    fake.faults.hang_up("GET", f"/channels/{clinic.channel['id']}/messages", times=1_000)
    await clinic.ready()
    assert shows_the_seed(await fake.reply_to(asked))


async def test_what_a_member_wrote_before_they_let_it_read_them_again_stays_unread(clinic):
    """A restart looks some minutes back, over what was rightly left unread."""
    fake = clinic.fake
    await stopped(clinic, await clinic.ready())
    unread = await clinic.ann.say(clinic.watched, ALARM)
    with closing(sqlite3.connect(clinic.folder / "data" / DATABASE)) as connection, connection:
        connection.execute("INSERT INTO opt_ins VALUES (?, ?)", [unread["author"]["id"], int(ago(0).timestamp()) + 1])
    read = await clinic.max.say(clinic.watched, ALARM)
    await clinic.ready()
    await fake.reply_to(read)
    # Asked last and answered: what came before has been looked at.
    await fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK))
    assert not fake.replies_to(unread)


async def test_an_edit_and_a_deletion_after_a_restart_find_the_reply(clinic):
    fake = clinic.fake
    fake.honours_nonces = False
    program = await clinic.ready()
    mended = await clinic.ann.mention(clinic.channel, "what is the capital of france")
    deleted = await clinic.ann.mention(clinic.channel, CHEEK)
    hushed = await clinic.ann.mention(clinic.channel, CHEEK)
    alarming = await clinic.ann.mention(clinic.channel, ALARM)
    replies = [await fake.reply_to(asked) for asked in (mended, deleted, hushed, alarming)]
    await stopped(clinic, program)
    await clinic.ready()
    await clinic.ann.delete(deleted)
    await fake.until(lambda: replies[1]["id"] not in fake.world.messages)
    await clinic.ann.edit(mended, f"<@{fake.world.application_id}> {CHEEK}")
    await fake.until(lambda: shows_the_seed(replies[0]))
    await clinic.ann.edit(alarming, f"<@{fake.world.application_id}> {CHEEK}")
    await clinic.ann.edit(hushed, "never mind")
    await fake.until(lambda: replies[2]["id"] not in fake.world.messages)
    assert [len(fake.replies_to(asked)) for asked in (mended, deleted, hushed, alarming)] == [1, 0, 0, 1]
    assert not shows_the_seed(fake.replies_to(alarming)[0]), "a card stays"


async def test_an_uncertain_reply_is_settled_by_what_the_channel_holds(clinic):
    """Its reply is there, its question is gone, it is too old to be answered, or its channel may not be read."""
    fake, world = clinic.fake, clinic.fake.world
    fake.honours_nonces = False
    program = await clinic.ready()
    there, gone, old, lost = [await clinic.ann.mention(clinic.channel, CHEEK) for _ in range(4)]
    hidden = await clinic.ann.mention(clinic.watched, CHEEK)
    replies = [await fake.reply_to(asked) for asked in (there, gone, old, lost, hidden)]
    await stopped(clinic, program)
    for message in (gone, *replies[1:]):
        del world.messages[message["id"]]
    was = old["id"]
    backdated(clinic, old, 20)
    with closing(sqlite3.connect(clinic.folder / "data" / DATABASE)) as connection, connection:
        connection.execute("UPDATE deliveries SET reply_id = NULL, settled_at = NULL")
        connection.execute("UPDATE deliveries SET asked_id = ? WHERE asked_id = ?", [old["id"], was])
    world.overwrite(clinic.watched, world.bot["id"], deny=permissions.READ_MESSAGE_HISTORY)
    program = await clinic.ready()
    await fake.until(lambda: "Looked after 5 replies" in program.output)
    again = await fake.reply_to(lost)
    await stopped(clinic, program)
    kept = rows(clinic, "SELECT asked_id, reply_id FROM deliveries ORDER BY asked_id")
    assert kept == [(there["id"], replies[0]["id"]), (lost["id"], again["id"])]
    assert rows(clinic, MISSED) == [(2,)]
    assert [len(fake.replies_to(asked)) for asked in (there, gone, old, lost, hidden)] == [1, 0, 0, 1, 0]


def ago(minutes):
    return datetime.now(UTC) - timedelta(minutes=minutes)
