"""What an owners' channel reads of backups: that they fail, why, and that they are made again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.outbox.owners import tell_owners
from knowledge.health import BACKUP_FAULT
from tests.cogs.showing import shown
from tests.scale import LONG

NOW = datetime(2026, 11, 22, tzinfo=UTC)


async def test_the_owners_channel_reads_why_and_that_it_is_mended(house, storage):
    channel = house.guild.create_text_channel("owners")
    why = "No backup could be made in /b: no space left on device."
    for state in ("", "failed", "failed", ""):
        payload = {"state": state, "why": why if state else ""}
        await tell_owners(storage.database, [channel.id], BACKUP_FAULT, payload, NOW)
    async with asyncio.timeout(LONG):
        while await storage.database.read("SELECT 1 FROM outbox WHERE ended_at IS NULL"):
            await asyncio.sleep(0.01)
            await house.env.settle()
    failed, mended = ("".join(shown(message)).replace("\\", "") for message in channel.history())
    assert failed.startswith(f"The scheduled backup failed. {why} It is tried again")
    assert mended == "Backups are made again."
