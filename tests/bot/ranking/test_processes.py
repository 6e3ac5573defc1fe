"""Real processes that rank: what they give, and what becomes of texts when they do not."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.ranking import process, processes
from bot.ranking.processes import open_ranking
from knowledge.content.library import compose, with_server
from knowledge.desk import AnswerDesk
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.model import Answer, Outcome, Place, Question
from tests.rankers import rankers_of
from tests.scale import LONG

CHEEK = "can botox stop my cheek from twitching?"
SORE = "What helps a sore toe?"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Replace a process without a pause."""
    monkeypatch.setattr(processes, "FIRST_PAUSE", 0.0)


@asynccontextmanager
async def one_ready(snapshot):
    """Give one process that has indexed a Snapshot's book."""
    async with open_ranking(1) as ranking:
        assert await ranking.rank(snapshot, CHEEK) is None
        await until_ready(ranking)
        yield ranking


async def until_ready(ranking):
    await until(lambda: ranking.ready)


async def until(holds):
    async with asyncio.timeout(LONG):
        while not holds():  # noqa: ASYNC110  # another process makes it so
            await asyncio.sleep(0.005)


def workers():
    return rankers_of(os.getpid())


def environment_of(process):
    return Path(f"/proc/{process}/environ").read_bytes()


def question(number, title):
    return Question(number, title, (Answer("Rest it.", name="Jo Kim, MD"),))


async def test_it_ranks_as_the_bot_does_in_each_server(shipped):
    server = with_server(shipped, [question("toe", SORE)])
    async with one_ready(shipped) as ranking:
        for snapshot in (shipped, server):
            for text in (CHEEK, SORE, "thanks"):
                assert await ranking.rank(snapshot, text) == snapshot.matcher.rank(text)


async def test_many_texts_at_once_get_their_own_rankings(shipped):
    texts = [f"{'really ' * (number % 7)}{(CHEEK, SORE)[number % 2]}" for number in range(60)]
    async with one_ready(shipped) as ranking:
        found = await asyncio.gather(*(ranking.rank(shipped, text) for text in texts))
    assert found == [shipped.matcher.rank(text) for text in texts]


SLOW = """
import sys, time
from bot.ranking.frames import framed, messages
asked = messages(sys.stdin.buffer)
for message in asked:
    if message:
        time.sleep(0.5)
    sys.stdout.buffer.write(framed((message[0], "found") if message else None))
    sys.stdout.buffer.flush()
"""


@pytest.mark.slow
async def test_a_long_queue_is_no_reason_to_give_a_process_up(monkeypatch):
    monkeypatch.setattr(process, "PROGRAM", ("-c", SLOW))
    monkeypatch.setattr(process, "PATIENCE", 2.0)
    async with process.ranking_process() as slow:
        await slow.learn(())
        answering = asyncio.create_task(slow.answers())
        assert await asyncio.gather(*(slow.rank(CHEEK, b"") for _ in range(8))) == ["found"] * 8
    await answering


async def test_a_book_that_is_not_wholly_indexed_here_is_never_ranked_by_the_one_before(shipped):
    begun = compose(
        [question("toe", SORE)],
        build_matcher=lambda questions: Matcher.of_wordings(questions, load_matching_data()),
        screen=shipped.screen,
        cards=shipped.cards,
        policy=shipped.policy,
    )
    async with one_ready(shipped) as ranking:
        for text in (SORE, CHEEK):
            assert await ranking.rank(begun, text) is None
        assert ranking.ready


async def test_another_book_is_ranked_here_until_it_is_indexed_there(shipped):
    changed = compose(
        [question("toe", SORE)],
        build_matcher=lambda questions: Matcher.build(questions, load_matching_data()),
        screen=shipped.screen,
        cards=shipped.cards,
        policy=shipped.policy,
    )
    async with one_ready(shipped) as ranking:
        assert await ranking.rank(changed, SORE) is None
        await until_ready(ranking)
        assert (await ranking.rank(changed, SORE)).matches[0].question.id == "toe"
        await until(lambda: len(workers()) == 1)


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_process_that_fails_is_replaced_and_its_texts_are_ranked_here(shipped, monkeypatch, sent):
    monkeypatch.setattr(process, "PATIENCE", 0.2)
    desk_place = Place(addressed=True)
    async with one_ready(shipped) as ranking:
        desk = AnswerDesk(shipped, ranking.rank)
        (worker,) = workers()
        os.kill(worker, sent)
        decided = await asyncio.gather(*(desk.decide(CHEEK, desk_place) for _ in range(5)))
        assert {decision.outcome for decision in decided} == {Outcome.ANSWER}
        await until(lambda: ranking.ready and workers() not in ([worker], []))
        monkeypatch.setattr(process, "PATIENCE", LONG)
        assert await ranking.rank(shipped, CHEEK) == shipped.matcher.rank(CHEEK)


async def test_the_signals_that_end_the_bot_do_not_end_its_work(shipped):
    async with one_ready(shipped) as ranking:
        (worker,) = workers()
        for sent in (signal.SIGTERM, signal.SIGINT):
            os.kill(worker, sent)
        assert await ranking.rank(shipped, CHEEK) == shipped.matcher.rank(CHEEK)
        assert workers() == [worker]


async def test_nothing_is_left_and_it_knows_no_secret(shipped, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "a-token-of-nobody")
    monkeypatch.setenv("NOTIFY_SOCKET", "/nowhere")
    async with one_ready(shipped):
        (worker,) = workers()
        environment = environment_of(worker)
        assert b"a-token-of-nobody" not in environment
        assert b"NOTIFY_SOCKET" not in environment
        assert b"PATH=" in environment
    assert not workers()


async def test_it_ends_with_a_bot_that_is_killed():
    parent = """
import asyncio, sys
from bot.ranking.process import ranking_process
async def main():
    async with ranking_process() as process:
        await process.learn(())
        print("ready", flush=True)
        await process.answers()
asyncio.run(main())
"""
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", parent, stdout=asyncio.subprocess.PIPE)
    assert await bot.stdout.readline() == b"ready\n"
    (worker,) = rankers_of(bot.pid)
    bot.kill()
    await bot.wait()
    await until(lambda: not Path(f"/proc/{worker}").exists())


async def test_a_program_that_cannot_be_started_is_told_once_each_time(shipped, monkeypatch, caplog):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    monkeypatch.setattr(processes, "FIRST_PAUSE", LONG)
    async with open_ranking(1) as ranking:
        assert await ranking.rank(shipped, CHEEK) is None
        await until(lambda: caplog.records)
        assert await ranking.rank(shipped, CHEEK) is None
    assert [record.getMessage() for record in caplog.records] == [
        "A ranking process could not be started (FileNotFoundError)"
    ]


async def test_what_is_served_meanwhile_decides(shipped):
    empty = compose(
        (),
        build_matcher=lambda _: Matcher.build((), load_matching_data()),
        screen=shipped.screen,
        cards=shipped.cards,
        policy=shipped.policy,
    )

    async def elsewhere(snapshot, text):
        desk.serve(empty)
        return snapshot.matcher.rank(text)

    desk = AnswerDesk(shipped, elsewhere)
    assert (await desk.decide(CHEEK, Place())).outcome is Outcome.NONE


async def test_an_alarm_waits_for_no_process(shipped):
    async def elsewhere(*_):
        raise AssertionError

    desk = AnswerDesk(shipped, elsewhere)
    assert (await desk.decide("he took all her pills and will not wake up", Place())).outcome is Outcome.EMERGENCY
