"""What a server wrote and the book says now in the same words is the book's: no doubles, and its history stays."""

from __future__ import annotations

from dataclasses import replace

from knowledge.curation.entry import THE_OWNERS, Action
from knowledge.curation.settings import ReviewMode
from knowledge.model import Answer, Layer
from knowledge.moderation.views import EntryState
from tests.knowledge.moderation.doing import ANN, BOOK, HICCUPS, KIM, TWITCH, add, edit_body, set_review

DRINK = replace(HICCUPS, answers=(Answer("Drink water.", name=KIM, credentials="MD"),))
NEWER = replace(HICCUPS, answers=(Answer("Wait.", name=KIM, credentials="MD"),))


async def test_a_merged_override_follows_the_book_from_then_on(open_house, compose_book):
    async with open_house() as house:
        await edit_body(house, ANN, "hiccups", "Drink water.", "k1")
        await house.moderators.follow(compose_book([TWITCH, DRINK]), "merged")
        view = house.moderators.look.entry(ANN, "hiccups")
        assert (view.state, view.overrides_book, view.book_changed) == (EntryState.BOOK, False, False)
        assert house.live("hiccups").layer is Layer.BOOK
        history = await house.moderators.look.history(ANN, "hiccups")
        assert [(one.action, one.signed.by, one.target) for one in history.own] == [
            (Action.EDIT, "ann", None),
            (Action.MERGE, THE_OWNERS, 1),
        ]
        assert history.own[0].question.answers[0].body == "Drink water."
    async with open_house(book=[TWITCH, NEWER]) as house:
        assert house.live("hiccups").answers[0].body == "Wait."


async def test_a_merged_addition_is_the_books_also_where_the_bot_was_down_meanwhile(open_house):
    async with open_house() as house:
        await add(house)
        own = house.live("why-do-mosquito-bites-itch")
    of_book = replace(own, layer=Layer.BOOK, answers=tuple(replace(one, of_book=False) for one in own.answers))
    async with open_house(book=[*BOOK, of_book]) as house:
        assert house.live(own.id).layer is Layer.BOOK
        assert house.moderators.servers.layer("1").live({}) == ()
    async with open_house(book=[*BOOK, replace(of_book, title="Why do bites itch?")]) as house:
        assert house.live(own.id).title == "Why do bites itch?"


async def test_a_draft_over_merged_words_goes_on_waiting(open_house, compose_book):
    async with open_house() as house:
        await edit_body(house, ANN, "hiccups", "Drink water.", "k1")
        await set_review(house, ReviewMode.ALL)
        await edit_body(house, ANN, "hiccups", "Wait.", "k2")
        await house.moderators.follow(compose_book([TWITCH, DRINK]), "merged")
        view = house.moderators.look.entry(ANN, "hiccups")
        assert view.draft.answers[0].body == "Wait."
        assert view.shown.answers[0].body == "Drink water."


async def test_other_words_stay_overrides(open_house, compose_book):
    async with open_house() as house:
        await edit_body(house, ANN, "hiccups", "Drink water.", "k1")
        await house.moderators.follow(compose_book([TWITCH, NEWER]), "changed")
        assert house.live("hiccups").answers[0].body == "Drink water."
        assert house.moderators.look.entry(ANN, "hiccups").book_changed


async def test_following_the_same_book_twice_notes_it_once(open_house, compose_book):
    async with open_house() as house:
        await edit_body(house, ANN, "hiccups", "Drink water.", "k1")
        for _ in range(2):
            await house.moderators.follow(compose_book([TWITCH, DRINK]), "merged")
        assert len((await house.moderators.look.history(ANN, "hiccups")).own) == 2
        await edit_body(house, ANN, "hiccups", "Hold on.", "k2")
        await edit_body(house, ANN, "hiccups", "Drink.", "k3")
        assert house.live("hiccups").answers[0].body == "Drink."
