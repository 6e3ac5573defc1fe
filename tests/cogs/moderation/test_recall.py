"""An answer is withdrawn or corrected: what earlier replies show of it follows, each reply once, from what is live."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import discord
import pytest

from bot.app import snapshot_of
from bot.config import Config
from cogs._rendering.entry_layout import answers
from cogs._rendering.layouts import Reader
from cogs._rendering.view import NOBODY, view
from cogs.explain import REDACTED, TAKEN_BACK
from cogs.outbox import carry
from knowledge.curation.rights import Caller
from knowledge.deliveries.outbox import Done
from knowledge.presentation import sentences
from knowledge.records import outbox
from knowledge.safety.notice import NOTICE
from tests.cogs.book import LONG as SCAR
from tests.cogs.book import LONG_ASKED, SEED, SEED_ASKED
from tests.cogs.moderation.doing import all_shown, last, submit
from tests.cogs.moderation.test_stats import figures, stats
from tests.cogs.showing import shown
from tests.scale import LONG

DAY = "2026-11-22"
GONE = sentences.WITHDRAWN.format(day=DAY)
MANY_PAGES = "**Corrected on 2020-01-01**\n\n" + "Massage it gently, twice a day, and keep it out of the sun. " * 60
CORRECTED = f"**{sentences.CORRECTED.format(day=DAY)}**"
"""What stands in place of a withdrawn answer, and above a corrected one, on the day on which these tests play."""


async def withdraw(house, who=None, channel=None, entry=SEED.id):
    return all_shown(
        await (who or house.max).slash(channel or house.channel, "answer withdraw", entry=entry, reason="Wrong.")
    )


async def restore(house, entry=SEED.id):
    return all_shown(await house.max.slash(house.channel, "answer restore", entry=entry))


async def correct(house, body, entry=SEED.id):
    form = await house.max.slash(house.channel, "answer edit", entry=entry)
    return await house.max.click(last(await submit(house.max, form, body=body)), label="Save")


async def carried_out(house, storage):
    """Wait until nothing waits in the outbox. Its worker stands outside of the simulated time."""
    async with asyncio.timeout(LONG):
        while await storage.database.read("SELECT 1 FROM outbox WHERE ended_at IS NULL"):
            await asyncio.sleep(0.01)
            await house.env.settle()


async def connected(house, storage):
    """Connect the outbox again, and wait until it is empty."""
    storage.outbox.connect(partial(carry, house.env.bot))
    await carried_out(house, storage)


def edits(house, message):
    """Count how often the bot edited a message as what it is: one of its own in a channel."""
    path = f"/channels/{message.channel.id}/messages/{message.id}"
    return [call.method for call in house.env.http_requests if call.path == path].count("PATCH")


async def replies(house, count=1):
    """Ask a few times; give the replies' messages."""
    return [await asked(house) for _ in range(count)]


async def asked(house, who=None, channel=None):
    await house.ask(SEED_ASKED, who, channel)
    return (channel or house.channel).last_message


def now(house, message):
    """Give what a message shows now."""
    channel = next(one for one in (house.channel, house.elsewhere) if one.id == message.channel.id)
    return shown(next(one for one in channel.history() if one.id == message.id))


async def test_a_withdrawn_answer_is_taken_out_of_every_reply_of_the_server_and_of_no_other(house, storage):
    first, second = await replies(house, 2)
    elsewhere = await asked(house, house.eve, house.elsewhere)
    private = await house.ann.slash(house.channel, "ask", question=SEED.id)
    # As if an hour had passed since: Discord lets nobody edit it any more.
    await storage.database.write(
        lambda change: change.execute("UPDATE deliveries SET claimed_at = claimed_at - 3600 WHERE private")
    )
    told = await withdraw(house)
    assert "Earlier replies in channels that are edited to follow: 2." in told
    assert "Private answers that cannot be reached: 1;" in told
    await carried_out(house, storage)
    assert now(house, first) == now(house, second) == [GONE]
    assert [edits(house, one) for one in (first, second, elsewhere)] == [1, 1, 0]
    assert shown(private.response) != [GONE]


async def test_a_reply_that_says_that_its_answer_is_gone_is_explained_as_that(house, storage):
    reply = await asked(house)
    await withdraw(house)
    await carried_out(house, storage)
    told = all_shown(await house.max.context_menu(house.channel, "Why this reply?", reply))
    assert TAKEN_BACK in told
    assert REDACTED not in told


