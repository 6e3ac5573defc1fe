"""Everybody at once: two thousand messages in twenty channels, as fast as Discord lets a bot answer in a channel.

Half of them are meant for the bot. What may wait has a bound, so that some are left out; their channel is told.
`FULL_SCALE=1` takes Discord's own pace and more bursts.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from itertools import pairwise

import pytest

from benchmarks.load import measured
from bot.traffic import ABREAST, WAITING
from knowledge.presentation import sentences
from tests.fakediscord import Person
from tests.fakediscord.mentions import texts
from tests.scale import scaled, seconds
from tests.wire.test_process_answers import CHEEK

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

_log = logging.getLogger(__name__)

CHANNELS, MESSAGES = 20, 2_000
MEANT = ("what is the capital of France?", CHEEK, "can i have botox when i have a baby?")
OVERHEARD = ("good morning all", CHEEK, "what is the capital of France?", "i had my botox on monday, so happy")
BURSTS = 2 + scaled(20) // 10
# So many messages in so many seconds are let through in a channel.
SENT, SECONDS = 5, scaled(50) / 10
# Discord asks for one in 41 seconds; here they come so often that one that is held up shows. To think about a whole
# burst in one go would hold them up for longer than this, which a busy machine may take.
HEARTBEAT, LATE = 0.5, 3.0
GROWTH = 0.05


async def burst(clinic, people):
    """Write all the messages at once; give those that were meant for the bot, and the others."""

    def one(number):
        channel, who = clinic.rooms[number % CHANNELS], people[number]
        own = number // CHANNELS // 2
        if number // CHANNELS % 2:
            return who.say(channel, OVERHEARD[own % len(OVERHEARD)])
        return who.mention(channel, MEANT[own % len(MEANT)])

    said = await asyncio.gather(*map(one, range(MESSAGES)))
    return [one for one in said if one["mentions"]], [one for one in said if not one["mentions"]]


async def quiet(fake):
    """Wait until the bot has done nothing for longer than it has to wait between two messages."""
    seen, since = -1, time.monotonic()

    def is_quiet():
        nonlocal seen, since
        if len(fake.calls) != seen:
            seen, since = len(fake.calls), time.monotonic()
        return time.monotonic() - since > 2 * SECONDS

    await fake.until(is_quiet, 300)


def replies(fake):
    """Give the bot's messages by what they answer."""
    found = {}
    for one in fake.world.messages.values():
        if one["author"]["id"] == fake.world.bot["id"]:
            found.setdefault(one["message_reference"]["message_id"], []).append(one)
    return found


def is_busy(message):
    return texts(message) == [sentences.BUSY]


async def test_a_burst_is_answered_or_told_to_wait_and_nothing_twice(clinic):
    fake = clinic.fake
    clinic.rooms = [fake.world.add_channel(clinic.guild, f"room-{number}") for number in range(CHANNELS)]
    people = [Person(fake, f"member-{number}", clinic.guild) for number in range(MESSAGES)]
    fake.buckets.limit("POST /channels/{channel_id}/messages", SENT, SECONDS)
    fake.gateway.heartbeat_ms = int(HEARTBEAT * 1_000)
    program = await clinic.ready()
    meant, others, memory = [], [], []
    for number in range(BURSTS):
        # What is sent makes room for others, so nothing is until the whole burst was read.
        released = fake.faults.hold("POST", f"({'|'.join(room['id'] for room in clinic.rooms)})/messages$")
        asked, overheard = await burst(clinic, people)
        meant += asked
        others += overheard
        # The gateway brings this last, and a card waits for no other reply.
        await fake.reply_to(await people[number].say(clinic.watched, "i can't breathe and my throat is swelling"))
        before = len(fake.requests("POST", "/messages"))
        fake.faults.clear()
        released.set()
        await quiet(fake)
        memory.append(measured(program.pid)[0])
        sent = len(fake.requests("POST", "/messages")) - before
        assert sent <= WAITING + ABREAST * CHANNELS, "no more waited than may"
    found = replies(fake)
    told = {reply["channel_id"] for given in found.values() for reply in given if is_busy(reply)}
    unanswered = [one for one in meant if one["id"] not in found]
    gaps = [later - earlier for earlier, later in pairwise(fake.gateway.heartbeats)]
    counts = Counter(len(given) for given in found.values())
    figures = (len(meant), len(meant) - len(unanswered), len(unanswered), len(told), max(gaps), memory)
    _log.warning("%d meant, %d replied to, %d left out, %d channels told; longest gap %.2f s; MB %s", *figures)
    assert set(counts) == {1}, "nothing twice"
    assert unanswered, "or the bound was not reached"
    assert {one["channel_id"] for one in unanswered} <= told
    assert not [one for one in others for reply in found.get(one["id"], []) if is_busy(reply)]
    assert len(meant) - len(unanswered) > BURSTS * WAITING // 2, "half of the room is kept for who asks directly"
    assert max(gaps) < HEARTBEAT + seconds(LATE)
    assert memory[-1] / memory[0] - 1 < GROWTH
    asked = [await clinic.ann.mention(room, CHEEK) for room in clinic.rooms]
    for message in asked:
        assert not is_busy(await fake.reply_to(message)), "afterwards there is room again"
