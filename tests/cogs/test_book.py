"""Owners see how the knowledge files stand and accept held ones; nobody else may."""

from __future__ import annotations

import discord
import pytest

from bot.config import DiscordSettings
from bot.discord.client import build_client
from cogs.book import NOTHING_HELD, ONLY_OWNERS
from knowledge.safety.notice import NOTICE
from tests.bot.book.conftest import book
from tests.cogs.followed import NAMES
from tests.cogs.moderation.doing import all_shown


@pytest.fixture
def build(files, ids):
    return lambda: build_client(files.desk, DiscordSettings(**ids), followed=files.watch)


async def test_an_owner_sees_what_is_served_and_which_answers_to_read_again(server, owner):
    text = all_shown(await owner.slash(server.channel, "knowledge status"))
    assert "10 entries are served" in text
    assert "The files as they stand are what is served" in text
    assert "Answers not checked by a person since 20" in text
    assert "answer 1 was last checked on 2020-01-31" in text
    assert text.endswith(NOTICE)


async def test_faults_are_told_with_file_and_line(server, owner, files):
    await files.become(files.path.read_text("utf-8") + '[[question]]\ntitel = "x"\n')
    text = all_shown(await owner.slash(server.channel, "knowledge status"))
    assert "10 entries are served" in text
    assert "book.toml:83" in text.replace("\\", "")
    assert "did you mean title" in text


async def test_a_held_file_is_accepted(server, owner, files):
    await files.become(book(NAMES[:5]))
    assert "lack 5 of the 10 entries" in all_shown(await owner.slash(server.channel, "knowledge status"))
    assert "Accepted" in all_shown(await owner.slash(server.channel, "knowledge accept"))
    await files.look()
    assert len(files.desk.snapshot.questions) == 5
    assert all_shown(await owner.slash(server.channel, "knowledge accept")) == NOTHING_HELD


@pytest.mark.parametrize("command", ["knowledge status", "knowledge accept"])
async def test_nobody_else_may_look_or_accept(server, files, command):
    await files.become(book(NAMES[:5]))
    admins = server.guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
    admin = server.guild.add_member(server.env.create_user("ada"), roles=[admins])
    assert all_shown(await admin.slash(server.channel, command)) == ONLY_OWNERS
    await files.look()
    assert files.watch.status.held
    assert len(files.desk.snapshot.questions) == 10
