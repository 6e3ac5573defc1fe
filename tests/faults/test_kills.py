"""`kill -9` while a member votes: what was acknowledged is there, and every member has one vote."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
from contextlib import closing

import pytest

from bot.backend import DATABASE
from tests.fakediscord import Person
from tests.fakediscord.mentions import texts
from tests.faults.counting import Counts
from tests.scale import scaled
from tests.wire.test_process_answers import CHEEK

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def votes(clinic):
    with closing(sqlite3.connect(clinic.folder / "data" / DATABASE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT member_id, verdict FROM votes").fetchall()


async def test_no_acknowledged_vote_is_lost_or_doubled(clinic, record_property):
    fake, chance, expected = clinic.fake, random.Random(9), {}
    lost = untold = 0
    kills = scaled(300, 15)
    for number in range(kills):
        program = await clinic.ready()
        if number == 0:
            reply = await fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK))
        member = Person(fake, f"member{number}", clinic.guild)
        pressed = await member.press(reply, label=chance.choice(["Helpful", "Not helpful"]))
        if number % 2:
            await fake.until(lambda pressed=pressed: pressed.shown)
        else:
            await asyncio.sleep(chance.uniform(0, 0.02))
        program.signal(signal.SIGKILL)
        await program.ended()
        fake.gateway.sessions.clear()
        kept = dict(votes(clinic))
        told = bool(pressed.shown) and "Not saved" not in "\n".join(texts(pressed.shown))
        untold += not told
        if told:
            expected[member.user["id"]] = kept.get(member.user["id"])
            lost += member.user["id"] not in kept
    doubled = len(votes(clinic)) - len(dict(votes(clinic)))
    lost += sum(verdict is None for verdict in expected.values())
    Counts(record_property).tell(kills, lost=lost, doubled=doubled)
    assert (lost, doubled) == (0, 0)
    assert expected.items() <= dict(votes(clinic)).items()
    assert len(expected) >= kills // 2
    assert untold or kills < 100, "none came before the acknowledgement; a few may all be late"
