"""`/answer edit` and one more answer for an entry: which answer, texts that no form holds, and what stays."""

from dataclasses import replace

import pytest

from bot.app import snapshot_of
from bot.config import Config
from knowledge.curation.settings import ReviewMode
from knowledge.presentation.byline import ADDED_HERE, NAME_UNKNOWN
from knowledge.safety.notice import NOTICE
from tests.cogs.book import LONG, SEED
from tests.cogs.moderation.doing import (
    FORM,
    added,
    all_shown,
    choose,
    file_of,
    filled_in,
    last,
    save,
    submit,
    texts_of,
)
from tests.cogs.showing import labels, shown


async def test_the_form_is_filled_with_the_answer_that_was_chosen(house, desk):
    form = await house.max.slash(house.channel, "answer edit", entry=SEED.id, answer=2)
    second = SEED.answers[1]
    assert filled_in(form) == {
        "title": SEED.title,
        "headline": second.headline,
        "body": second.body,
        "name": second.name or "",
        "credentials": second.credentials or "",
    }
    done = await submit(house.max, form, headline="A mended headline")
    assert texts_of(done)[-1][-1] == NOTICE
    await house.max.click(last(done), label="Save")
    live = desk.question(SEED.id, server_id=house.id)
    assert [one.headline for one in live.answers][1] == "A mended headline"
    assert (live.answers[1].rating, live.answers[1].body) == (second.rating, second.body)
    assert live.answers[0].of_book


async def test_an_answer_that_is_not_there_is_told(house):
    told = await house.max.slash(house.channel, "answer edit", entry=SEED.id, answer=9)
    assert f"This entry has {len(SEED.answers)} answers." in all_shown(told)


async def test_a_text_that_no_form_holds_stays_while_the_rest_is_edited(house, desk):
    assert len(LONG.answers[0].body) > 4_000
    form = await house.max.slash(house.channel, "answer edit", entry=LONG.id)
    assert "body" not in filled_in(form)
    done = await submit(house.max, form, headline="A mended headline")
    await house.max.click(last(done), label="Save")
    answer = desk.question(LONG.id, server_id=house.id).answers[0]
    assert (answer.headline, answer.body) == ("A mended headline", LONG.answers[0].body)


async def test_one_more_experts_answer_is_added_to_an_entry(house, desk):
    form = await house.max.slash(house.channel, "answer add", to=SEED.id)
    assert "title" not in filled_in(form)
    done = await submit(house.max, form, **{key: text for key, text in FORM.items() if key != "title"})
    await house.max.click(last(done), label="Save")
    live = desk.question(SEED.id, server_id=house.id)
    assert [one.name for one in live.answers] == [*(one.name for one in SEED.answers), FORM["name"]]
    assert live.title == SEED.title


async def test_nothing_changed_is_nothing_to_save(house):
    done = await submit(house.max, await house.max.slash(house.channel, "answer edit", entry=SEED.id))
    assert "Nothing was saved, because nothing was changed." in all_shown(done)
    assert labels(last(done)) == ["Edit again"]


async def test_a_text_that_is_too_long_is_told(house):
    told = await house.max.slash(house.channel, "answer edit", entry=SEED.id, file=("x.txt", b"x" * 20_001))
    assert "20,001 characters long; at most 20,000 fit" in all_shown(told)


