"""Hundreds of thousands of messages leave memory and open files as they were."""

from __future__ import annotations

import pytest

from benchmarks.load import client, prepared, settings, soak
from tests.faults.counting import Counts
from tests.scale import scaled

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

GROWTH = 0.05


async def test_memory_and_handles_stay_flat(record_property):
    count = scaled(200_000) if scaled(10) == 10 else 1_500
    async with prepared(500) as (load, folder):
        async with client(load.fake, folder, *settings(folder, load.fake)) as bot:
            growth, files, left = await soak(load, bot.pid, count)
        assert not load.watcher.asked
    Counts(record_property).tell(count)
    assert growth < GROWTH
    assert left - files <= 5
