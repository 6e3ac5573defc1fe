"""The bot of `tests.cogs.conftest` with a real database under it, and the people who moderate its server."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import discord
import pytest

from bot.app import snapshot_of
from bot.config import Config
from bot.discord import client
from bot.discord.client import build_client
from bot.outbox.worker import OutboxWorker
from knowledge.curation.rights import Caller
from knowledge.deliveries.last_heard import LastHeard
from knowledge.deliveries.log import DeliveryLog
from knowledge.members.desk import MembersDesk, open_members_desk
from knowledge.moderation.desk import ModeratorsDesk, open_moderators_desk
from knowledge.moderation.unsaved import UnsavedWork
from knowledge.records.database import Database, open_database
from knowledge.upkeep.departures import Departures
from tests.cogs.book import BOOK, LADEN, LONG, SEED
from tests.cogs.conftest import Server

if TYPE_CHECKING:
    from simcord import ChannelHandle, MemberActor

PICTURE = b"\x89PNG as drawn"


class Kept(NamedTuple):
    """What the bot is given to keep things with, and the database behind it."""

    moderators: ModeratorsDesk
    members: MembersDesk
    deliveries: DeliveryLog
    unsaved: UnsavedWork
    last_heard: LastHeard
    database: Database
    outbox: OutboxWorker
    departures: Departures


class Clock:
    """Aware times, a second apart."""

    def __init__(self):
        self.at = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture(scope="session")
def snapshot():
    """A small book without examples: every save looks at what becomes of all neighbours and examples."""
    few = [question for question in BOOK if question in (SEED, LONG, LADEN) or "twitch" in question.id]
    return snapshot_of([replace(question, examples=()) for question in few], Config(), samples=True)


@pytest.fixture
def database_path(tmp_path, empty_database):
    return Path(shutil.copy(empty_database, tmp_path))


@pytest.fixture
async def storage(desk, database_path, defaults):
    clock = Clock()
    async with (
        open_database(database_path) as database,
        open_moderators_desk(database, desk, clock, defaults=defaults, samples=True) as moderators,
        open_members_desk(database, moderators.servers, clock) as members,
    ):
        outbox = OutboxWorker(database, clock, lambda: clock().timestamp())
        async with outbox.working():
            yield Kept(
                moderators,
                members,
                DeliveryLog(database, clock, moderators.recalls),
                UnsavedWork(clock),
                LastHeard(database),
                database,
                outbox,
                Departures(database, moderators.servers, clock),
            )


@pytest.fixture
def build(desk, settings, watched, storage):
    """Make the bot anew, as after a restart of the connection."""
    return lambda: build_client(desk, settings, watched=watched, backend=storage)


@pytest.fixture(autouse=True)
def no_chart(request, monkeypatch):
    """Draw none, but where a test asks for one: that process has tests of its own."""
    png = PICTURE if "drawn" in request.fixturenames else None
    monkeypatch.setattr(client, "draw_chart", lambda _: png)


@pytest.fixture
def drawn():
    """Ask for a chart."""


@dataclass
class Moderated(Server):
    """A server with a member (ann, bea), two moderators (max, mia), an admin, and a second server of other people."""

    mia: MemberActor
    ada: MemberActor
    elsewhere: ChannelHandle
    eve: MemberActor

    @property
    def id(self):
        return str(self.guild.id)

    @property
    def admin_caller(self):
        """The admin, as the moderators' desk knows her."""
        return Caller(self.id, str(self.ada.id), manages_messages=True, manages_server=True)


@pytest.fixture
def house(server):
    env, guild = server.env, server.guild
    mods = guild.create_role("More mods", permissions=discord.Permissions(manage_messages=True))
    admins = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True, manage_messages=True))
    other = env.create_guild(name="Elsewhere")
    others = other.create_role("Mods", permissions=discord.Permissions(manage_messages=True, manage_guild=True))
    return Moderated(
        env,
        guild,
        server.channel,
        server.ann,
        server.bea,
        server.max,
        guild.add_member(env.create_user("mia"), roles=[mods]),
        guild.add_member(env.create_user("ada"), roles=[admins]),
        other.create_text_channel("questions"),
        other.add_member(env.create_user("eve"), roles=[others]),
    )
