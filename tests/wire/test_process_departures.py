"""Being removed from a server, over the wire: noted by a running bot, and an outage of Discord is not taken for it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.backend import DATABASE
from tests.fakediscord.payloads import guild_create
from tests.scale import LONG
from tests.wire.test_process_answers import CHEEK, shows_the_seed


def left(clinic):
    """Give the servers that are noted as left."""
    with closing(sqlite3.connect(clinic.folder / "data" / DATABASE)) as kept:
        return [row[0] for row in kept.execute("SELECT server_id FROM departures")]


async def noted(clinic, expected):
    async with asyncio.timeout(LONG):
        while left(clinic) != expected:  # noqa: ASYNC110  # another process writes it
            await asyncio.sleep(0.05)


@pytest.mark.slow
async def test_a_removal_is_noted_and_a_return_takes_it_back(clinic):
    await clinic.ready()
    gateway, server = clinic.fake.gateway, clinic.guild.id
    await gateway.emit_raw("GUILD_DELETE", {"id": server, "unavailable": True})
    await gateway.emit_raw("GUILD_CREATE", guild_create(clinic.fake.world, clinic.guild, 0))
    assert shows_the_seed(await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK)))
    assert left(clinic) == []
    await gateway.emit_raw("GUILD_DELETE", {"id": server})
    await noted(clinic, [server])
    await gateway.emit_raw("GUILD_CREATE", guild_create(clinic.fake.world, clinic.guild, 0))
    await noted(clinic, [])
