"""The bot as a process, asked over the wire."""

from __future__ import annotations

import signal
import time
from itertools import pairwise

import pytest

from knowledge.safety.notice import NOTICE
from tests.fakediscord import Person
from tests.fakediscord.mentions import texts
from tests.fakediscord.state import EPHEMERAL
from tests.scale import seconds

CHEEK = "can botox stop my cheek from twitching?"
NAMES = ("Sanusi Umar, MD", "Matheson A. Harris, MD", "Manhattan Dermatologic Surgeon")


def shows_the_seed(message):
    said = "\n".join(texts(message))
    return said.endswith(NOTICE) and all(name in said for name in NAMES)


async def test_a_mention_gets_the_answer_and_sigterm_ends_it(clinic):
    program = await clinic.ready()
    reply = await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK))
    assert shows_the_seed(reply)
    assert [user["id"] for user in reply["mentions"]] == [clinic.ann.user["id"]]
    overheard = await clinic.fake.reply_to(await clinic.ann.say(clinic.watched, CHEEK))
    assert shows_the_seed(overheard)
    assert not overheard["mentions"]
    private = await clinic.ann.shown(await clinic.ann.slash(clinic.channel, "ask", question=CHEEK))
    assert shows_the_seed(private)
    assert private["flags"] & EPHEMERAL
    direct = await clinic.fake.reply_to(await clinic.ann.say(clinic.ann.direct, CHEEK))
    assert shows_the_seed(direct)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert "cheek" not in program.output
    assert clinic.fake.inspection.seen >= 4


@pytest.mark.slow
async def test_replayed_events_get_one_reply_each(clinic):
    await clinic.ready()
    asked = [await clinic.ann.mention(clinic.channel, CHEEK) for _ in range(3)]
    for message in asked:
        await clinic.fake.reply_to(message)
    clinic.fake.gateway.replay_seen = 20
    await clinic.fake.gateway.drop(1006)
    missed = await clinic.ann.mention(clinic.channel, CHEEK)
    await clinic.fake.reply_to(missed)
    assert clinic.fake.gateway.resumes == 1
    assert [len(clinic.fake.replies_to(message)) for message in [*asked, missed]] == [1] * 4


@pytest.mark.slow
async def test_rate_limits_are_waited_out(clinic):
    await clinic.ready()
    clinic.fake.faults.rate_limit("POST", "/messages$", 1.0, times=2)
    began = time.monotonic()
    asked = [await clinic.ann.mention(clinic.channel, CHEEK) for _ in range(5)]
    for message in asked:
        await clinic.fake.reply_to(message)
    assert time.monotonic() - began > 1.0
    assert [len(clinic.fake.replies_to(message)) for message in asked] == [1] * 5


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("status", [502, 503, None])
async def test_a_reply_that_failed_or_whose_answer_got_lost_is_there_once(clinic, status, after):
    """None: the connection is cut. `after`: the message was made, and only the answer to it got lost."""
    await clinic.ready()
    if status:
        clinic.fake.faults.fail("POST", "/messages$", status, after=after, body="<html>bad gateway</html>")
    else:
        clinic.fake.faults.hang_up("POST", "/messages$", after=after)
    asked = await clinic.ann.mention(clinic.channel, CHEEK)
    await clinic.fake.until(lambda: len(clinic.fake.requests("POST", "/messages")) == 2)
    assert shows_the_seed(await clinic.fake.reply_to(asked))
    assert len(clinic.fake.replies_to(asked)) == 1


@pytest.mark.slow
async def test_after_a_lost_session_it_answers_again(clinic):
    program = await clinic.ready()
    await clinic.fake.gateway.invalidate(resumable=False)
    await clinic.fake.until(lambda: clinic.fake.gateway.identifies == 2)
    assert shows_the_seed(await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK)))
    assert not program.over


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_ten_replies_in_flight_are_finished_at_the_end(clinic, number):
    program = await clinic.ready()
    clinic.fake.faults.slow("POST", "/messages$", 0.5)
    asked = [await clinic.ann.mention(clinic.channel, CHEEK) for _ in range(10)]
    await clinic.fake.until(lambda: clinic.fake.requests("POST", "/messages"))
    program.signal(number)
    assert await program.ended() == 0
    assert [len(clinic.fake.replies_to(message)) for message in asked] == [1] * 10


@pytest.mark.slow
async def test_two_copies_of_the_bot_give_one_reply(clinic, tmp_path):
    await clinic.ready()
    clinic.folder = tmp_path / "second"
    clinic.folder.mkdir()
    await clinic.ready()
    asked = [await clinic.ann.mention(clinic.channel, CHEEK) for _ in range(5)]
    await clinic.fake.until(lambda: len(clinic.fake.requests("POST", "/messages")) == 10)
    assert [len(clinic.fake.replies_to(message)) for message in asked] == [1] * 5


@pytest.mark.slow
async def test_a_burst_makes_no_heartbeat_late(clinic):
    fake = clinic.fake
    fake.gateway.heartbeat_ms = 200
    fake.faults.slow("POST", "/messages$", 0.2)
    await clinic.ready()
    asked = [await clinic.ann.say(clinic.watched, f"{CHEEK} {number}") for number in range(400)]
    direct = await clinic.ann.say(clinic.ann.direct, CHEEK)
    await fake.reply_to(direct)
    await fake.until(lambda: len(fake.gateway.heartbeats) >= 15)
    gaps = [later - earlier for earlier, later in pairwise(fake.gateway.heartbeats)]
    assert max(gaps) < 0.2 + seconds(0.4)
    await fake.until(lambda: sum(len(fake.replies_to(message)) for message in asked) >= 50)
    assert {len(fake.replies_to(message)) for message in asked} <= {0, 1}


@pytest.mark.slow
async def test_a_stranger_s_direct_message_is_answered(clinic):
    await clinic.ready()
    eve = Person(clinic.fake, "eve")
    assert shows_the_seed(await clinic.fake.reply_to(await eve.say(eve.direct, CHEEK)))