async def test_a_copy_that_somebody_opened_under_a_reply_follows_too_and_is_no_question_more(house, storage):
    """Discord lets it be edited for a while, which in the simulated time of these tests is over at once."""
    await house.ask(LONG_ASKED)
    copy = await house.bea.click(house.channel.last_message, label="Answer 2")
    assert copy.ephemeral
    await withdraw(house, entry=SCAR.id)
    await carried_out(house, storage)
    recalled = await storage.database.read("SELECT key FROM outbox WHERE kind = 'recall'")
    assert len(recalled) == 2
    assert figures(await stats(house))["Answered"] == ["1"] * 3


async def test_a_corrected_answer_is_shown_anew_with_its_day_and_notice_and_its_asker_can_turn_it(house, storage):
    (reply,) = await replies(house)
    saved = await correct(house, "Mended words.")
    assert "Earlier replies in channels that are edited to follow: 1." in "\n".join(shown(saved.response))
    await carried_out(house, storage)
    texts = now(house, reply)
    assert texts[0] == CORRECTED
    assert any("Mended words" in text for text in texts)
    assert texts[-1] == NOTICE
    assert edits(house, reply) == 1
    await house.ann.click(house.channel.last_message, label="Not my question")
    assert house.channel.last_message.id != reply.id, "it is still ann's reply, who may take it away"


async def test_a_corrected_reply_says_so_on_every_page_and_a_copy_of_it_does_not(house, storage):
    (reply,) = await replies(house)
    await correct(house, MANY_PAGES)
    await carried_out(house, storage)
    for label in ("Next page", "Previous page"):
        reply = (await house.ann.click(reply, label=label)).response
        assert shown(reply)[0] == CORRECTED
    assert CORRECTED not in all_shown(await house.bea.click(reply, label="Next page"))


async def test_a_recall_that_was_overtaken_by_a_restoration_touches_nothing(house, storage):
    (reply,) = await replies(house)
    before = now(house, reply)
    await storage.outbox.disconnect()
    await withdraw(house)
    await restore(house)
    await connected(house, storage)
    assert now(house, reply) == before
    assert edits(house, reply) == 0


async def test_a_try_of_which_nobody_knows_whether_it_came_through_is_looked_at(house, storage):
    first, second = await replies(house, 2)
    before = now(house, first)
    await withdraw(house)
    await carried_out(house, storage)
    await storage.outbox.disconnect()
    # As after a crash: the first was edited without that being noted, the second was not edited at all.
    await storage.database.write(lambda change: change.execute("UPDATE outbox SET ended_at = NULL, given_up = NULL"))
    await storage.database.write(
        lambda change: change.execute(
            "UPDATE outbox SET payload = json_object('asked', (SELECT asked_id FROM deliveries "
            "WHERE outbox.key LIKE '%:' || asked_id))"
        )
    )
    await (
        house.env.bot.get_partial_messageable(second.channel.id)
        .get_partial_message(second.id)
        .edit(
            view=view(answers(storage.moderators.servers._desk.reply(SEED), Reader(house.ann.id, votes=True))),
            allowed_mentions=NOBODY,
        )
    )
    await connected(house, storage)
    assert now(house, first) == now(house, second) == [GONE]
    assert [edits(house, one) for one in (first, second)] == [1, 3], "the test itself edited the second once"
    assert before != [GONE]


async def test_a_restoration_between_a_crash_and_the_next_try_touches_nothing(house, storage):
    (reply,) = await replies(house)
    before = now(house, reply)
    await storage.outbox.disconnect()
    await withdraw(house)
    await storage.database.write(lambda change: change.execute("UPDATE outbox SET tries = 1, begun_at = 1"))
    await restore(house)
    await connected(house, storage)
    assert now(house, reply) == before
    assert edits(house, reply) == 0


async def test_an_answer_that_was_corrected_twice_is_edited_once(house, storage):
    (reply,) = await replies(house)
    await storage.outbox.disconnect()
    await correct(house, "Once mended.")
    await correct(house, "Twice mended.")
    await connected(house, storage)
    assert any("Twice mended" in text for text in now(house, reply))
    assert edits(house, reply) == 1


async def test_a_correction_that_is_taken_back_while_a_reply_is_edited_leaves_no_reply_wrong(
    house, storage, monkeypatch
):
    """Until the edit is noted, the reply counts as showing the first words, which by then are live again."""
    (reply,) = await replies(house)
    await storage.outbox.disconnect()
    await correct(house, "Mended.")
    edit, mo = discord.PartialMessage.edit, Caller(house.id, str(house.max.id), manages_messages=True)

    async def edit_and_take_back(message, **shown):
        done = await edit(message, **shown)
        if storage.moderators.look.entry(mo, SEED.id).overrides_book:
            seen = storage.moderators.look.entry(mo, SEED.id).version
            await storage.moderators.edit.follow_book(mo, "taken back", seen)
        return done

    monkeypatch.setattr(discord.PartialMessage, "edit", edit_and_take_back)
    await connected(house, storage)
    assert any(SEED.answers[0].body[:40] in text for text in now(house, reply))
    assert edits(house, reply) == 2


