"""`/doctor`: owners see what is good and what is bad; nobody else sees anything."""

from __future__ import annotations

import discord
import pytest

from bot.config import DiscordSettings
from bot.discord.client import build_client
from cogs.doctor import ALL_WELL, ONLY_OWNERS
from tests.cogs.moderation.doing import all_shown, file_of


@pytest.fixture
def build(files, ids):
    def built():
        bot = build_client(files.desk, DiscordSettings(**ids), followed=files.watch)
        examine = type(bot).examine
        object.__setattr__(bot.services, "examine", examine)
        return bot

    return built


async def test_an_owner_reads_that_all_is_well(server, owner, ids, build):
    ids["watch"].append(server.channel.id)
    await server.env.restart_bot(build())
    told = await owner.slash(server.channel, "doctor")
    assert told.ephemeral
    text = all_shown(told)
    assert text.startswith(ALL_WELL)
    assert "good  Channel #questions (watched): all permissions are there." in text
    assert "permissions=274877975552" in text


async def test_what_is_bad_comes_first_with_what_to_do(server, owner, ids, build):
    ids["watch"] += [server.closed(send_messages=False).id, 77]
    await server.env.restart_bot(build())
    text = all_shown(await owner.slash(server.channel, "doctor"))
    first, second, *_ = text.split("\n")[1:]
    assert text.startswith("**2 bad**")
    assert "Channel 77 (watched): it is not there, or the bot does not see it." in first + second
    assert "Channel #closed (watched): the bot lacks Send Messages." in first + second


async def test_what_is_too_long_for_a_message_is_a_file(server, owner, ids, build):
    ids["watch"] += range(100, 150)
    await server.env.restart_bot(build())
    told = await owner.slash(server.channel, "doctor")
    assert file_of(server, told).count("bad   Channel") == 50


async def test_nobody_else_may_look(server, owner):  # noqa: ARG001  # somebody else owns it
    admins = server.guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
    admin = server.guild.add_member(server.env.create_user("ada"), roles=[admins])
    assert all_shown(await admin.slash(server.channel, "doctor")) == ONLY_OWNERS
