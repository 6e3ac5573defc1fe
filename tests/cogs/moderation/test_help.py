"""`/help` where something is kept: the server's own settings, and the commands of those who look after it."""

from __future__ import annotations

from cogs.help import PAUSED, PAUSED_UNTIL
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
    await choose(house, paused=True)
    assert PAUSED in await helped(house, house.ann)
    await choose(house, paused=True, paused_until=4_000_000_000)
    assert PAUSED_UNTIL.format(until=4_000_000_000) in await helped(house, house.ann)
