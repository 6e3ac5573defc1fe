"""What moderators find, and that two servers with the same ids and titles never see each other's."""

from __future__ import annotations

import pytest

from knowledge.content.canonical import content_hash
from knowledge.curation.concerns import ConcernKind
from knowledge.curation.examples import Example
from knowledge.curation.refusals import Refused
from knowledge.curation.settings import ReviewMode
from knowledge.model import Answer, Outcome, Place
from knowledge.moderation.views import EntryState
from knowledge.records import deliveries
from knowledge.records.deliveries import Delivery
from tests.knowledge.moderation.doing import (
    ANN,
    ASKED,
    ELSEWHERE,
    HICCUPS,
    ITCH,
    MAX,
    NOW,
    TWITCH,
    add,
    edit_body,
    set_review,
    version,
)

ITCH_ID = "why-do-mosquito-bites-itch"


async def test_what_is_withdrawn_or_waits_is_found_by_moderators(house):
    await set_review(house, ReviewMode.ALL)
    await add(house)
    await house.moderators.edit.withdraw(ANN, "k2", version(house, "twitch"), "outdated")
    find = house.moderators.look.find
    assert {view.id: view.state for view in find(ANN, "")} == {
        ITCH_ID: EntryState.NOT_YET,
        "twitch": EntryState.WITHDRAWN,
        "hiccups": EntryState.BOOK,
    }
    assert [view.id for view in find(ANN, "TWITCH")] == ["twitch"]
    assert [view.id for view in find(ANN, "", states={EntryState.BOOK, EntryState.OWN})] == ["hiccups"]
    assert len(find(ANN, "", limit=2)) == 2


async def test_an_entry_that_is_not_there_is_told(house):
    with pytest.raises(Refused, match="no such entry here"):
        house.moderators.look.entry(ANN, "../../etc/passwd")
    with pytest.raises(Refused, match="no such entry here"):
        await house.moderators.look.history(ANN, "nothing")


async def test_trying_a_text_tells_what_members_would_get(house):
    await add(house)
    assert house.moderators.look.try_text(ANN, ITCH, ASKED).outcome is Outcome.ANSWER
    assert house.moderators.look.try_text(ANN, ITCH, ASKED) == house.desk.respond(ITCH, ASKED)


async def test_a_text_is_tried_in_the_callers_own_server_whatever_place_is_named(house):
    await add(house)
    tried = house.moderators.look.try_text(ELSEWHERE, ITCH, Place(server_id="1"))
    assert ITCH_ID not in {match.question.id for match in tried.ranking.matches}


async def reply(house, question, server_id="1", reply_id="200"):
    shown = Delivery(reply_id + "0", server_id, "10", Outcome.ANSWER, question.id, content_hash(question), 0.95)
    await house.database.write(lambda change: deliveries.claim(change, shown, NOW))
    await house.database.write(lambda change: deliveries.settle(change, shown.asked_id, reply_id, NOW))


async def test_a_reply_is_explained_by_the_words_it_showed(house):
    await reply(house, house.live("twitch"))
    told = await house.moderators.look.why(ANN, "10", "200")
    assert (told.words, told.still_live, told.delivery.confidence) == (TWITCH, True, 0.95)
    await edit_body(house, ANN, "twitch", "It mostly passes.", "k1")
    told = await house.moderators.look.why(ANN, "10", "200")
    assert (told.words, told.still_live) == (TWITCH, False)
    await reply(house, house.live("twitch"), reply_id="201")
    assert (await house.moderators.look.why(ANN, "10", "201")).still_live


async def test_a_reply_is_explained_though_the_book_has_dropped_its_entry(house, compose_book):
    await house.moderators.book_changes.record("before")
    await reply(house, house.live("twitch"))
    await house.moderators.follow(compose_book([HICCUPS]), "after")
    told = await house.moderators.look.why(ANN, "10", "200")
    assert (told.words, told.still_live) == (TWITCH, False)
    assert [one.number for one in told.history.of_book] == [1, 2]


async def test_a_reply_in_another_server_is_not_explained(house):
    await reply(house, TWITCH, server_id="2")
    with pytest.raises(Refused, match="Nothing is known"):
        await house.moderators.look.why(ANN, "10", "200")


async def test_two_servers_with_the_same_ids_and_titles_never_see_each_others(open_house):
    """One canary word in each server's words: neither is in anything that the other is shown."""
    async with open_house() as house:
        for caller, canary in ((ANN, "alpha"), (ELSEWHERE, "bravo")):
            await add(house, caller, answer=Answer(f"The {canary} of it.", name=canary), key=f"add-{canary}")
            await edit_body(house, caller, "twitch", f"It {canary} passes.", f"edit-{canary}")
            await house.moderators.administer.add_example(
                caller, f"e-{canary}", Example(f"{canary} mosquito bites itch", ITCH_ID)
            )
    async with open_house() as house:
        for caller, own, foreign in ((ANN, "alpha", "bravo"), (ELSEWHERE, "bravo", "alpha")):
            seen = repr(await everything_shown(house, caller))
            assert own in seen
            assert foreign not in seen
        for server_id in ("", "3"):
            decision = house.desk.respond(ITCH, Place(server_id=server_id))
            assert ITCH_ID not in repr(decision)
            assert house.live("twitch", server_id) == TWITCH


async def everything_shown(house, caller):
    look, propose = house.moderators.look, house.moderators.propose
    proposal = propose.new(caller, "Why does a mosquito bite itch?", [Answer("Because.")])
    assessed = await propose.assess(caller, proposal)
    assert ConcernKind.NEAR_DUPLICATE in {concern.kind for concern in assessed.concerns}
    return (
        [house.desk.respond(text, Place(server_id=caller.server_id)) for text in (ITCH, TWITCH.title)],
        house.desk.suggest("", server_id=caller.server_id),
        house.desk.suggest("why", server_id=caller.server_id),
        look.find(caller, ""),
        look.find(caller, "why"),
        look.waiting(caller),
        look.examples(caller),
        [await look.history(caller, entry_id) for entry_id in (ITCH_ID, "twitch")],
        assessed,
    )


async def test_one_servers_entries_weigh_nothing_in_another(house):
    """A word list or a weight that all servers shared would let one notice what another added."""
    texts = ["mosquito bites itch", "mosquitto bytes", "cheek twitch", TWITCH.title]
    before = [house.desk.respond(text, Place(server_id="2")) for text in texts]
    await add(house)
    assert [house.desk.respond(text, Place(server_id="2")) for text in texts] == before
    assert house.moderators.look.waiting(MAX) == ()
