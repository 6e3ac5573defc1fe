"""`/answer edit` and one more answer for an entry: which answer, texts that no form holds, and what stays."""

from knowledge.safety.notice import NOTICE
from tests.cogs.book import LONG, SEED
from tests.cogs.moderation.doing import FORM, all_shown, filled_in, labels, last, submit, texts_of


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