class TestTheQuestion:
    async def test_has_a_form_of_its_own_for_details_and_topics(self, house, desk):
        form = await house.max.slash(house.channel, "answer edit", entry=SEED.id, part="question")
        assert filled_in(form) == {"title": SEED.title, "details": SEED.details, "topics": "\n".join(SEED.topics)}
        done = await submit(house.max, form, details="Since last spring.", topics="botox\n eyes \nBotox")
        assert "Changes: Text under the question" in all_shown(done)
        assert "+ Since last spring." in all_shown(done)
        assert desk.question(SEED.id, server_id=house.id).topics == SEED.topics
        await house.max.click(last(done), label="Save")
        live = desk.question(SEED.id, server_id=house.id)
        assert (live.details, live.topics) == ("Since last spring.", ("botox", "eyes"))
        assert [replace(one, of_book=False) for one in live.answers] == list(SEED.answers)
        kept = await house.max.slash(house.channel, "answer history", entry=SEED.id)
        assert "edited by" in all_shown(kept)

    async def test_takes_longer_details_from_a_file(self, house, desk):
        longer = "It began in spring. " * 240
        told = await house.max.slash(
            house.channel, "answer edit", entry=SEED.id, part="question", file=("x.txt", longer.encode())
        )
        await house.max.click(last(told), label="Save")
        assert desk.question(SEED.id, server_id=house.id).details == longer.strip()
        form = await house.max.slash(house.channel, "answer edit", entry=SEED.id, part="question")
        assert "details" not in filled_in(form)
        done = await submit(house.max, form, topics="botox")
        await house.max.click(last(done), label="Save")
        live = desk.question(SEED.id, server_id=house.id)
        assert (live.details, live.topics) == (longer.strip(), ("botox",))

    async def test_is_typed_over_what_somebody_else_changed_meanwhile(self, house, desk):
        form = await house.max.slash(house.channel, "answer edit", entry=SEED.id, part="question")
        theirs = await house.mia.slash(house.channel, "answer edit", entry=SEED.id, answer=3)
        done = await submit(house.mia, theirs, headline="Mia was faster")
        await house.mia.click(last(done), label="Save")
        told = await submit(house.max, form, topics="eyes")
        assert "Mia was faster" in all_shown(told)
        assert "Topics:\neyes" in file_of(house, told)
        again = await house.max.click(last(told), label="Edit again, from how it stands now")
        assert filled_in(again)["topics"] == "eyes"
        await house.max.click(last(await submit(house.max, again)), label="Save")
        live = desk.question(SEED.id, server_id=house.id)
        assert (live.topics, live.answers[2].headline) == (("eyes",), "Mia was faster")


class TestABooksEntryWithMoreThanModeratorsMayAdd:
    LADEN = replace(
        SEED,
        answers=tuple(replace(SEED.answers[0], body=f"I am number {number}.") for number in range(1, 31)),
        phrasings=tuple(f"{number} twitches a minute in my left cheek" for number in range(60)),
    )

    @pytest.fixture(autouse=True)
    async def _laden(self, storage):
        await storage.moderators.follow(snapshot_of([self.LADEN], Config(), samples=True), "files with a laden entry")

    async def test_each_of_its_answers_can_be_chosen_and_corrected(self, house, desk):
        offered = await house.max.autocomplete(house.channel, "answer edit", "answer", 28, entry=SEED.id)
        assert [choice["value"] for choice in offered] == [28]
        offered = await house.max.autocomplete(
            house.channel, "answer edit", "answer", NAME_UNKNOWN.upper(), entry=SEED.id
        )
        assert len(offered) == 25
        form = await house.max.slash(house.channel, "answer edit", entry=SEED.id, answer=28)
        await save(house, await submit(house.max, form, body="I am mended."))
        assert desk.question(SEED.id, server_id=house.id).answers[27].body == "I am mended."

    async def test_one_of_its_answers_and_of_its_phrasings_can_be_taken_away(self, house, desk):
        taken = await house.max.slash(house.channel, "answer edit", entry=SEED.id, part="take-away", answer=30)
        await save(house, taken)
        removed = {"entry": SEED.id, "wording": self.LADEN.phrasings[0]}
        await save(house, await house.max.slash(house.channel, "phrasing remove", **removed))
        live = desk.question(SEED.id, server_id=house.id)
        assert (len(live.answers), len(live.phrasings)) == (29, 59)

    async def test_suggestions_are_as_many_as_discord_takes(self, house):
        offered = await house.max.autocomplete(house.channel, "answer edit", "answer", "", entry=SEED.id)
        assert [choice["value"] for choice in offered] == list(range(1, 26))

    async def test_one_more_is_refused_with_what_to_do(self, house):
        form = await house.max.slash(house.channel, "answer add", to=SEED.id)
        told = await submit(house.max, form, body="One more.")
        assert "An entry may have 20 answers; this would be number 31. Take some away first." in all_shown(told)


