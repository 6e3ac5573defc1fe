"""The weekly digest stands in the channel that the admins chose, once, and in no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from cogs._outbox.digest import HEADING
from cogs.outbox import carry
from knowledge.curation.settings import Digest
from knowledge.deliveries.outbox import Done, Gone
from knowledge.moderation.digest import digest_item
from knowledge.records import outbox
from knowledge.safety.notice import NOTICE
from tests.cogs.book import SEED_ASKED
from tests.cogs.showing import shown

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


async def ask_for(house, channel):
    digest = Digest(0, 9, "Europe/Berlin", str(channel.id))
    moderators = house.env.bot.services.storage.moderators
    await moderators.administer.change_settings(
        house.admin_caller, str(channel.id), lambda now: now.choosing(digest=digest)
    )
    return digest_item(house.id, digest, MONDAY)


async def carried(house, item):
    return await house.env.bot.loop.create_task(carry(house.env.bot, item))


async def test_it_tells_of_the_week_in_the_chosen_channel(house):
    mods = house.guild.create_text_channel("mods")
    item = await ask_for(house, mods)
    await house.ask(SEED_ASKED)
    assert await carried(house, item) == Done()
    (digest,) = mods.history()
    text = "\n".join(shown(digest))
    assert text.startswith(HEADING)
    assert "Answered           1" in text
    assert text.endswith(NOTICE)
    payload = house.sent[-1]
    assert payload["allowed_mentions"]["parse"] == []


async def test_tried_again_after_a_crash_it_is_not_sent_again(house, storage):
    item = await ask_for(house, house.channel)
    await storage.database.write(partial(outbox.add, item=item))
    (kept,) = await outbox.due(storage.database, MONDAY, (), 1)
    await carried(house, kept)
    await storage.database.write(lambda change: outbox.begin(change, kept, house.env.now() - timedelta(minutes=1)))
    (begun,) = await outbox.due(storage.database, MONDAY, (), 1)
    assert begun.begun_at is not None
    await carried(house, begun)
    assert len(house.channel.history()) == 1


async def test_switched_off_meanwhile_nothing_is_sent(house):
    item = await ask_for(house, house.channel)
    moderators = house.env.bot.services.storage.moderators
    await moderators.administer.change_settings(house.admin_caller, "off", lambda now: now.choosing(digest=None))
    assert await carried(house, item) == Done()
    assert house.channel.history() == []


async def test_a_channel_of_another_server_gets_none(house):
    item = await ask_for(house, house.elsewhere)
    assert isinstance(await carried(house, item), Gone)
    assert house.elsewhere.history() == []


@pytest.mark.usefixtures("drawn")
async def test_the_chart_comes_along_where_files_may_be_attached(house):
    await house.ask(SEED_ASKED)
    for channel, files in ((house.guild.create_text_channel("mods"), 1), (house.closed(attach_files=False), 0)):
        await carried(house, await ask_for(house, channel))
        (digest,) = channel.history()
        assert len(digest.attachments) == files
