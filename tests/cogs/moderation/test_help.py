"""`/help` where something is kept: the server's own settings, and the commands of those who look after it."""

from __future__ import annotations

from bot.config import DiscordSettings
from bot.discord.client import build_client
from cogs.help import CANNOT_LISTEN, NOT_YOU, PAUSED, PAUSED_UNTIL, SEEN_BY_ALL, SEEN_BY_YOU
from tests.cogs.moderation.doing import all_shown, choose


async def helped(house, who):
    return all_shown(await who.slash(house.channel, "help"))


def offered(text):
    return {line.split("`")[1] for line in text.split("\n") if line.startswith("- `/") and "`: " in line}


async def test_everybody_is_offered_what_they_may_use(house):
    of_member, of_moderator, of_admin = [offered(await helped(house, who)) for who in (house.ann, house.max, house.ada)]
    assert "/answer" not in of_member
    assert of_member < of_moderator < of_admin
    assert "/answer" in of_moderator - of_member
    assert "/settings" in of_admin - of_moderator


async def test_a_role_that_the_admins_named_is_offered_what_moderators_use(house):
    role = house.guild.create_role("Helpers")
    await choose(house, moderator_roles=frozenset({str(role.id)}))
    bob = house.guild.add_member(house.env.create_user("bob"), roles=[role])
    assert "/answer" in offered(await helped(house, bob))
    assert "/answer" not in offered(await helped(house, house.max))


async def test_it_tells_what_the_server_chose(house):
    await choose(house, watched=frozenset({str(house.channel.id)}), watch_threads=False, retention_days=30)
    text = await helped(house, house.ann)
    assert f"every message in <#{house.channel.id}>, answer when I am sure" in text
    assert "for 30 days" in text
    assert PAUSED not in text
    assert SEEN_BY_YOU in text
    await choose(house, private_ask=False)
    assert SEEN_BY_ALL in await helped(house, house.ann)
    await choose(house, paused=True)
    assert PAUSED in await helped(house, house.ann)
    await choose(house, paused=True, paused_until=4_000_000_000)
    assert PAUSED_UNTIL.format(until=4_000_000_000) in await helped(house, house.ann)


async def test_who_asked_not_to_be_read_is_told_that_they_are_not(house, storage):
    await choose(house, watched=frozenset({str(house.channel.id)}))
    assert NOT_YOU not in await helped(house, house.ann)
    await storage.members.privacy.opt_out(str(house.ann.id))
    assert NOT_YOU in await helped(house, house.ann)
    assert NOT_YOU not in await helped(house, house.bea)


async def test_a_channel_that_the_bot_may_not_read_is_not_said_to_be_read(house, desk, storage):
    await choose(house, watched=frozenset({str(house.channel.id)}))
    await house.env.restart_bot(build_client(desk, DiscordSettings(), backend=storage))
    text = await helped(house, house.ann)
    assert CANNOT_LISTEN.format(channels=f"<#{house.channel.id}>") in text
    assert "every message in" not in text
