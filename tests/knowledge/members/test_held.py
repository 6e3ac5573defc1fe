"""What members may agree to have kept: gone from memory in time, and not kept after they had everything deleted."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from knowledge.curation.refusals import Refused
from knowledge.curation.waiting import Route
from knowledge.members import held as module
from knowledge.members.held import FORGOTTEN, LASTS, HeldTexts
from knowledge.records import queue, wordings
from tests.clock import Clock
from tests.knowledge.moderation.doing import NOW, TWITCH
from tests.scale import LONG

ASKED = "why do mosquito bites itch?"


async def test_words_are_let_go_when_their_time_is_over_though_nobody_asks_anything_more(held, monkeypatch):
    monkeypatch.setattr(module, "_LOOK", 0.0)
    clock = Clock(NOW)
    texts = HeldTexts(clock)
    texts.put(1, held(ASKED))
    async with texts.let_go_in_time(), asyncio.timeout(LONG):
        clock.at += LASTS
        texts.put(2, held("why do cats purr?"))
        assert texts.find(1, "ann").text == ASKED
        clock.at += timedelta(seconds=1)
        while len(texts._held) > 1:  # noqa: ASYNC110  # it goes by time, and nothing tells
            await asyncio.sleep(0)
    assert texts.find(2, "ann") is not None


async def test_what_waits_to_be_kept_is_not_kept_after_a_deletion(house, members, held):
    async with members.passing_on._turns["1"]:
        asking = asyncio.create_task(members.passing_on.ask("k", "1", held(ASKED), Route.CHANNEL))
        other = asyncio.create_task(members.passing_on.ask("l", "1", held(ASKED, "bea"), Route.CHANNEL))
        await asyncio.sleep(0)
        await members.privacy.forget("ann")
    with pytest.raises(Refused, match=FORGOTTEN):
        await asking
    assert (await other).askers == 1
    assert await queue.of_member(house.database, "ann") == ()
    again = await members.passing_on.ask("m", "1", held(ASKED), Route.CHANNEL)
    assert again.askers == 2, "what is agreed to after a deletion is kept"


async def test_a_deletion_and_what_was_agreed_to_before_it_leave_nothing_in_whatever_order_they_end(
    house, members, held
):
    for number in range(10):
        begun = [
            asyncio.create_task(members.passing_on.ask(f"a{number}", "1", held(ASKED), Route.CHANNEL)),
            asyncio.create_task(members.passing_on.show(f"s{number}", "1", held(ASKED, entry_id=TWITCH.id))),
        ]
        for _ in range(number):
            await asyncio.sleep(0)
        await members.privacy.forget("ann")
        ended = await asyncio.gather(*begun, return_exceptions=True)
        assert all(one is None or not isinstance(one, Exception) or isinstance(one, Refused) for one in ended)
        if number:
            assert await queue.of_member(house.database, "ann") == ()
            assert await wordings.of_member(house.database, "ann") == ()


async def test_a_press_that_arrives_twice_at_once_keeps_a_wording_once(house, members, held):
    shown = held(ASKED, entry_id=TWITCH.id)
    await asyncio.gather(*(members.passing_on.show("s", "1", shown) for _ in range(2)))
    (kept,) = await wordings.of_member(house.database, "ann")
    assert kept.text == ASKED
