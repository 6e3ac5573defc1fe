"""The book changes an entry that a server changed before: moderators see both texts and choose, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app import snapshot_of
from bot.config import Config
from cogs._moderation.overriding import BOOK_DROPPED, KEPT, TAKEN, TO_DECIDE
from knowledge.moderation.editing import BOOK_CHANGED_AGAIN
from knowledge.safety.notice import NOTICE
from tests.cogs.book import SEED
from tests.cogs.moderation.doing import all_shown, last, submit
from tests.cogs.showing import labels

OURS, NEW = "What this server says.", "What the book says now."


@pytest.fixture
def follow(storage, desk):
    """Serve a book in which the seed's first answer says something else, or that has the seed no more."""

    async def followed(body):
        others = [question for question in desk.snapshot.questions.values() if question.id != SEED.id]
        mended = replace(SEED, answers=(replace(SEED.answers[0], body=body), *SEED.answers[1:]))
        book = [mended, *others] if body else others
        await storage.moderators.follow(snapshot_of(book, Config(), samples=True), f"files with {body}")

    return followed


@pytest.fixture
async def overridden(house):
    form = await house.max.slash(house.channel, "answer edit", entry=SEED.id)
    await house.max.click(last(await submit(house.max, form, body=OURS)), label="Save")


async def show(house, who=None):
    return await (who or house.max).slash(house.channel, "answer show", entry=SEED.id)


async def shown_to_members(house):
    return all_shown(await house.ann.slash(house.channel, "ask", question=SEED.id))


@pytest.mark.usefixtures("overridden")
async def test_moderators_see_both_texts_and_keep_their_own(house, follow):
    assert "Keep this server's words" not in labels(last(await show(house)))
    await follow(NEW)
    assert TO_DECIDE in all_shown(await house.max.slash(house.channel, "review"))
    told = await show(house)
    assert OURS in all_shown(told)
    assert NEW in all_shown(told)
    assert all_shown(told).endswith(NOTICE)
    done = await house.max.click(last(told), label="Keep this server's words")
    assert all_shown(done).startswith(KEPT)
    assert OURS in await shown_to_members(house)
    assert TO_DECIDE not in all_shown(await house.max.slash(house.channel, "review"))
    assert "kept over the book's new words" in all_shown(
        await house.max.slash(house.channel, "answer history", entry=SEED.id)
    )
    await follow("What the book says next.")
    assert TO_DECIDE in all_shown(await house.max.slash(house.channel, "review"))


@pytest.mark.usefixtures("overridden")
async def test_moderators_take_the_books_words(house, follow, storage):
    await follow(NEW)
    done = await house.max.click(last(await show(house)), label="Take the book's words")
    assert all_shown(done).startswith(TAKEN)
    assert NEW in await shown_to_members(house)
    assert OURS not in await shown_to_members(house)
    assert storage.moderators.servers.outdated() == {}


@pytest.mark.usefixtures("overridden")
@pytest.mark.parametrize("label", ["Keep this server's words", "Take the book's words"])
async def test_nobody_chooses_on_a_text_that_has_changed_again(house, follow, label):
    await follow(NEW)
    told = await show(house)
    await follow("What the book says after that.")
    assert BOOK_CHANGED_AGAIN in all_shown(await house.max.click(last(told), label=label))
    assert OURS in await shown_to_members(house)


@pytest.mark.usefixtures("overridden")
async def test_an_entry_that_the_book_drops_can_be_kept(house, follow):
    await follow("")
    told = await show(house)
    assert BOOK_DROPPED in all_shown(told)
    assert "Take the book's words" not in labels(last(told))
    await house.max.click(last(told), label="Keep this server's words")
    assert OURS in await shown_to_members(house)
    assert BOOK_DROPPED not in all_shown(await show(house))


@pytest.mark.usefixtures("overridden")
async def test_what_another_moderator_chose_is_not_chosen_again(house, follow):
    await follow(NEW)
    first, second = await show(house), await show(house, house.mia)
    await house.max.click(last(first), label="Keep this server's words")
    refused = all_shown(await house.mia.click(last(second), label="Take the book's words"))
    assert "somebody changed this answer" in refused
    assert OURS in await shown_to_members(house)
