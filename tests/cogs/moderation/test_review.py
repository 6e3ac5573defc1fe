"""Settings, and answers that wait for another moderator."""

import sqlite3

from cogs import review
from cogs._custom_ids.desk_states import Approve
from cogs._moderation import proposing
from knowledge.curation.changes import OWN_DRAFT
from knowledge.curation.settings import ReviewMode
from knowledge.safety.notice import NOTICE
from tests.cogs.moderation.doing import FORM, added, all_shown, choose, file_of, forged, last, texts_of
from tests.cogs.showing import labels, shown


async def test_nobody_approves_their_own_and_another_one_does(house, desk):
    await choose(house, review=ReviewMode.ALL)
    saved = await added(house)
    assert all_shown(saved).startswith(proposing.SAVED_AS_DRAFT)
    assert FORM["title"] not in [one.title for one in desk.snapshot_of(house.id).questions.values()]
    mine = await house.max.slash(house.channel, "review")
    assert OWN_DRAFT in all_shown(mine)
    assert labels(last(mine)) == ["Reject"]
    (waits,) = house.env.bot.services.storage.moderators.look.waiting(house.admin_caller)
    refused = await forged(house, house.max, Approve(waits.id, waits.version.number))
    assert OWN_DRAFT in all_shown(refused)
    theirs = await house.mia.slash(house.channel, "review")
    preview, decide = texts_of(theirs)
    assert any(FORM["body"] in text for text in preview)
    assert f"Written by <@{house.max.id}>" in decide[0]
    approved = await house.mia.click(last(theirs), label="Approve")
    assert all_shown(approved).startswith(review.APPROVED)
    await house.ask(FORM["title"])
    assert shown(house.reply) == preview


async def test_risky_answers_wait_and_others_do_not(house):
    await choose(house, review=ReviewMode.RISKY)
    assert all_shown(await added(house)).startswith(proposing.SAVED)
    risky = await added(house, title="How much of it may a newborn have?", body="Give the baby 5 ml of it twice a day.")
    assert all_shown(risky).startswith(proposing.SAVED_AS_DRAFT)


async def test_a_draft_is_rejected_with_a_reason_and_what_members_see_stays(house, desk):
    await choose(house, review=ReviewMode.ALL)
    await added(house)
    waiting = await house.mia.slash(house.channel, "review")
    form = await house.mia.click(last(waiting), label="Reject")
    without = await house.mia.submit_modal(form, {})
    assert "Please say why." in all_shown(without)
    form = await house.mia.click(last(waiting), label="Reject")
    done = await house.mia.submit_modal(form, {"reason": "no source"})
    assert all_shown(done).startswith(review.REJECTED)
    assert all_shown(await house.mia.slash(house.channel, "review")) == review.NOTHING_WAITS
    assert len(desk.snapshot_of(house.id).questions) == len(desk.snapshot.questions)


async def test_a_draft_approved_twice_or_stale_is_told(house):
    await choose(house, review=ReviewMode.ALL)
    await added(house)
    first, second = (await house.mia.slash(house.channel, "review"), await house.ada.slash(house.channel, "review"))
    await house.mia.click(last(first), label="Approve")
    told = await house.ada.click(last(second), label="Approve")
    assert "somebody changed this answer" in all_shown(told)


async def test_a_double_click_approves_once(house, database_path):
    await choose(house, review=ReviewMode.ALL)
    await added(house)
    await house.mia.slash(house.channel, "review")
    state = Approve("why-do-mosquito-bites-itch-so-much", 1)
    for _ in range(2):
        assert review.APPROVED in all_shown(await forged(house, house.mia, state))
    with sqlite3.connect(database_path) as connection:
        approvals = "SELECT COUNT(*) FROM revisions WHERE action = 'approve'"
        assert connection.execute(approvals).fetchone() == (1,)


async def test_several_drafts_are_gone_through(house):
    await choose(house, review=ReviewMode.ALL)
    await added(house)
    await added(house, title="Why is my skin dry in winter?", body="Cold air holds little water, and heating dries it.")
    one = await house.mia.slash(house.channel, "review")
    assert "**1 of 2 that wait.**" in all_shown(one)
    two = await house.mia.click(last(one), label="Next")
    assert "**2 of 2 that wait.**" in all_shown(two)
    assert labels(last(two)) == ["Approve", "Reject", "Next"]
    assert texts_of(two)[-1][-1] == NOTICE


async def test_named_roles_moderate_instead_of_who_manages_messages(house, storage):
    role = house.guild.create_role("Curators")
    await choose(house, moderator_roles=frozenset({str(role.id)}))
    refused = await house.max.slash(house.channel, "answer add")
    assert "Only this server's moderators may do that." in all_shown(refused)
    kept = storage.moderators.servers.layer(house.id).settings
    assert kept.moderator_roles == {str(role.id)}
    await choose(house, moderator_roles=frozenset())
    allowed = await house.max.slash(house.channel, "answer add")
    assert allowed._interaction.modal is not None


async def test_a_reason_that_came_too_late_is_handed_back(house):
    await choose(house, review=ReviewMode.ALL)
    await added(house)
    seen = await house.mia.slash(house.channel, "review")
    form = await house.mia.click(last(seen), label="Reject")
    await house.ada.click(last(await house.ada.slash(house.channel, "review")), label="Approve")
    told = await house.mia.submit_modal(form, {"reason": "The second sentence is about flies."})
    assert "The second sentence is about flies." in file_of(house, told)
    assert review.REJECTED not in all_shown(told)
