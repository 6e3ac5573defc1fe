"""Queues that are bounded and fair, and end when they are empty; one reply to a message."""

import asyncio
import logging

import pytest

from bot import traffic as module
from bot.traffic import ABREAST, WAITING, WAITING_IN_A_CHANNEL, Traffic
from tests.clock import Clock


@pytest.fixture
def clock():
    return Clock(0.0)


@pytest.fixture
def traffic(clock):
    return Traffic(clock)


def tasks():
    return len(asyncio.all_tasks()) - 1


async def settled():
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others)


async def test_every_job_is_done_in_order_and_no_task_outlives_it(traffic):
    done = []

    def job(number):
        async def work():
            done.append(number)

        return work

    assert all(traffic.put(1, job(number)) for number in range(50))
    await settled()
    assert sorted(done) == list(range(50))
    assert done[:ABREAST] == list(range(ABREAST))
    assert not traffic._queues
    assert not traffic._abreast


async def test_what_was_overheard_leaves_half_of_the_room_to_who_asks_directly(traffic):
    gate = asyncio.Event()
    assert sum(traffic.put(1, gate.wait, overheard=True) for _ in range(WAITING)) == WAITING_IN_A_CHANNEL // 2
    assert sum(traffic.put(1, gate.wait) for _ in range(WAITING)) == WAITING_IN_A_CHANNEL // 2
    others = range(2, WAITING)
    assert sum(traffic.put(channel, gate.wait, overheard=True) for channel in others) == WAITING // 2 - 100
    assert sum(traffic.put(channel, gate.wait) for channel in others) == WAITING // 2
    gate.set()
    await settled()


async def test_a_channel_is_bounded_and_does_not_take_room_from_others(traffic):
    gate = asyncio.Event()
    taken = sum(traffic.put(1, gate.wait) for _ in range(10 * WAITING_IN_A_CHANNEL))
    assert taken == WAITING_IN_A_CHANNEL
    assert traffic.put(2, gate.wait)
    assert tasks() == ABREAST + 1
    gate.set()
    await settled()
    assert traffic.put(1, gate.wait)
    await settled()


async def test_all_channels_together_are_bounded(traffic):
    gate = asyncio.Event()
    taken = sum(traffic.put(channel, gate.wait) for channel in range(2_000) for _ in range(2))
    assert taken == WAITING
    assert len(traffic._queues) <= WAITING
    gate.set()
    await settled()


async def test_a_crash_takes_no_other_job_along_and_says_no_words(traffic, caplog):
    done, words = [], "i took thirty pills"

    async def crash():
        raise ValueError(words)

    async def work():
        done.append(1)

    traffic.put(1, crash)
    traffic.put(1, work)
    await settled()
    assert done == [1]
    assert "Incident" in caplog.text
    assert "pills" not in caplog.text


async def test_a_burst_of_jobs_that_never_wait_leaves_the_loop_free(traffic):
    """What keeps the heartbeat waits for one job of each that is abreast, never for the queue."""
    done = []

    async def never_waits():
        done.append(1)

    for _ in range(WAITING_IN_A_CHANNEL):
        traffic.put(1, never_waits)
    most = 0
    while tasks():
        before = len(done)
        await asyncio.sleep(0)
        most = max(most, len(done) - before)
    assert len(done) == WAITING_IN_A_CHANNEL
    assert most <= ABREAST


async def test_the_end_waits_for_what_is_in_flight_and_for_what_that_still_queues(traffic):
    gate, done = asyncio.Event(), []

    async def work():
        await gate.wait()
        done.append(1)

    for _ in range(3 * ABREAST):
        traffic.put(1, work)
    with traffic.busy():
        ending = asyncio.create_task(traffic.finish(5))
        await asyncio.sleep(0)
        assert traffic.ending
        assert traffic.put(2, work)
        gate.set()
        await asyncio.sleep(0.01)
        assert not ending.done()
    assert await ending == 0
    assert len(done) == 3 * ABREAST + 1


async def test_the_end_comes_in_time_and_counts_what_is_left(traffic):
    for _ in range(ABREAST + 2):
        traffic.put(1, asyncio.Event().wait)
    await asyncio.sleep(0)
    assert await traffic.finish(0.01) == ABREAST + 2
    await settled()


async def test_idle_traffic_ends_at_once(traffic):
    assert await traffic.finish(60) == 0


def test_a_message_is_claimed_once(traffic):
    assert traffic.begin(1)
    assert not traffic.begin(1)


def test_a_reply_is_found_by_its_message_until_it_is_taken_back(traffic):
    traffic.begin(1)
    assert traffic.reply_to(1) is None
    assert traffic.sent(1, channel=2, reply=3)
    assert traffic.reply_to(1) == (2, 3)
    assert traffic.taken_away(1) == 0
    assert traffic.unsent(1) == (2, 3)
    assert traffic.reply_to(1) is None
    assert traffic.unsent(1) is None
    assert traffic.taken_away(1) == 1
    assert traffic.unsent(7) is None
    assert traffic.taken_away(7) == 0


def test_a_reply_to_a_deleted_message_must_go(traffic):
    traffic.begin(1)
    assert traffic.gone(1) is None
    assert traffic.is_gone(1)
    assert not traffic.sent(1, channel=2, reply=3)
    assert traffic.gone(1) == (2, 3)
    assert traffic.gone(99) is None
    assert not traffic.is_gone(99)


def test_a_message_is_thought_over_once_and_never_when_it_is_gone(traffic):
    assert traffic.rethink(1)
    assert not traffic.rethink(1)
    traffic.begin(2)
    traffic.gone(2)
    assert not traffic.rethink(2)


def test_what_happened_is_forgotten_with_time(traffic, clock):
    assert not traffic.within("alarm", 600)
    traffic.note("alarm")
    clock.at = 599
    assert traffic.within("alarm", 600)
    clock.at = 601
    assert not traffic.within("alarm", 600)


def test_memory_is_bounded_and_the_oldest_goes_first(traffic, monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 3)
    for number in range(5):
        traffic.begin(number)
        traffic.note(number)
    assert traffic.begin(0)
    assert not traffic.begin(4)
    assert not traffic.within(0, 60)
    assert traffic.within(4, 60)


def test_nothing_is_logged_of_ordinary_traffic(traffic, caplog):
    caplog.set_level(logging.DEBUG)
    traffic.begin(1)
    traffic.sent(1, 2, 3)
    assert caplog.text == ""
