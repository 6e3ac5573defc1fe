"""Whatever way an answer comes, and whatever was cut off: each asker is told once."""

import asyncio
from dataclasses import replace

import pytest

from knowledge.curation import proposals
from knowledge.curation.refusals import Refused
from knowledge.curation.review import ReviewMode
from knowledge.curation.waiting import Ending, Route
from knowledge.errors import NotSaved
from knowledge.members.desk import open_members_desk
from knowledge.members.held import NOT_HELD
from knowledge.records import outbox, queue
from tests.knowledge.moderation.doing import (
    ANN,
    ELSEWHERE,
    HICCUPS,
    HISTAMINE,
    ITCH,
    MAX,
    NOW,
    TWITCH,
    add,
    set_review,
    version,
)

ASKED = "why do mosquito bites itch?"


async def told(house):
    """Give who is told of which entry, from the outbox."""
    items = await outbox.due(house.database, NOW.replace(year=2030), (), 99)
    return sorted((item.payload["member"], item.payload["entry"]) for item in items if item.kind == "answered")


async def ask(members, held, said=ASKED, member="ann", *, key=None, route=Route.CHANNEL):
    return await members.passing_on.ask(key or f"{member}:{said}", "1", held(said, member), route)


async def waiting(house):
    return await queue.waiting(house.database, "1")


async def settled(members):
    await members.notifier.look("1")


ENTRY = "why-do-mosquito-bites-itch"


async def by_adding(house):
    await add(house)


async def by_a_phrasing(house):
    seen = house.moderators.look.entry(ANN, HICCUPS.id)
    question = proposals.with_phrasing(seen.newest, ASKED)
    await house.moderators.edit.save(ANN, "p", house.moderators.propose.change(ANN, seen, question))


async def by_an_edit(house):
    seen = house.moderators.look.entry(ANN, HICCUPS.id)
    question = replace(seen.newest, title=ITCH)
    await house.moderators.edit.save(ANN, "p", house.moderators.propose.change(ANN, seen, question))


async def by_the_book(house, compose_book):
    itch = replace(HICCUPS, id=ENTRY, title=ITCH)
    await house.moderators.follow(compose_book((TWITCH, itch)), "new")


@pytest.mark.parametrize(("way", "entry"), [(by_adding, ENTRY), (by_a_phrasing, HICCUPS.id), (by_an_edit, HICCUPS.id)])
async def test_each_way_of_a_moderator_tells(house, members, held, way, entry):
    await ask(members, held)
    await ask(members, held, "why do mosquito bites itch", "bea")
    await way(house)
    await settled(members)
    assert await told(house) == [("ann", entry), ("bea", entry)]
    assert await waiting(house) == ()


async def test_the_book_tells(house, members, held, compose_book):
    await ask(members, held)
    await by_the_book(house, compose_book)
    await settled(members)
    assert await told(house) == [("ann", ENTRY)]


async def test_an_approval_tells_and_the_draft_does_not(house, members, held):
    await set_review(house, ReviewMode.ALL)
    await ask(members, held)
    await add(house)
    await settled(members)
    assert await told(house) == []
    await house.moderators.edit.approve(MAX, "ok", version(house, ENTRY))
    await settled(members)
    assert await told(house) == [("ann", ENTRY)]


async def test_a_restored_answer_tells(house, members, held):
    await add(house)
    await house.moderators.edit.withdraw(ANN, "w", version(house, ENTRY), "why")
    await ask(members, held)
    await settled(members)
    assert await told(house) == []
    await house.moderators.edit.restore(ANN, "r", version(house, ENTRY), 1)
    await settled(members)
    assert await told(house) == [("ann", ENTRY)]


