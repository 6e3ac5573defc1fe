"""Work beside others ends with them, and a crash of it is in the log while they go on."""

from __future__ import annotations

import asyncio

import pytest

from knowledge.tasks import in_background

SAID = "my rash itches"


@pytest.fixture
def unended():
    return asyncio.Event()


async def test_work_ends_with_what_it_serves_and_nobody_is_told(caplog, unended):
    ended = []

    async def work() -> None:
        try:
            await unended.wait()
        finally:
            ended.append(True)

    async with in_background(work()):
        await asyncio.sleep(0)
        assert not ended
    assert ended
    assert caplog.text == ""


async def test_a_crash_is_logged_at_once_and_what_is_served_goes_on(caplog):
    crashed = asyncio.Event()

    async def work() -> None:
        crashed.set()
        raise ZeroDivisionError(SAID)

    async with in_background(work()):
        await crashed.wait()
        await asyncio.sleep(0)
        assert "ZeroDivisionError" in caplog.text
    assert SAID not in caplog.text
    assert caplog.text.count("Incident") == 1