@pytest.mark.parametrize(("seconds", "rest"), [(60, 1.0), (3_700, 4.0)])
async def test_a_channel_rests_after_an_edit_and_longer_after_one_of_an_old_reply(house, storage, seconds, rest):
    """Discord limits the edits of old messages by themselves, and does not tell by how much."""
    await replies(house)
    await storage.outbox.disconnect()
    await withdraw(house)
    await house.env.advance_time(seconds)
    (item,) = await outbox.due(storage.database, datetime.max.replace(tzinfo=UTC), (), 5)
    done = await carry(house.env.bot, item)
    assert (type(done), done.rest) == (Done, rest)


async def test_what_was_taken_out_is_shown_again_when_it_is_restored(house, storage):
    (reply,) = await replies(house)
    before = now(house, reply)
    await withdraw(house)
    await carried_out(house, storage)
    await restore(house)
    await carried_out(house, storage)
    assert now(house, reply) == [f"**{sentences.SHOWN_AGAIN.format(day=DAY)}**", *before]
    assert edits(house, reply) == 2


async def test_phrasings_change_no_reply(house, storage):
    (reply,) = await replies(house)
    result = await house.max.slash(
        house.channel, "phrasing add", entry=SEED.id, wording="Will botox still my jumpy cheek?"
    )
    await house.max.click(last(result), label="Save")
    await carried_out(house, storage)
    assert edits(house, reply) == 0


async def test_a_new_book_corrects_every_server_but_those_with_words_of_their_own(house, storage, desk):
    (reply,) = await replies(house)
    elsewhere = await asked(house, house.eve, house.elsewhere)
    form = await house.eve.slash(house.elsewhere, "answer edit", entry=SEED.id)
    await house.eve.click(last(await submit(house.eve, form, body="Elsewhere's own words.")), label="Save")
    await carried_out(house, storage)
    assert edits(house, elsewhere) == 1
    mended = replace(SEED, answers=(replace(SEED.answers[0], body="The book's new words."), *SEED.answers[1:]))
    book = [mended, *(question for question in desk.snapshot.questions.values() if question.id != SEED.id)]
    await storage.moderators.follow(snapshot_of(book, Config(), samples=True), "new files")
    await carried_out(house, storage)
    assert any("The book's new words" in text for text in now(house, reply))
    assert any("Elsewhere's own words" in text for text in now(house, elsewhere))
    assert (edits(house, reply), edits(house, elsewhere)) == (1, 1)


async def test_a_reply_that_was_noted_after_its_words_had_changed_follows_too(house, storage, desk):
    old = desk.show(SEED.id)
    (reply,) = await replies(house)
    await withdraw(house)
    await carried_out(house, storage)
    # As if the reply had been on its way meanwhile: the words of before are noted after they were withdrawn.
    await storage.deliveries.showed(str(reply.channel.id), str(reply.id), SEED.id, old.question)
    await (
        house.env.bot.get_partial_messageable(reply.channel.id)
        .get_partial_message(reply.id)
        .edit(view=view(answers(old, Reader(house.ann.id))), allowed_mentions=NOBODY)
    )
    await carried_out(house, storage)
    assert now(house, reply) == [GONE]


@pytest.mark.parametrize(("status", "code"), [(404, 10008), (403, 50001)])
async def test_what_cannot_be_reached_is_given_up_and_the_rest_goes_on(house, storage, status, code):
    first, second = await replies(house, 2)
    house.env.inject_error("PATCH", f"/channels/*/messages/{first.id}", status=status, code=code)
    await withdraw(house)
    await carried_out(house, storage)
    rows = await storage.database.read("SELECT given_up FROM outbox ORDER BY id")
    assert [row["given_up"] for row in rows] == [f"Discord refused: status {status}, code {code}", ""]
    assert now(house, second) == [GONE]


async def test_where_the_past_may_not_be_read_the_reply_follows_as_nobodys(house, storage):
    (reply,) = await replies(house)
    house.env.inject_error("GET", f"/channels/*/messages/{reply.id}", status=403, code=50001)
    await correct(house, "Mended words.")
    await carried_out(house, storage)
    assert any("Mended words" in text for text in now(house, reply))
    pressed = await house.ann.click(house.channel.last_message, label="Not my question")
    assert shown(pressed.response) == [sentences.NOT_YOURS_TO_REMOVE]
