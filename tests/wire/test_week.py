"""A week in three servers, with restarts and kills in between: in the end all is as it should be.

Everything goes over the wire. Seven days pass by moving what is counted a day back while the bot is away. The same
week is played each time; `WEEK_SEED` in the environment plays another one, and `WEEK_SEED=any` one of its own choice,
whose seed is printed when it fails.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import signal

import pytest

from tests.scale import scaled
from tests.wire.week import UNKNOWN, Week

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

_log = logging.getLogger(__name__)

DAYS = 7
DEEDS = scaled(150)
ACTS = {
    Week.ask: 6,
    Week.ask_by_command: 3,
    Week.overhear: 5,
    Week.alarm: 1,
    Week.pass_on: 6,
    Week.take_back: 1,
    Week.vote: 4,
    Week.opt: 1,
    Week.answer: 2,
    Week.dismiss: 1,
    Week.withdraw_or_restore: 2,
}


async def night(week, number):
    """End the bot, by turns as it is asked to and by `kill -9` while it answers; ask, and change a file, meanwhile."""
    program = week.clinic.programs[-1]
    await week.all_recalled()
    await week.noted()
    kill = number % 2 == 1
    missed = [(server, await week.ask(server, listening=False)) for server in week.servers if kill]
    if kill:
        # Anywhere between the question's arrival and after its reply.
        await asyncio.sleep(week.chance.uniform(0.0, 0.1))
    program.signal(signal.SIGKILL if kill else signal.SIGTERM)
    code = await program.ended()
    assert kill or code == 0
    for server in week.servers:
        server.killed() if kill else server.wrote()
    week.fake.gateway.sessions.clear()
    week.a_day_passes()
    await week.edit_book()
    missed += [(server, await week.ask(server, listening=False)) for server in week.servers]
    await week.clinic.ready()
    for server, message in missed:
        title = message["content"].split(" ", 1)[1]
        await week.asked(server, message, title)


async def right(week):
    """Hold everything that is to be seen against what should be."""
    for server in week.servers:
        figures, should, name = await week.stats(server), server.counts, server.guild.name
        shown = {
            label: int(figures[label])
            for label in ("Answered", "Missed", "Emergencies", "Silent", "Asked back", "Other")
        }
        silent, lost = should["silent"], server.perhaps_lost
        assert silent - lost <= shown.pop("Silent") <= silent, (name, figures, should)
        expected = {"Answered": should["answered"], "Missed": should["missed"], "Emergencies": should["emergencies"]}
        assert shown == expected | {"Asked back": 0, "Other": 0}, (name, figures, should)
        helpful = sum(server.votes.values())
        share = f"{helpful / len(server.votes):.0%}" if server.votes else "-"
        assert figures["Helpful"] == share, name
        assert {one: week.tellings(*one) for one in server.to_tell} == dict(server.to_tell), name
    assert not week.wrong_replies()
    assert not week.strangers_words()


def kept_texts(week):
    """Name the questions of members that stand in the bot's folder, and in none of the forms that moderators sent."""
    written = {title for server in week.servers for title in server.answers}
    raw = b"".join(path.read_bytes() for path in week.clinic.folder.rglob("*") if path.is_file())
    return {text for text in UNKNOWN if text not in written and text.encode() in raw}


async def test_a_week(clinic):
    chosen = os.environ.get("WEEK_SEED", "1")
    seed = random.randrange(10**6) if chosen == "any" else int(chosen)
    _log.warning("WEEK_SEED=%d", seed)
    week = Week(clinic, random.Random(seed))
    await clinic.ready()
    done = 0
    for day in range(DAYS):
        for _ in range(DEEDS):
            act = week.chance.choices(list(ACTS), list(ACTS.values()))[0]
            await act(week, week.chance.choice(week.servers))
            done += 1
        await week.all_recalled()
        await week.noted()
        await right(week)
        if day < DAYS - 1:
            await night(week, day)
    waiting = {one.text for server in week.servers for one in server.waiting}
    assert kept_texts(week) <= waiting, "what nobody passed on, took back or got answered is not kept"
    assert not [message for message, replies in week.replies().items() if len(replies) > 1]
    counts = sum((server.counts for server in week.servers), start=week.servers[0].counts.__class__())
    _log.warning("%d deeds, %s, told %d", done, dict(counts), sum(sum(one.to_tell.values()) for one in week.servers))
