"""Work in a thread of its own: what comes of it, and what nobody waits for."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.process.own_thread import in_own_thread


async def test_it_gives_what_the_work_gives_from_another_thread():
    assert await in_own_thread(threading.get_ident) != threading.get_ident()


async def test_it_raises_what_the_work_raises():
    with pytest.raises(ZeroDivisionError):
        await in_own_thread(lambda: 1 // 0)


def test_a_program_that_ends_does_not_wait_for_it():
    go, done = threading.Event(), threading.Event()

    def work():
        go.wait()
        done.set()

    async def begin():
        task = asyncio.create_task(in_own_thread(work))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(begin())
    assert not done.is_set()
    go.set()
    assert done.wait(5)
