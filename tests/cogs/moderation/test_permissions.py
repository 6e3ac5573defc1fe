"""Who may do what, by every command, form and button that there is: one without a row here fails.

Discord's own hint of who sees a command is gone round, as an admin of a server can do in its integration settings.
"""

import sqlite3
from dataclasses import fields
from datetime import UTC, datetime
from typing import get_args

import discord
from simcord.actors import _dispatch_actor_interaction
from simcord.backend import serializers
from simcord.enums import InteractionType

from cogs._custom_ids.desk_states import DeskState, Filled, RejectedBecause
from cogs._custom_ids.member_states import MemberState
from cogs._custom_ids.queue_states import DismissedBecause, QueueState
from cogs._custom_ids.reply_states import ReplyState
from cogs._custom_ids.states import State, written
from knowledge.curation.settings import ReviewMode
from knowledge.curation.waiting import MemberQuestion, Route
from knowledge.curation.wordings import ShownWording
from knowledge.moderation.looking import NO_SUCH_REPLY
from knowledge.moderation.unsaved import NOT_HELD
from knowledge.moderation.workplace import ONLY_ADMINS, ONLY_IN_A_SERVER, ONLY_MODERATORS
from knowledge.records import queue, wordings
from tests.cogs.book import SEED
from tests.cogs.moderation.doing import FORM, add, all_shown, choose, forged

ASKED = "does a zebra dream in colour?"
ENTRY = {"entry": SEED.id}
# What each command is called with; None for the menus of a message.
MODERATORS_COMMANDS = {
    "answer add": {},
    "answer edit": ENTRY,
    "answer withdraw": {**ENTRY, "reason": "why"},
    "answer withdraw-expert": {"name": "Jo Kim, MD", "reason": "why"},
    "answer restore": {**ENTRY, "revision": 1},
    "answer show": ENTRY,
    "answer history": ENTRY,
    "phrasing add": {**ENTRY, "wording": "is it the botox that helps"},
    "phrasing remove": {**ENTRY, "wording": "is it the botox that helps"},
    "example add": {"text": "is it the botox that helps"},
    "example remove": {"text": "is it the botox that helps"},
    "example list": {},
    "queue": {},
    "review": {},
    "pause": {},
    "stats": {},
    "try": {"text": "is it the botox that helps"},
    "Answer this…": None,
    "Why this reply?": None,
}
ADMINS_COMMANDS = {
    "answer redact": {**ENTRY, "revisions": "1", "reason": "why"},
    "settings": {},
}
EVERYBODYS_COMMANDS = {"ask", "browse", "help", "privacy", "Find an answer"}
EVERYBODYS_STATES = {*get_args(ReplyState), *get_args(MemberState)}
FORMS = {Filled, RejectedBecause, DismissedBecause}
BUTTONS = {*get_args(DeskState), *get_args(QueueState)} - FORMS
REFUSALS = {ONLY_MODERATORS, ONLY_ADMINS, ONLY_IN_A_SERVER}


def leaves(command, path=()):
    path = (*path, command["name"])
    inner = [option for option in command.get("options", []) if option["type"] in (1, 2)]
    return [leaf for one in inner for leaf in leaves(one, path)] or [" ".join(path)]


async def test_every_command_form_and_button_has_a_row(simcord_env):
    tree = simcord_env.bot.tree
    names = {leaf for command in tree.get_commands() for leaf in leaves(command.to_dict(tree))}
    assert names == {*MODERATORS_COMMANDS, *ADMINS_COMMANDS, *EVERYBODYS_COMMANDS}
    assert set(get_args(State)) == EVERYBODYS_STATES | FORMS | BUTTONS


async def use(house, who, channel, name, options):
    """Use a command, whether or not Discord would offer it."""
    if options is None:
        target = await house.ann.send(house.channel, "what helps against a cheek that twitches?")
        data = message_menu(house, name, target)
        return await _dispatch_actor_interaction(who, InteractionType.APPLICATION_COMMAND, channel, data)
    words = name.split()
    inner = [
        {"name": key, "type": 4 if isinstance(value, int) else 3, "value": value} for key, value in options.items()
    ]
    if len(words) > 1:
        inner = [{"name": words[1], "type": 1, "options": inner}]
    data = {"name": words[0], "type": 1, "id": "1", "options": inner}
    return await _dispatch_actor_interaction(who, InteractionType.APPLICATION_COMMAND, channel, data)


def message_menu(house, name, target):
    stored = house.env.backend.get_message(house.channel.id, target.id)
    payload = dict(serializers.message_payload(house.env.backend, stored))
    resolved = {"messages": {str(target.id): payload}}
    return {"name": name, "type": 3, "id": "1", "target_id": str(target.id), "resolved": resolved}


async def send_form(who, channel, state):
    values = {**FORM, "reason": "why"}
    rows = [{"type": 18, "component": {"type": 4, "custom_id": key, "value": value}} for key, value in values.items()]
    data = {"custom_id": written(state), "components": rows}
    return await _dispatch_actor_interaction(who, InteractionType.MODAL_SUBMIT, channel, data)


def kept(database_path):
    """Give everything that moderators can change."""
    with sqlite3.connect(database_path) as connection:
        tables = ("entries", "revisions", "settings", "examples", "requests", "waiting", "askings", "wordings")
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


def states_of(kind, draft, entry, number):
    known = {"draft": draft, "entry": entry, "number": number, "page": 0, "answer": 0, "book": "", "waiting": 1}
    known |= {"wording": 1, "sure": True}
    return kind(**{field.name: known[field.name] for field in fields(kind)})


