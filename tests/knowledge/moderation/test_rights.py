"""Who may do what: every call of every part of the desk, tried by those who may not."""

from __future__ import annotations

import asyncio
from inspect import isawaitable

import pytest

from knowledge.curation.examples import Example
from knowledge.curation.refusals import NotAllowed
from knowledge.curation.rights import Caller
from tests.knowledge.moderation.doing import (
    ADA,
    ANN,
    ASKED,
    ELSEWHERE,
    HISTAMINE,
    ITCH,
    KIM,
    MEMBER,
    TWITCH,
)

EVERY_MODERATORS_CALL = {
    "look.settings": lambda m, c: m.look.settings(c),
    "look.examples": lambda m, c: m.look.examples(c),
    "look.failing_examples": lambda m, c: m.look.failing_examples(c),
    "look.entry": lambda m, c: m.look.entry(c, "twitch"),
    "look.waiting": lambda m, c: m.look.waiting(c),
    "look.outdated": lambda m, c: m.look.outdated(c),
    "look.find": lambda m, c: m.look.find(c, "twi"),
    "look.experts": lambda m, c: m.look.experts(c, "kim", 5),
    "look.try_text": lambda m, c: m.look.try_text(c, "twitch", ASKED),
    "look.history": lambda m, c: m.look.history(c, "twitch"),
    "look.why": lambda m, c: m.look.why(c, "10", "20"),
    "look.statistics": lambda m, c: m.look.statistics(c, 7),
    "propose.new": lambda m, c: m.propose.new(c, ITCH, [HISTAMINE]),
    "propose.of_page": lambda m, c: m.propose.of_page(c, TWITCH),
    "propose.change": lambda m, c: m.propose.change(c, m.look.entry(ANN, "twitch"), TWITCH),
    "propose.assess": lambda m, c: m.propose.assess(c, m.propose.new(ANN, ITCH, [HISTAMINE])),
    "edit.save": lambda m, c: m.edit.save(c, "k", m.propose.new(ANN, ITCH, [HISTAMINE])),
    "edit.withdraw": lambda m, c: m.edit.withdraw(c, "k", m.look.entry(ANN, "twitch").version, "why"),
    "edit.withdraw_expert": lambda m, c: m.edit.withdraw_expert(c, "k", KIM, "why"),
    "edit.restore": lambda m, c: m.edit.restore(c, "k", m.look.entry(ANN, "twitch").version, 1),
    "edit.follow_book": lambda m, c: m.edit.follow_book(c, "k", m.look.entry(ANN, "twitch").version),
    "edit.keep_ours": lambda m, c: m.edit.keep_ours(c, "k", m.look.entry(ANN, "twitch").version, "ab"),
    "edit.take_books": lambda m, c: m.edit.take_books(c, "k", m.look.entry(ANN, "twitch").version, "ab"),
    "edit.approve": lambda m, c: m.edit.approve(c, "k", m.look.entry(ANN, "twitch").version),
    "edit.reject": lambda m, c: m.edit.reject(c, "k", m.look.entry(ANN, "twitch").version, "why"),
    "administer.pause": lambda m, c: m.administer.pause(c, "k", 0),
    "administer.add_example": lambda m, c: m.administer.add_example(c, "k", Example("twitchy", "twitch")),
    "administer.remove_example": lambda m, c: m.administer.remove_example(c, "k", "twitchy"),
}
ADMINS_CALLS = {
    "administer.settings": lambda m, c: m.administer.settings(c),
    "administer.change_settings": lambda m, c: m.administer.change_settings(
        c, "k", lambda now: now.choosing(paused=True)
    ),
    "administer.settings_history": lambda m, c: m.administer.settings_history(c, 5),
    "administer.export": lambda m, c: m.administer.export(c, jsonl=False, history=True),
    "administer.redact": lambda m, c: m.administer.redact(c, "k", "twitch", [1], "why"),
}


def test_the_matrix_knows_every_call(house):
    parts = {"look": house.moderators.look, "propose": house.moderators.propose,
             "edit": house.moderators.edit, "administer": house.moderators.administer}  # fmt: skip
    calls = {f"{name}.{call}" for name, part in parts.items() for call in dir(part) if not call.startswith("_")}
    assert calls == EVERY_MODERATORS_CALL.keys() | ADMINS_CALLS.keys()


async def _awaited(result):
    return await result if isawaitable(result) else result


@pytest.mark.parametrize("call", [*EVERY_MODERATORS_CALL, *ADMINS_CALLS])
@pytest.mark.parametrize(
    "caller", [MEMBER, Caller("", "ann", manages_messages=True, manages_server=True)], ids=["member", "dm"]
)
async def test_who_is_no_moderator_may_do_nothing(house, call, caller):
    made = EVERY_MODERATORS_CALL.get(call) or ADMINS_CALLS[call]
    with pytest.raises(NotAllowed):
        await _awaited(made(house.moderators, caller))


@pytest.mark.parametrize("call", ADMINS_CALLS)
async def test_some_things_are_for_admins(house, call):
    with pytest.raises(NotAllowed, match="admins"):
        await ADMINS_CALLS[call](house.moderators, ANN)


async def test_named_roles_stand_in_for_a_permission(house):
    await house.moderators.administer.change_settings(
        ADA, "k", lambda now: now.choosing(moderator_roles=frozenset({"7"}))
    )
    with pytest.raises(NotAllowed):
        house.moderators.look.waiting(ANN)
    assert house.moderators.look.waiting(Caller("1", "zoe", frozenset({"7", "8"}))) == ()
    assert house.moderators.look.waiting(ADA) == ()
    assert house.moderators.look.waiting(ELSEWHERE) == ()


async def test_a_change_that_waits_for_its_turn_is_judged_by_the_rights_of_then(house):
    _, late = await asyncio.gather(
        house.moderators.administer.change_settings(
            ADA, "k1", lambda now: now.choosing(moderator_roles=frozenset({"7"}))
        ),
        house.moderators.edit.withdraw(ANN, "k2", house.moderators.look.entry(ANN, "twitch").version, "why"),
        return_exceptions=True,
    )
    assert isinstance(late, NotAllowed)
    assert house.live("twitch")
