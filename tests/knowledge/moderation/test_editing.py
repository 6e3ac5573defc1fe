"""What is saved is shown, in its own server alone; what is withdrawn is gone, and can be restored."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from knowledge.curation import proposals
from knowledge.curation.entry import Action
from knowledge.curation.refusals import ChangedMeanwhile, Refused
from knowledge.curation.settings import ReviewMode
from knowledge.model import Answer, Layer, Outcome, Place
from knowledge.moderation.views import EntryState
from tests.knowledge.moderation.doing import (
    ANN,
    ASKED,
    HARRIS,
    HISTAMINE,
    ITCH,
    KIM,
    MAX,
    TWITCH,
    add,
    edit_body,
    set_review,
    version,
)


async def test_a_saved_answer_is_given_at_once_and_after_a_restart(open_house):
    async with open_house() as house:
        saved = await add(house)
        assert not saved.waits
        assert saved.entries[0].state is EntryState.OWN
        assert house.desk.respond(ITCH, ASKED).outcome is Outcome.ANSWER
    async with open_house() as house:
        decision = house.desk.respond(ITCH, ASKED)
        assert decision.reply.question.answers == (HISTAMINE,)
        assert decision.reply.question.layer is Layer.SERVER


async def test_other_servers_and_direct_messages_do_not_get_it(house):
    await add(house)
    for server_id in ("2", ""):
        assert house.live("why-do-mosquito-bites-itch", server_id) is None
        ranked = house.desk.respond(ITCH, Place(server_id=server_id)).ranking.matches
        assert {match.question.id for match in ranked} <= {"twitch", "hiccups"}


async def test_an_override_leaves_the_books_other_answers_theirs(house):
    await edit_body(house, ANN, "twitch", "It mostly passes.", "k1")
    first, second = house.live("twitch").answers
    assert (first.body, first.of_book, second.of_book) == ("It mostly passes.", False, True)
    assert house.live("twitch", "2") == TWITCH
    assert house.moderators.look.entry(ANN, "twitch").overrides_book


async def test_what_is_put_back_to_the_books_words_follows_the_book_again(house, compose_book):
    await edit_body(house, ANN, "twitch", "It mostly passes.", "k1")
    await edit_body(house, ANN, "twitch", "It passes.", "k2")
    assert house.moderators.look.entry(ANN, "twitch").state is EntryState.BOOK
    mended = replace(TWITCH, title="Why is my cheek twitching?")
    await house.moderators.follow(compose_book([mended]), "new")
    assert house.live("twitch") == mended


async def test_a_new_book_is_shown_under_every_servers_own(house, compose_book):
    await add(house)
    await edit_body(house, ANN, "twitch", "It mostly passes.", "k2")
    mended = replace(TWITCH, title="Why is my cheek twitching?")
    await house.moderators.follow(compose_book([mended]), "new")
    assert house.live("twitch").answers[0].body == "It mostly passes."
    assert house.moderators.look.entry(ANN, "twitch").book_changed
    assert house.live("twitch", "2") == mended
    assert house.live("hiccups") is None
    assert house.live("why-do-mosquito-bites-itch")
    history = await house.moderators.look.history(ANN, "twitch")
    assert [revision.action for revision in history.of_book] == [Action.ADD, Action.EDIT]


async def test_a_book_that_comes_while_something_is_saved_is_shown_under_it(house, compose_book, monkeypatch):
    write, newer = house.database.write, compose_book([replace(TWITCH, id="newer"), TWITCH])

    async def write_meanwhile(change):
        kept = await write(change)
        await house.moderators.servers.follow(newer)
        return kept

    monkeypatch.setattr(house.database, "write", write_meanwhile)
    saved = await add(house)
    assert house.live(saved.entries[0].id)
    assert house.live("newer")


async def test_the_second_of_two_editors_is_shown_what_changed(house):
    look, propose = house.moderators.look, house.moderators.propose
    seen = look.entry(MAX, "hiccups")
    late = propose.change(MAX, seen, proposals.with_phrasing(seen.newest, "hiccups wont stop"))
    await edit_body(house, ANN, "hiccups", "Drink water.", "k1")
    with pytest.raises(ChangedMeanwhile) as caught:
        await house.moderators.edit.save(MAX, "k2", late)
    assert caught.value.entry.live.question.answers[0].body == "Drink water."
    assert house.live("hiccups").phrasings == ()


async def test_an_editor_of_the_books_words_notices_that_the_book_changed(house, compose_book):
    seen = house.moderators.look.entry(ANN, "hiccups")
    late = house.moderators.propose.change(ANN, seen, proposals.with_phrasing(seen.newest, "hiccups wont stop"))
    mended = replace(seen.newest, title="How can hiccups be stopped?")
    await house.moderators.follow(compose_book([mended]), "new")
    with pytest.raises(ChangedMeanwhile):
        await house.moderators.edit.save(ANN, "k1", late)


async def test_a_request_that_arrives_twice_is_carried_out_once(open_house):
    async with open_house() as house:
        proposal = house.moderators.propose.new(ANN, ITCH, [HISTAMINE])
        first = await house.moderators.edit.save(ANN, "k1", proposal)
        assert await house.moderators.edit.save(ANN, "k1", proposal) == first
    async with open_house() as house:
        assert await house.moderators.edit.save(ANN, "k1", proposal) == first
        assert len((await house.moderators.look.history(ANN, first.entries[0].id)).own) == 1


async def test_what_changes_nothing_is_not_saved(house):
    with pytest.raises(Refused, match="nothing was changed"):
        await edit_body(house, ANN, "hiccups", " Hold your breath.\n", "k1")


async def test_everything_wrong_with_a_form_is_told_at_once(house):
    answer = Answer("x" * 20_001, headline="y" * 301)
    with pytest.raises(Refused) as caught:
        house.moderators.propose.new(ANN, "?!", [answer])
    told = str(caught.value).splitlines()
    assert told == [
        "The question has no words in it. Write it as a member would ask it.",
        "The answer is 20,001 characters long; at most 20,000 fit.",
        "The headline is 301 characters long; at most 300 fit.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE entries; --",
        "{0.__class__}",
        "```\nfence",
        "# heading",
        "@everyone",
        "[a](http://b)",
        "\u202etxet",
        "a\x00b",
    ],
)
async def test_hostile_text_is_kept_word_for_word(open_house, text):
    async with open_house() as house:
        await add(house, answer=Answer(text, name=text, credentials=text))
    async with open_house() as house:
        assert house.live("why-do-mosquito-bites-itch").answers[0].body == text


# --- Withdrawing and restoring ------------------------------------------------------------------


async def test_a_withdrawn_answer_is_gone_at_once_in_its_server_alone(house):
    await house.moderators.edit.withdraw(ANN, "k1", version(house, "twitch"), "outdated")
    assert house.live("twitch") is None
    assert house.desk.respond(TWITCH.title, ASKED).outcome is Outcome.NONE
    assert house.live("twitch", "2") == TWITCH
    assert house.moderators.look.entry(ANN, "twitch").state is EntryState.WITHDRAWN


async def test_withdrawing_asks_for_a_reason(house):
    with pytest.raises(Refused, match="say why"):
        await house.moderators.edit.withdraw(ANN, "k1", version(house, "twitch"), "  ")
    assert house.live("twitch")


async def test_any_revision_can_be_restored(house):
    await edit_body(house, ANN, "hiccups", "Drink water.", "k1")
    await edit_body(house, ANN, "hiccups", "Drink tea.", "k2")
    await house.moderators.edit.withdraw(MAX, "k3", version(house, "hiccups"), "wrong")
    await house.moderators.edit.restore(ANN, "k4", version(house, "hiccups"), 1)
    assert house.live("hiccups").answers[0].body == "Drink water."
    await house.moderators.edit.follow_book(ANN, "k5", version(house, "hiccups"))
    assert house.live("hiccups").answers[0].body == "Hold your breath."
    history = (await house.moderators.look.history(ANN, "hiccups")).own
    assert [(one.number, one.action, one.target, one.signed.by) for one in history] == [
        (1, Action.EDIT, None, "ann"),
        (2, Action.EDIT, None, "ann"),
        (3, Action.WITHDRAW, 2, "max"),
        (4, Action.RESTORE, 1, "ann"),
        (5, Action.FOLLOW_BOOK, None, "ann"),
    ]


async def test_everything_by_an_expert_goes_at_once(house):
    await add(house)
    saved = await house.moderators.edit.withdraw_expert(ANN, "k2", "  jo KIM, MD ", "licence lost")
    assert {entry.id: entry.state for entry in saved.entries} == {
        "why-do-mosquito-bites-itch": EntryState.WITHDRAWN,
        "twitch": EntryState.OWN,
        "hiccups": EntryState.WITHDRAWN,
    }
    assert [answer.name for answer in house.live("twitch").answers] == [HARRIS]
    assert len(house.live("twitch", "2").answers) == 2
    with pytest.raises(Refused, match="No answer here"):
        await house.moderators.edit.withdraw_expert(ANN, "k3", KIM, "again")


async def test_what_an_expert_says_in_a_book_that_came_while_waiting_goes_too(house, compose_book):
    newer = replace(TWITCH, id="newer", answers=TWITCH.answers[1:])
    withdrawing = asyncio.create_task(house.moderators.edit.withdraw_expert(ANN, "k1", KIM, "licence lost"))
    await asyncio.sleep(0)
    house.desk.serve(compose_book([TWITCH, newer]))
    assert {entry.id for entry in (await withdrawing).entries} == {"twitch", "newer"}
    assert house.live("newer") is None


async def test_an_experts_draft_goes_with_the_answers(house):
    await set_review(house, ReviewMode.ALL)
    await add(house)
    await house.moderators.edit.withdraw_expert(MAX, "k2", KIM, "licence lost")
    assert house.moderators.look.waiting(ANN) == ()
