"""`/browse` where something is kept: what it shows counts and can be voted on, and a pause silences it."""

from __future__ import annotations

from cogs._custom_ids.reply_states import Browsed
from cogs._custom_ids.states import written
from cogs.browse import QUESTION_GONE
from knowledge.presentation import sentences
from tests.cogs.book import SEED
from tests.cogs.moderation.doing import FORM, added, all_shown
from tests.cogs.showing import labels


async def browsed(house):
    """Choose the seed from the questions under its topic."""
    told = await house.ann.slash(house.channel, "browse")
    listed = await house.ann.select(told.response, [_with("botox", told)], custom_id="choose:0")
    return await house.ann.select(listed.response, [written(Browsed(SEED.id))], custom_id="choose:0")


def _with(label, told):
    options = [option for part in told.response.components for row in [dict(part)] for option in _options(row)]
    return next(option["value"] for option in options if option["label"].endswith(label))


def _options(part):
    yield from part.get("options", ())
    for inner in part.get("components", ()):
        yield from _options(inner if isinstance(inner, dict) else inner.to_dict())


async def test_it_shows_the_reply_that_ask_gives_and_counts_it_as_answered(house, storage):
    answered = await browsed(house)
    asked = await house.ann.slash(house.channel, "ask", question=SEED.id)
    assert all_shown(answered) == all_shown(asked)
    assert labels(answered.response) == labels(asked.response)
    rows = await storage.database.read("SELECT entry_id, counted FROM deliveries")
    assert [tuple(row) for row in rows] == [(SEED.id, "answered")] * 2


async def test_what_a_moderator_withdrew_meanwhile_is_said_to_be_gone(house):
    told = await house.ann.slash(house.channel, "browse")
    listed = await house.ann.select(told.response, [_with("botox", told)], custom_id="choose:0")
    await house.max.slash(house.channel, "answer withdraw", entry=SEED.id, reason="why")
    gone = await house.ann.select(listed.response, [written(Browsed(SEED.id))], custom_id="choose:0")
    assert all_shown(gone) == QUESTION_GONE


async def test_while_the_bot_is_paused_it_says_so(house):
    told = await house.ann.slash(house.channel, "browse")
    moderators = house.env.bot.services.storage.moderators
    await moderators.administer.change_settings(house.admin_caller, "p", lambda now: now.choosing(paused=True))
    paused = sentences.PAUSED.format(until="")
    assert all_shown(await house.ann.slash(house.channel, "browse")) == paused
    pressed = await house.ann.select(told.response, [_with("botox", told)], custom_id="choose:0")
    assert paused in all_shown(pressed)


async def test_in_a_direct_message_it_is_the_one_shared_server_that_is_browsed_by_its_name(house):
    await added(house)
    dan = house.env.create_user("dan")
    house.guild.add_member(dan)
    await dan.send_dm("hello")
    told = await dan.slash("browse")
    assert "From Test Guild" in labels(told.response)
    listed = await dan.select(told.response, [_with("Without a topic", told)], custom_id="choose:0")
    answered = await dan.select(listed.response, [_with(FORM["title"], listed)], custom_id="choose:0")
    assert FORM["body"] in all_shown(answered)
    assert "From Test Guild" in labels(answered.response)
