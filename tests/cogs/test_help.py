"""`/help` tells each caller what is so for them, here and now."""

from __future__ import annotations

import discord

from bot.config import DiscordSettings
from bot.discord.client import build_client
from cogs.help import CANNOT_READ, IN_DIRECT, LISTENS_NOWHERE
from knowledge.presentation import sentences
from tests.cogs.moderation.doing import all_shown


async def test_it_tells_what_it_does_and_how_to_ask_privately(server):
    told = await server.ann.slash(server.channel, "help")
    assert told.ephemeral
    text = all_shown(told)
    assert text.startswith(sentences.ABOUT)
    assert "`/ask`" in text
    assert "I keep which answer was shown where, for 90 days" in text
    assert len(text) < 2_500


async def test_it_names_the_watched_channels_that_the_caller_may_see(server, watched):
    hidden = {server.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
    secret = server.guild.create_text_channel("staff", overwrites=hidden)
    elsewhere = server.env.create_guild(name="Elsewhere").create_text_channel("questions")
    assert LISTENS_NOWHERE in all_shown(await server.ann.slash(server.channel, "help"))
    watched.update({server.channel.id, secret.id, elsewhere.id})
    text = all_shown(await server.ann.slash(server.channel, "help"))
    assert f"every message in <#{server.channel.id}> and the threads under them" in text
    assert str(secret.id) not in text
    assert str(elsewhere.id) not in text


async def test_in_a_direct_message_it_offers_what_works_there(server):
    dan = server.env.create_user("dan")
    await dan.send_dm("hello")
    text = all_shown(await dan.slash("help"))
    assert IN_DIRECT in text
    assert "- `/ask`" in text
    assert "every message in" not in text


async def test_a_member_is_offered_what_members_can_use(server):
    text = all_shown(await server.ann.slash(server.channel, "help"))
    offered = [line for line in text.split("\n") if line.startswith("- `/") and ": " in line]
    assert [line.split("`")[1] for line in offered] == ["/ask", "/browse", "/help"]


async def test_without_the_intent_it_says_which_replies_it_cannot_read(server, desk):
    assert CANNOT_READ not in all_shown(await server.ann.slash(server.channel, "help"))
    await server.env.restart_bot(build_client(desk, DiscordSettings()))
    assert CANNOT_READ in all_shown(await server.ann.slash(server.channel, "help"))
