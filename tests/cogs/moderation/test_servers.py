"""Being removed from a server is noted, also while the bot was down; an outage is no removal."""

from __future__ import annotations

import asyncio

from tests.scale import LONG


async def happen(house, storage, event, gone):
    """Have something happen to the server, and wait until these servers are known to be gone."""
    house.env.bot.dispatch(event, house.env.bot.get_guild(house.guild.id))
    async with asyncio.timeout(LONG):
        while await storage.departures.gone() != gone:  # noqa: ASYNC110  # a listener tells nobody that it is done
            await asyncio.sleep(0.01)


async def test_being_removed_is_noted_and_taken_back_on_return(house, storage):
    await happen(house, storage, "guild_unavailable", set())
    await happen(house, storage, "guild_remove", {house.id})
    await happen(house, storage, "guild_join", set())


async def test_what_happened_while_the_bot_was_down_is_found_at_the_start(house, storage, build):
    moderators = storage.moderators
    await moderators.administer.change_settings(house.admin_caller, "p", lambda now: now.choosing(paused=True))
    await storage.departures.left(house.id)
    elsewhere = house.admin_caller.__class__("77", "1", manages_server=True)
    await moderators.administer.change_settings(elsewhere, "p", lambda now: now.choosing(paused=True))
    await house.env.restart_bot(build())
    assert await storage.departures.gone() == {"77"}
