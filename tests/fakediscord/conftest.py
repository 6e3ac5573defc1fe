"""The fake with the real discord.py connected to it."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakediscord import FakeDiscord, Inspection, Person, permissions
from tests.fakediscord.probe import Probe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fakediscord.state import Guild, Json


@dataclass(slots=True)
class Scene:
    """A server with one channel, a member, a moderator, and a client that is ready."""

    fake: FakeDiscord
    client: Probe
    guild: Guild
    channel: Json
    ann: Person
    max: Person


@pytest.fixture
async def fake(inspection: Inspection, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    server = FakeDiscord(inspection)
    await server.start()
    monkeypatch.setattr(Route, "BASE", server.api)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway.address))
    yield server
    await server.stop()
    assert not server.unknown_routes


@pytest.fixture
def intents() -> discord.Intents:
    """The intents that the client asks for; a test's own parameter replaces them."""
    return discord.Intents.all()


@pytest.fixture
async def scene(fake: FakeDiscord, intents: discord.Intents) -> AsyncIterator[Scene]:
    guild = fake.world.add_guild("Clinic")
    mods = fake.world.add_role(guild, "Mods", permissions.MANAGE_MESSAGES)
    channel = fake.world.add_channel(guild, "questions")
    client = Probe(intents)
    people = Person(fake, "ann", guild), Person(fake, "max", guild, roles=(mods,))
    task = asyncio.create_task(client.start(fake.token))
    await fake.until(lambda: task.done() or client.is_ready())
    yield Scene(fake, client, guild, channel, *people)
    await client.close()
    with contextlib.suppress(asyncio.CancelledError):
        await task