async def with_a_draft(house):
    """Have one draft wait for review and one proposal unsaved; give the proposal's number, the entry and its number.

    A question and a wording of members wait as well, each with the number 1.
    """
    await let_wait(house)
    await choose(house, review=ReviewMode.ALL)
    done = await add(house)
    await house.max.click(done.followups[-1], label="Save")
    await add(house, title="Why is my skin so dry in winter?")
    held = list(house.env.bot.services.storage.unsaved._held)
    (view,) = house.env.bot.services.storage.moderators.look.waiting(held_caller(house, held[0]))
    return held[-1], view.id, view.version.number


async def let_wait(house):
    until = datetime(2027, 1, 1, tzinfo=UTC)
    asked = MemberQuestion(house.id, str(house.ann.id), str(house.channel.id), "", ASKED, Route.CHANNEL, until)
    worded = ShownWording(house.id, str(house.ann.id), SEED.id, ASKED, until)

    async def keep(change):
        await queue.keep(change, asked, None, until)
        await wordings.keep(change, worded, until)

    await house.env.bot.services.storage.database.write(keep)


def held_caller(house, number):
    return house.env.bot.services.storage.unsaved._held[number].caller


ALL_COMMANDS = MODERATORS_COMMANDS | ADMINS_COMMANDS


async def test_a_member_can_use_none_of_these_commands(house, database_path):
    before = kept(database_path)
    for command, options in ALL_COMMANDS.items():
        told = await use(house, house.ann, house.channel, command, options)
        assert all_shown(told) in REFUSALS, command
        assert told._interaction.modal is None, command
    assert kept(database_path) == before


async def test_a_moderator_cannot_use_what_is_for_admins(house, database_path):
    before = kept(database_path)
    for command, options in ADMINS_COMMANDS.items():
        assert all_shown(await use(house, house.max, house.channel, command, options)) == ONLY_ADMINS, command
    assert kept(database_path) == before


async def test_nobody_can_use_them_in_a_direct_message(house, database_path):
    dan = house.env.create_user("dan")
    await dan.send_dm("hello")
    before = kept(database_path)
    for command, options in ALL_COMMANDS.items():
        if options is not None:
            told = await use(house, dan, dan.dm_channel, command, options)
            assert all_shown(told) == ONLY_IN_A_SERVER, command
    assert kept(database_path) == before


async def test_moderators_and_admins_can(house):
    for command, options in ALL_COMMANDS.items():
        who = house.max if command in MODERATORS_COMMANDS else house.ada
        told = await use(house, who, house.channel, command, options)
        assert told._interaction.modal is not None or not REFUSALS & set(all_shown(told).split("\n")), command
        assert "Something went wrong" not in all_shown(told), command


async def test_a_member_can_press_none_of_these_buttons_and_send_none_of_these_forms(house, database_path):
    made = await with_a_draft(house)
    before = kept(database_path)
    for kind in BUTTONS | FORMS:
        state = states_of(kind, *made)
        send = send_form(house.ann, house.channel, state) if kind in FORMS else forged(house, house.ann, state)
        told = await send
        # A press that is acknowledged first leaves what was pressed as it stood.
        assert ONLY_MODERATORS in all_shown(told) or all_shown(told).removeprefix("x\n") == NOT_HELD, kind
        assert FORM["body"] not in all_shown(told), kind
        assert ASKED not in all_shown(told), kind
        assert told._interaction.modal is None, kind
    assert kept(database_path) == before


async def test_moderators_of_another_server_reach_nothing_here(house, database_path):
    made = await with_a_draft(house)
    before = kept(database_path)
    for kind in BUTTONS | FORMS:
        state = states_of(kind, *made)
        if kind in FORMS:
            told = await send_form(house.eve, house.elsewhere, state)
        else:
            told = await forged(house, house.eve, state, house.elsewhere)
        assert FORM["body"] not in all_shown(told), kind
        assert "dry in winter" not in all_shown(told), kind
        assert ASKED not in all_shown(told), kind
    assert kept(database_path) == before


async def test_a_form_sent_after_the_role_was_taken_away_is_refused_and_handed_back(house, database_path):
    form = await house.max.slash(house.channel, "answer add")
    before = kept(database_path)
    house.env.backend.get_guild(house.guild.id).members[house.max.id].role_ids.clear()
    told = await house.max.submit_modal(form, FORM)
    assert ONLY_MODERATORS in all_shown(told)
    assert kept(database_path) == before


async def test_a_right_given_for_one_channel_says_nothing_about_the_servers_answers(house):
    allowed = discord.PermissionOverwrite(manage_messages=True)
    own = house.guild.create_text_channel("anns-own", overwrites={house.ann: allowed})
    told = await use(house, house.ann, own, "answer withdraw", {**ENTRY, "reason": "why"})
    assert all_shown(told) == ONLY_MODERATORS


async def test_nothing_is_known_of_a_reply_elsewhere(house):
    target = await house.eve.send(house.elsewhere, "hello")
    told = await house.eve.context_menu(house.elsewhere, "Why this reply?", target)
    assert all_shown(told) == NO_SUCH_REPLY


async def test_no_part_of_an_entry_is_edited_by_who_may_not(house, database_path):
    before = kept(database_path)
    for part in ("answer", "question", "take-away"):
        for who, channel in ((house.ann, house.channel), (house.bea, house.channel)):
            told = await use(house, who, channel, "answer edit", {**ENTRY, "part": part, "answer": 1})
            assert all_shown(told) == ONLY_MODERATORS, part
            assert told._interaction.modal is None, part
    assert kept(database_path) == before