async def test_what_was_answered_while_nobody_looked_is_told_at_the_start(open_house, held):
    async with open_house() as house:
        async with open_members_desk(house.database, house.moderators.servers, lambda: NOW) as members:
            await ask(members, held)
        house.moderators.servers.on_shown = lambda _server: None  # killed before it looked
        await add(house)
        assert await told(house) == []
    async with open_house() as house:
        async with open_members_desk(house.database, house.moderators.servers, lambda: NOW) as members:
            await settled(members)
            assert await told(house) == [("ann", ENTRY)]
            await settled(members)
        assert await told(house) == [("ann", ENTRY)]


async def test_an_answer_that_came_while_a_question_was_being_kept_is_told(house, members, held):
    await asyncio.gather(ask(members, held), add(house))
    await settled(members)
    assert await told(house) == [("ann", ENTRY)]


async def test_looks_at_the_same_time_tell_once(house, members, held):
    await ask(members, held)
    house.moderators.servers.on_shown = lambda _server: None
    await add(house)
    await asyncio.gather(*(members.notifier.look("1") for _ in range(5)))
    assert await told(house) == [("ann", ENTRY)]


async def test_a_full_disk_puts_it_off_and_loses_nothing(house, members, held, monkeypatch):
    await ask(members, held)
    house.moderators.servers.on_shown = lambda _server: None
    await add(house)

    async def full(_change):
        raise NotSaved("Not saved: the disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(house.database, "write", full)
        with pytest.raises(NotSaved):
            await members.notifier.look("1")
    assert len(await waiting(house)) == 1
    await settled(members)
    assert await told(house) == [("ann", ENTRY)]


async def test_another_servers_answer_tells_nobody_here(house, members, held):
    await ask(members, held)
    await add(house, ELSEWHERE)
    await members.notifier.look("")
    assert await told(house) == []


# --- Keeping -------------------------------------------------------------------------------------


async def test_one_press_keeps_once(house, members, held):
    first = await ask(members, held, key="k")
    again = await members.passing_on.ask("k", "1", None, Route.CHANNEL)
    assert again == first
    assert len((await waiting(house))[0].askings) == 1


async def test_what_is_not_held_any_more_is_refused(members):
    with pytest.raises(Refused, match=NOT_HELD[:20]):
        await members.passing_on.ask("k", "1", None, Route.CHANNEL)


async def test_many_at_once_are_merged(house, members, held):
    kept = await asyncio.gather(*(ask(members, held, member=str(number)) for number in range(8)))
    (question,) = await waiting(house)
    assert len(question.askings) == 8
    assert max(one.askers for one in kept) == 8


async def test_who_asks_again_is_told_once_as_they_said_last(house, members, held):
    await ask(members, held, key="k1")
    await ask(members, held, key="k2", route=Route.DIRECT)
    (question,) = await waiting(house)
    assert [one.route for one in question.askings] == [Route.DIRECT]


async def test_only_its_member_takes_it_back(house, members, held):
    kept = await ask(members, held)
    assert not await members.passing_on.take_back("bea", kept.asking_id)
    assert await members.passing_on.take_back("ann", kept.asking_id)
    assert not await members.passing_on.take_back("ann", kept.asking_id)
    (number,) = [row["id"] for row in await house.database.read("SELECT id FROM waiting")]
    assert (await queue.ended(house.database, "1", number)).ending is Ending.TAKEN_BACK


async def test_the_draft_for_a_question_about_a_shown_entry_is_waited_for(house, members, held):
    """The askers of a question are not told the old answers while the new one waits for review."""
    await set_review(house, ReviewMode.ALL)
    await ask(members, held, "zebra?")
    (question,) = await waiting(house)
    seen = house.moderators.look.entry(ANN, HICCUPS.id)
    changed = proposals.with_answer(seen.newest, HISTAMINE)
    proposal, note = (
        house.moderators.propose.change(ANN, seen, changed),
        house.moderators.queue.answered_by(ANN, question.id),
    )
    await house.moderators.edit.save(ANN, "s", proposal, note)
    await settled(members)
    assert await told(house) == []
    await house.moderators.edit.approve(MAX, "ok", version(house, HICCUPS.id))
    await settled(members)
    assert await told(house) == [("ann", HICCUPS.id)]