class TestAnEntryThatTheBookDropsMeanwhile:
    @pytest.fixture
    def drop(self, storage, desk):
        async def dropped():
            left = [question for question in desk.snapshot.questions.values() if question.id != SEED.id]
            await storage.moderators.follow(snapshot_of(left, Config(), samples=True), "files without it")

        return dropped

    async def test_hands_back_what_was_typed_into_its_form(self, house, drop):
        form = await house.max.slash(house.channel, "answer edit", entry=SEED.id, answer=2)
        await drop()
        told = await submit(house.max, form, body="Typed by hand.")
        assert "no such entry any more" in all_shown(told)
        assert "Typed by hand." in file_of(house, told)

    async def test_hands_back_what_was_about_to_be_saved(self, house, drop):
        form = await house.max.slash(house.channel, "answer edit", entry=SEED.id, answer=2)
        done = await submit(house.max, form, body="Typed by hand.")
        await drop()
        told = await house.max.click(last(done), label="Save")
        assert "no such entry any more" in all_shown(told)
        assert "Typed by hand." in file_of(house, told)


class TestOneAnswerOfSeveral:
    async def test_is_offered_by_number_and_expert(self, house):
        offered = await house.max.autocomplete(house.channel, "answer edit", "answer", "", entry=SEED.id)
        assert [choice["value"] for choice in offered] == [1, 2, 3]
        assert offered[0]["name"].startswith(f"1: {NAME_UNKNOWN}")

    async def test_goes_after_a_look_at_what_is_left(self, house, desk):
        done = await house.max.slash(house.channel, "answer edit", entry=SEED.id, part="take-away", answer=1)
        told = all_shown(done)
        assert "Answer 1, which goes: text" in told
        assert "Changes: Answer 2" not in told
        assert len(desk.question(SEED.id, server_id=house.id).answers) == len(SEED.answers)
        pressed = await house.max.click(last(done), label="Save")
        assert "Saved" in all_shown(pressed)
        live = desk.question(SEED.id, server_id=house.id)
        assert [one.body for one in live.answers] == [one.body for one in SEED.answers[1:]]
        assert all(one.of_book for one in live.answers)
        await house.max.slash(house.channel, "answer restore", entry=SEED.id, revision=0)
        assert len(desk.question(SEED.id, server_id=house.id).answers) == len(SEED.answers)

    async def test_waits_for_review_where_all_does(self, house, desk):
        await choose(house, review=ReviewMode.ALL)
        done = await house.max.slash(house.channel, "answer edit", entry=SEED.id, part="take-away", answer=2)
        await house.max.click(last(done), label="Save")
        assert len(desk.question(SEED.id, server_id=house.id).answers) == len(SEED.answers)
        seen = await house.mia.slash(house.channel, "review")
        assert "Answer 2, which goes: text" in all_shown(seen)
        await house.mia.click(last(seen), label="Approve")
        assert len(desk.question(SEED.id, server_id=house.id).answers) == len(SEED.answers) - 1

    async def test_has_to_be_chosen_and_to_leave_one(self, house):
        told = await house.max.slash(house.channel, "answer edit", entry=SEED.id, part="take-away")
        assert "which one is to go" in all_shown(told)
        told = await house.max.slash(house.channel, "answer edit", entry=SEED.id, part="take-away", answer=9)
        assert "no such answer" in all_shown(told)
        await added(house)
        told = await house.max.slash(
            house.channel, "answer edit", entry="why-do-mosquito-bites-itch-so-much", part="take-away", answer=1
        )
        assert "the only answer" in all_shown(told)


async def test_an_entry_is_shown_as_members_see_it(house):
    done = await house.max.slash(house.channel, "answer edit", entry=SEED.id, answer=2)
    await house.max.click(last(await submit(house.max, done, headline="A mended headline")), label="Save")
    await house.ask(SEED.title)
    for_members = "\n".join(shown(house.channel.last_message))
    seen = await house.max.slash(house.channel, "answer show", entry=SEED.id)
    above = "\n".join(texts_of(seen)[0])
    assert above.count(ADDED_HERE) == for_members.count(ADDED_HERE) == 1
    assert above == for_members
