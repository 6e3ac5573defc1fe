"""Events that come twice, answers that get lost, sessions that end, a Discord that is away: one reply to each."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from itertools import pairwise

import pytest

from tests.faults.counting import Counts
from tests.scale import scaled, seconds
from tests.wire.test_process_answers import CHEEK, shows_the_seed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(2400)]


async def answered(clinic, asked):
    for message in asked:
        await clinic.fake.reply_to(message)


async def test_events_that_come_again_get_one_reply(clinic, record_property):
    """Every event is repeated one to five times after a RESUME; Discord has forgotten the nonces."""
    fake, counts, chance = clinic.fake, Counts(record_property), random.Random(9)
    fake.honours_nonces = False
    await clinic.ready()
    repeated = 0
    while repeated < scaled(10_000):
        batch = [await clinic.ann.mention(clinic.channel, CHEEK) for _ in range(chance.randint(1, 20))]
        await answered(clinic, batch)
        counts.asked += batch
        for _ in range(chance.randint(1, 5)):
            # The replies come back as events too.
            fake.gateway.replay_seen = 2 * len(batch)
            repeated += len(batch)
            before = fake.gateway.resumes
            await fake.gateway.drop(1006)
            await fake.until(lambda before=before: fake.gateway.resumes > before and fake.gateway.live)
    last = await clinic.ann.mention(clinic.channel, CHEEK)
    await answered(clinic, [last])
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)


@pytest.mark.parametrize("kind", [500, 502, 503, 504, "reset", "timeout"])
@pytest.mark.parametrize("after", [False, True])
async def test_a_lost_answer_doubles_and_loses_nothing(clinic, kind, after, record_property):
    """One to three tries fail in a row, before or after the message was made."""
    fake, counts, chance = clinic.fake, Counts(record_property), random.Random(9)
    await clinic.ready()
    for _ in range(max(scaled(84) // 10, 1)):
        fake.faults.clear()
        times = chance.randint(1, 2)
        if kind == "reset":
            fake.faults.hang_up("POST", "/messages$", after=after, times=times)
        elif kind == "timeout":
            fake.faults.fail("POST", "/messages$", 504, after=after, times=times, delay=1.0, body="<html>")
        else:
            fake.faults.fail("POST", "/messages$", kind, after=after, times=times, body="<html>")
        batch = [await clinic.ann.mention(clinic.channel, CHEEK) for _ in range(10)]
        await answered(clinic, batch)
        counts.asked += batch
    await asyncio.sleep(2)  # what is tried once more would be there by now
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)


async def test_rate_limits_of_all_kinds_lose_nothing(clinic, record_property):
    fake, counts = clinic.fake, Counts(record_property)
    await clinic.ready()
    for round_number in range(scaled(30)):
        fake.faults.rate_limit("POST", "/messages$", 0.5, times=2, everywhere=round_number % 2 == 1)
        fake.faults.rate_limit("POST", "/callback$", 0.2, times=1)
        batch = [await clinic.ann.mention(clinic.channel, CHEEK) for _ in range(5)]
        private = await clinic.ann.slash(clinic.channel, "ask", question=CHEEK)
        await answered(clinic, batch)
        assert shows_the_seed(await clinic.ann.shown(private))
        counts.asked += batch
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)


async def test_a_flapping_gateway_costs_no_more_sessions_than_allowed(clinic, record_property):
    """It closes every session each second, half of them for good: one IDENTIFY in five seconds at most."""
    fake, chance, counts = clinic.fake, random.Random(9), Counts(record_property)
    program = await clinic.ready()
    end = time.monotonic() + scaled(300)
    while time.monotonic() < end:
        await asyncio.sleep(1)
        await fake.gateway.drop(chance.choice([1000, 1001, 1006, 4000, 4009]), forget=chance.random() < 0.5)
    began = time.monotonic()
    asked = await clinic.ann.mention(clinic.channel, CHEEK)
    assert shows_the_seed(await fake.reply_to(asked))
    assert time.monotonic() - began < seconds(60)
    gaps = [later - earlier for earlier, later in pairwise(fake.gateway.identified_at)]
    # Each is noted when it arrives: a busy machine may bring one late and the next one not.
    assert all(gap > 5 - seconds(0.1) for gap in gaps), gaps
    assert sum(gaps) > 5 * len(gaps) - seconds(0.1)
    assert len(program.output) < 1_000_000 * max(scaled(300) / 60, 1)
    counts.tell(len(gaps) + 1)


async def test_an_outage_ends_and_the_bot_is_back_within_a_minute(clinic, record_property):
    fake, counts = clinic.fake, Counts(record_property)
    program = await clinic.ready()
    counts.add(await clinic.ann.mention(clinic.channel, CHEEK))
    await fake.reply_to(counts.asked[-1])
    written = len(program.output)
    away = 1_800 if scaled(10) == 10 else 70  # more than what is waited before all is begun anew
    await fake.go_away()
    fake.gateway.sessions.clear()
    await asyncio.sleep(away)
    await fake.start()
    began, before = time.monotonic(), fake.gateway.identifies
    counts.add(await clinic.ann.mention(clinic.channel, CHEEK))
    await fake.until(lambda: fake.gateway.identifies > before)
    took = time.monotonic() - began
    assert shows_the_seed(await fake.reply_to(counts.asked[-1]))
    assert took < seconds(60)
    assert (len(program.output) - written) / max(away / 60, 1) < 1_000_000
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)


async def test_few_sessions_left_are_not_spent(clinic):
    clinic.fake.gateway.sessions_left, clinic.fake.gateway.renewed_in = 0, 3_600
    program = await clinic.begin()
    await clinic.fake.until(lambda: "only few more sessions" in program.output or program.over)
    assert clinic.fake.gateway.identifies == 0
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    clinic.fake.gateway.sessions_left = 5
    clinic.fake.gateway.renewed_in = 6
    await clinic.ready()
    assert shows_the_seed(await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK)))


async def test_two_copies_give_one_reply_each_and_one_database_has_one_process(clinic, tmp_path, record_property):
    """Two copies with a database of their own share Discord's nonce; a second one on the same database is refused."""
    fake, counts = clinic.fake, Counts(record_property)
    first = await clinic.ready()
    for _ in range(scaled(50)):
        refused = await clinic.begin()
        assert await refused.ended() == 3
        assert "already serves" in refused.output
    assert not first.over
    clinic.folder = tmp_path / "second"
    clinic.folder.mkdir()
    await clinic.ready()
    for _ in range(scaled(50)):
        counts.add(await clinic.ann.mention(clinic.channel, CHEEK))
        sent = 2 * len(counts.asked)
        await fake.until(lambda sent=sent: len(fake.requests("POST", "/messages")) >= sent)
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)
