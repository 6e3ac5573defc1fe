"""What the gateway sends may be anything: the bot answers on, or is back within seconds."""

from __future__ import annotations

import copy
import logging
import random
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakediscord.payloads import guild_create, seen_by
from tests.faults.counting import Counts
from tests.scale import scaled
from tests.wire.test_process_answers import CHEEK, shows_the_seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakediscord.state import Json

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

_log = logging.getLogger(__name__)

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 2**80, 1.5, "", "x", "0", "\ud83d", "\0", "9" * 5_000, [], {}, [None], [[]], [{}],
)  # fmt: skip
# How often the bot is asked whether it still answers.
EVERY = 25


async def recorded(clinic) -> list[tuple[str, Json]]:
    """Give what Discord sends in an ordinary minute, in the words of the wire."""
    world, session = clinic.fake.world, clinic.fake.gateway.live[0]
    asked = await clinic.ann.mention(clinic.channel, CHEEK)
    reply = await clinic.fake.reply_to(asked)
    answering = await clinic.ann.say(clinic.channel, CHEEK, reply_to=reply)
    direct = await clinic.ann.say(clinic.ann.direct, CHEEK)
    thread = await clinic.ann.start_thread(clinic.channel, "aside")
    gone = {"id": asked["id"], "channel_id": asked["channel_id"], "guild_id": clinic.guild.id}
    await clinic.ann.slash(clinic.channel, "ask", question=CHEEK)
    await clinic.ann.autocomplete(clinic.channel, "ask", "question", question="twitching")
    await clinic.ann.press(reply, label="Not my question")
    await clinic.max.slash(clinic.channel, "answer add")
    events = [("MESSAGE_CREATE", seen_by(world, one, session.intents)) for one in (asked, reply, answering, direct)]
    events += [
        ("MESSAGE_UPDATE", {**events[0][1], "edited_timestamp": asked["timestamp"]}),
        ("MESSAGE_DELETE", gone),
        ("MESSAGE_DELETE_BULK", {"ids": [asked["id"]], "channel_id": asked["channel_id"], "guild_id": clinic.guild.id}),
        ("THREAD_CREATE", {**thread, "newly_created": True}),
        ("CHANNEL_UPDATE", clinic.channel),
        ("GUILD_ROLE_UPDATE", {"guild_id": clinic.guild.id, "role": next(iter(clinic.guild.roles.values()))}),
        ("GUILD_CREATE", guild_create(world, world.add_guild("Elsewhere"), session.intents)),
    ]
    return events + [("INTERACTION_CREATE", one) for one in session.told("INTERACTION_CREATE")]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give where each value of a payload stands."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def changed(payload: Json, chance: random.Random) -> Json:
    """Give a payload with one to three of its fields removed, retyped, nested or repeated."""
    odd = copy.deepcopy(payload)
    for _ in range(chance.randint(1, 3)):
        found = list(places(odd))
        if not found:
            return odd
        *way, last = chance.choice(found)
        holder = odd
        for step in way:
            holder = holder[step]
        match chance.randrange(5):
            case 0:
                del holder[last]
            case 1 | 2:
                holder[last] = chance.choice(ODD)
            case 3:
                holder[last] = {"inside": [holder[last]] * 3}
            case _:
                holder[last] = [holder[last]]
    return odd


async def test_no_event_of_thousands_stops_the_bot(clinic, record_property):
    """Odd events that end the connection cost seconds; none ends the process, and none is answered twice."""
    fake, chance, counts = clinic.fake, random.Random(9), Counts(record_property)
    program = await clinic.ready()
    events, total, slowest = await recorded(clinic), scaled(5_000), 0.0
    fake.inspection.take()
    for number in range(total):
        name, payload = chance.choice(events)
        await fake.gateway.emit_raw(name, changed(payload, chance))
        if number % EVERY == EVERY - 1:
            true = guild_create(fake.world, clinic.guild, fake.gateway.live[0].intents)
            # An odd event may say, readably, that the bot may not write: here stands what is true.
            await fake.gateway.emit_raw("GUILD_CREATE", true)
            began = time.monotonic()
            asked = await clinic.ann.mention(clinic.channel, CHEEK)
            counts.add(asked)
            assert shows_the_seed(await fake.reply_to(asked)), program.output[-2_000:]
            slowest = max(slowest, time.monotonic() - began)
    assert not program.over
    _log.warning("%d odd events, %d sessions, slowest answer %.1f s", total, fake.gateway.identifies, slowest)
    counts.replies(fake)
    assert (counts.lost, counts.doubled) == (0, 0)
    assert "cheek" not in program.output
    counts.tell(total)
