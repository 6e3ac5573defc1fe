"""Nobody approves their own: what the setting has wait is shown only after another moderator saw it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from knowledge.curation.refusals import ChangedMeanwhile, NotAllowed, Refused
from knowledge.curation.settings import ReviewMode
from knowledge.moderation import workplace
from knowledge.moderation.views import EntryState
from tests.knowledge.moderation.doing import (
    ANN,
    HISTAMINE,
    MAX,
    add,
    edit_body,
    moderator,
    set_review,
    version,
)


async def test_a_draft_is_seen_by_moderators_alone_until_another_one_approves(house):
    await set_review(house, ReviewMode.ALL)
    saved = await add(house)
    assert saved.waits
    (entry,) = saved.entries
    assert house.live(entry.id) is None
    assert [view.id for view in house.moderators.look.waiting(MAX)] == [entry.id]
    with pytest.raises(NotAllowed, match="another moderator"):
        await house.moderators.edit.approve(ANN, "k2", entry.version)
    await house.moderators.edit.approve(MAX, "k3", entry.version)
    assert house.live(entry.id).answers == (HISTAMINE,)
    with pytest.raises(ChangedMeanwhile):
        await house.moderators.edit.approve(MAX, "k4", entry.version)


async def test_who_edits_a_draft_cannot_approve_it_either(house):
    await set_review(house, ReviewMode.ALL)
    entry_id = (await add(house)).entries[0].id
    await edit_body(house, MAX, entry_id, "Histamine.", "k2")
    for caller in (ANN, MAX):
        with pytest.raises(NotAllowed):
            await house.moderators.edit.approve(caller, "k3", version(house, entry_id))
    await house.moderators.edit.approve(moderator("zoe"), "k4", version(house, entry_id))
    assert house.live(entry_id).answers[0].body == "Histamine."


async def test_restoring_a_draft_does_not_make_its_author_a_reviewer(house):
    await set_review(house, ReviewMode.ALL)
    entry_id = (await add(house)).entries[0].id
    await house.moderators.edit.reject(MAX, "k2", version(house, entry_id), "unclear")
    await house.moderators.edit.restore(MAX, "k3", version(house, entry_id), 1)
    for caller in (ANN, MAX):
        with pytest.raises(NotAllowed):
            await house.moderators.edit.approve(caller, "k4", version(house, entry_id))


async def test_only_what_is_risky_waits_where_the_setting_says_so(house):
    await set_review(house, ReviewMode.RISKY)
    assert not (await add(house)).waits
    dose = await add(
        house, answer=replace(HISTAMINE, body="Take 10 mg of hydroxyzine."), title="What helps itching?", key="k2"
    )
    assert dose.waits
    # Taking the dose away is as risky as writing it.
    assert (await edit_body(house, MAX, dose.entries[0].id, "Rest.", "k3")).waits


async def test_risks_are_looked_for_beside_the_loop_which_answers_members_meanwhile(house, monkeypatch):
    looked, on = workplace.needs_review, []

    def noted(*arguments):
        on.append(threading.current_thread())
        return looked(*arguments)

    monkeypatch.setattr(workplace, "needs_review", noted)
    await set_review(house, ReviewMode.RISKY)
    assert (await add(house, answer=replace(HISTAMINE, body="Take 10 mg of hydroxyzine. " * 700))).waits
    assert on
    assert threading.current_thread() not in on


async def test_turning_review_off_lets_the_next_save_through(house):
    await set_review(house, ReviewMode.ALL)
    entry_id = (await add(house)).entries[0].id
    await set_review(house, ReviewMode.OFF, "review-2")
    assert not (await edit_body(house, MAX, entry_id, "Histamine.", "k2")).waits
    assert house.live(entry_id).answers[0].body == "Histamine."
    assert house.moderators.look.waiting(ANN) == ()


async def test_withdrawing_does_not_wait(house):
    await set_review(house, ReviewMode.ALL)
    await edit_body(house, ANN, "hiccups", "Drink water.", "k1")
    await house.moderators.edit.withdraw(ANN, "k2", version(house, "hiccups"), "wrong")
    assert house.live("hiccups") is None
    assert house.moderators.look.waiting(ANN) == ()


async def test_rejecting_anothers_draft_asks_why_and_ones_own_does_not(house):
    await set_review(house, ReviewMode.ALL)
    entry_id = (await add(house)).entries[0].id
    with pytest.raises(Refused, match="say why"):
        await house.moderators.edit.reject(MAX, "k2", version(house, entry_id))
    await house.moderators.edit.reject(ANN, "k3", version(house, entry_id))
    assert house.moderators.look.entry(ANN, entry_id).state is EntryState.NOT_YET
