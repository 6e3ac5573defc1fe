"""Who may use the settings panel: each control and each form, by those who may not, and what it does not offer."""

import discord
from simcord.actors import _dispatch_actor_interaction
from simcord.enums import InteractionType

from cogs._custom_ids.settings_states import Act, Use
from cogs._settings.forms import NO_SUCH_FORM
from cogs._settings.panel import SETTINGS_OF, Page
from cogs.settings import NOT_THERE
from knowledge.curation.settings import Digest
from knowledge.moderation.workplace import ONLY_ADMINS
from tests.cogs.moderation.doing import all_shown, choose, last
from tests.cogs.moderation.panel import kept, opened, parts, pick, turned

EVERY_USE = [
    Use(Act.PAGE, "to"),
    Use(Act.LEAVE, "answers"),
    *(Use(Act.FORM, name) for name in ("own_lines", "notice_addition", "digest")),
    *(Use(act, name) for name in ("watch_threads", "private_ask") for act in (Act.ON, Act.OFF)),
    Use(Act.OFF, "paused"),
    Use(Act.OFF, "digest"),
    *(
        Use(Act.CHOOSE, name)
        for name in ("watched", "moderator_roles", "review", "care", "answer_again_after", "often", "country")
    ),
    Use(Act.CHOOSE, "staff_channel"),
    Use(Act.CHOOSE, "retention_days"),
]
CHOICE = {
    "to": "history",
    "watched": "1",
    "moderator_roles": "1",
    "review": "all",
    "care": "careful",
    "often": "5_300",
    "answer_again_after": "60",
    "country": "GB",
    "staff_channel": "1",
    "retention_days": "30",
    "tea": "green",
}
FORMS = [Use(Act.FILLED, name) for name in ("own_lines", "notice_addition", "digest")]


async def test_every_control_has_a_row(house):
    """Every control of every page, with nothing chosen and with everything, is tried by those who may not use it."""
    found = set()
    for changes in ({}, {"digest": Digest(0, 9, "UTC", str(house.channel.id)), "paused": True}, {"private_ask": False},
                    {"watch_threads": False}):  # fmt: skip
        await choose(house, **changes)
        panel = await opened(house)
        for page in Page:
            message = last(await turned(house, panel, page))
            found |= {Use.read(part["custom_id"]) for part in parts(message) if "custom_id" in part}
    leaving = {Use(Act.LEAVE, page) for page in SETTINGS_OF}
    assert found - leaving == set(EVERY_USE) - leaving


async def press(house, who, channel, use):
    """Use a control that `who` was never offered: the bot is made to show the panel's control to everybody."""
    item = discord.ui.Button(custom_id=use.custom_id, label="forged")
    if use.act in {Act.CHOOSE, Act.PAGE}:
        item = discord.ui.Select(custom_id=use.custom_id, options=[discord.SelectOption(label=CHOICE[use.name])])
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.ActionRow(item))
    message = await house.env.bot.get_partial_messageable(channel.id).send(view=view)
    if isinstance(item, discord.ui.Select):
        return await who.select(message, [CHOICE[use.name]], custom_id=use.custom_id)
    return await who.click(message, custom_id=use.custom_id)


async def test_nobody_but_an_admin_can_use_a_control(house, database_path):
    before = kept(database_path)
    for use in EVERY_USE:
        for who in (house.ann, house.max):
            told = await press(house, who, house.channel, use)
            assert ONLY_ADMINS in all_shown(told), use
            assert told._interaction.modal is None, use
    assert kept(database_path) == before


async def test_nobody_but_an_admin_can_send_a_form(house, database_path):
    before = kept(database_path)
    for use in FORMS:
        rows = [{"type": 18, "component": {"type": 4, "custom_id": f"line_{n}", "value": "x"}} for n in range(3)]
        data = {"custom_id": use.custom_id, "components": rows}
        told = await _dispatch_actor_interaction(house.max, InteractionType.MODAL_SUBMIT, house.channel, data)
        assert ONLY_ADMINS in all_shown(told)
    assert kept(database_path) == before


async def test_who_is_no_admin_any_more_is_refused_at_the_next_press(house, database_path):
    panel = await opened(house, Page.ANSWERS)
    before = kept(database_path)
    house.env.backend.get_guild(house.guild.id).members[house.ada.id].role_ids.clear()
    told = await pick(house, panel, "care", "careful")
    assert ONLY_ADMINS in all_shown(told)
    assert kept(database_path) == before


async def test_an_admin_elsewhere_changes_nothing_here(house, database_path):
    await press(house, house.eve, house.elsewhere, Use(Act.CHOOSE, "care"))
    assert {server for server, _, _ in kept(database_path)} == {str(house.env.bot.guilds[-1].id)} - {house.id}


async def test_what_the_panel_does_not_offer_any_more_is_told(house, database_path):
    for use in (Use(Act.CHOOSE, "tea"), Use(Act.ON, "paused"), Use(Act.LEAVE, "tea")):
        assert NOT_THERE in all_shown(await press(house, house.ada, house.channel, use)), use
    told = await press(house, house.ada, house.channel, Use(Act.FORM, "tea"))
    assert all_shown(told) == NO_SUCH_FORM
    assert kept(database_path) == []


async def test_a_panel_of_many_channels_and_long_texts_fits(house):
    mute = {house.env.bot.user: discord.PermissionOverwrite(send_messages=False, read_message_history=False)}
    channels = [house.guild.create_text_channel(f"room-{number}", overwrites=mute) for number in range(25)]
    roles = [house.guild.create_role(f"role-{number}") for number in range(25)]
    everything = {
        "watched": frozenset(str(one.id) for one in channels),
        "moderator_roles": frozenset(str(one.id) for one in roles),
        "own_lines": ("*" * 200,) * 3,
        "notice_addition": "_" * 500,
    }
    for changes in (everything, *({"own_lines": (mark * 200,) * 3} for mark in "~*|")):
        await choose(house, **changes)
    panel = await opened(house)
    assert "and 17 more I am missing: Send Messages, Read Message History." in all_shown(panel)
    for page in Page:
        assert Use(Act.PAGE, "to").custom_id in str(list(parts(last(await turned(house, panel, page))))), page
