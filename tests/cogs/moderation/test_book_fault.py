"""What an owners' channel reads: where the knowledge files are faulty, why they are held, that they are mended."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from bot.book.news import tell
from knowledge.content.losses import Held
from knowledge.content.status import BookStatus
from knowledge.errors import Fault
from tests.cogs.showing import shown
from tests.scale import LONG

GOOD = BookStatus(10, datetime(2026, 11, 22, tzinfo=UTC), "good")
FAULTY = replace(GOOD, faults=(Fault("book.toml", 83, "secret words are no key", "twitch"),))
HELD = replace(GOOD, held=Held("fewer", "The files lack 5 of the 10 entries."))


async def test_the_owners_channel_reads_each_state_once_in_order(house, storage):
    channel = house.guild.create_text_channel("owners")
    for status in (GOOD, FAULTY, FAULTY, HELD, GOOD):
        await tell(status, storage.database, [channel.id], GOOD.loaded)
    async with asyncio.timeout(LONG):
        while await storage.database.read("SELECT 1 FROM outbox WHERE ended_at IS NULL"):
            await asyncio.sleep(0.01)
            await house.env.settle()
    said = ["".join(shown(message)).replace("\\", "") for message in channel.history()]
    assert ["book.toml:83" in said[0], "lack 5 of the 10" in said[1], "in order again" in said[2]] == [True] * 3
    assert len(said) == 3
    assert "secret" not in "".join(said)
