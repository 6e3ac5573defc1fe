"""What moderators may do with what waits: rights, requests that arrive twice, wordings that would harm others."""

import pytest

from knowledge.curation.examples import Example
from knowledge.curation.refusals import NotAllowed, Refused
from knowledge.curation.votes import Verdict, Vote
from knowledge.curation.waiting import Ending, Route
from knowledge.moderation.queue import ChangedQuestion
from knowledge.records import outbox, queue
from tests.knowledge.members.test_notifying import ASKED, ask, told, waiting
from tests.knowledge.moderation.doing import ANN, ELSEWHERE, HICCUPS, MAX, MEMBER, NOW, TWITCH


@pytest.fixture
async def question(house, members, held):
    await ask(members, held)
    await ask(members, held, "why do mosquito bites itch", "bea", route=Route.DIRECT)
    (question,) = await waiting(house)
    return question


@pytest.fixture
def desk(house):
    return house.moderators.queue


@pytest.fixture
def phrasings(house):
    return house.moderators.phrasings


async def test_members_and_other_servers_reach_nothing(desk, phrasings, question):
    for call in (
        desk.waiting,
        lambda who: desk.question(who, question.id),
        lambda who: desk.assign(who, "k", question.id, question.version),
        lambda who: desk.dismiss(who, "k", question.id, question.version, "why"),
        lambda who: desk.answer(who, "k", question.id, question.version, HICCUPS.id),
        lambda who: phrasings.fits(who, HICCUPS.id, ASKED),
        lambda who: phrasings.next_suggestion(who, 0),
        lambda who: phrasings.drop_wording(who, 1),
        desk.reported,
    ):
        with pytest.raises(NotAllowed):
            await call(MEMBER)
    assert await desk.waiting(ELSEWHERE) == ()
    with pytest.raises(ChangedQuestion):
        await desk.answer(ELSEWHERE, "k", question.id, question.version, HICCUPS.id)


async def test_a_request_that_arrives_twice_is_carried_out_once(house, desk, question):
    for _ in range(2):
        assert await desk.answer(ANN, "k", question.id, question.version, HICCUPS.id) == 2
    assert await told(house) == [("ann", HICCUPS.id), ("bea", HICCUPS.id)]


async def test_two_moderators_at_once_one_decides(house, desk, question):
    await desk.assign(MAX, "k1", question.id, question.version)
    with pytest.raises(ChangedQuestion) as refusal:
        await desk.dismiss(ANN, "k2", question.id, question.version, "why")
    assert refusal.value.ended is None
    (now,) = await waiting(house)
    assert await desk.dismiss(ANN, "k3", now.id, now.version, "why") == 2
    with pytest.raises(ChangedQuestion) as refusal:
        await desk.answer(MAX, "k4", now.id, now.version, HICCUPS.id)
    assert (refusal.value.ended.ending, refusal.value.ended.by) == (Ending.DISMISSED, "ann")


async def test_a_dismissal_carries_the_moderators_words_and_none_of_the_members(house, desk, question):
    await desk.dismiss(ANN, "k", question.id, question.version, " Ask your dentist. ")
    items = await outbox.due(house.database, NOW.replace(year=2030), (), 9)
    assert {item.payload["reason"] for item in items} == {"Ask your dentist."}
    assert not any("mosquito" in str(dict(item.payload)) for item in items)
    assert [item.channel_id for item in items] == ["c1", ""], "who is told directly is named in the payload alone"


async def test_an_entry_that_is_not_shown_answers_nothing(desk, question):
    with pytest.raises(Refused, match="no such entry"):
        await desk.answer(ANN, "k", question.id, question.version, "gone")


async def test_only_a_wording_that_harms_no_other_fits(phrasings):
    assert await phrasings.fits(ANN, HICCUPS.id, "how can i get rid of hiccups") is not None
    assert await phrasings.fits(ANN, HICCUPS.id, TWITCH.title) is None, "it is another question's own"
    assert await phrasings.fits(ANN, HICCUPS.id, "why does my cheek on the left side twitch") is None, (
        "it takes from another"
    )
    assert await phrasings.fits(ANN, HICCUPS.id, HICCUPS.title) is None, "it is there already"
    assert await phrasings.fits(ANN, HICCUPS.id, "hiccups? ask <@123>") is None
    assert await phrasings.fits(ANN, HICCUPS.id, "hiccups " * 60) is None


async def test_what_broke_an_example_does_not_fit(house, phrasings):
    await house.moderators.administer.add_example(ANN, "e", Example("why do zebras have stripes"))
    assert await phrasings.fits(ANN, HICCUPS.id, "why do zebras have any stripes") is None


async def test_reports_of_harm_are_listed_by_entry(house, members, desk):
    vote = Vote("1", "c1", "r1", "ann", TWITCH.id, Verdict.COULD_HARM)
    await members.votes.cast(vote, private=False)
    await members.votes.cast(vote, private=False)
    assert {entry: tally.could_harm for entry, tally in (await desk.reported(ANN)).items()} == {TWITCH.id: 1}
    items = await outbox.due(house.database, NOW.replace(year=2030), (), 9)
    assert [dict(item.payload) for item in items] == [{"entry": TWITCH.id, "channel": "c1", "reply": "r1"}]


async def test_a_question_that_expired_says_so(house, members, desk, question):
    await house.database.write(lambda change: queue.purge(change, NOW.replace(year=2030), NOW))
    with pytest.raises(ChangedQuestion) as refusal:
        await desk.question(ANN, question.id)
    assert refusal.value.ended.ending is Ending.EXPIRED
    assert (await members.privacy.kept("ann")).askings == ()
