"""`/try`, "Why this reply?", "Answer this…", phrasings and examples."""

import sqlite3

import pytest

from cogs import answer_this, examples, explain
from cogs._rendering import desk_layout
from knowledge.moderation.looking import NO_SUCH_REPLY
from knowledge.safety.notice import NOTICE
from tests.cogs.book import HEART, LONG, SEED, SEED_ASKED, SEVERAL_ASKED, UNKNOWN_ASKED
from tests.cogs.moderation.doing import FORM, added, all_shown, file_of, last, submit, texts_of
from tests.cogs.showing import labels, shown


class TestTry:
    async def test_shows_the_reply_and_why_and_keeps_nothing(self, house, database_path):
        told = await house.max.slash(house.channel, "try", text=SEED_ASKED)
        assert told.ephemeral
        reply, why = texts_of(told)
        assert SEED.title in "".join(reply)
        assert "An answer needs 90." in "".join(why)
        assert reply[-1] == why[-1] == NOTICE
        with sqlite3.connect(database_path) as connection:
            assert connection.execute("SELECT COUNT(*) FROM deliveries").fetchone() == (0,)

    @pytest.mark.parametrize(
        ("text", "said"),
        [(HEART, "Emergency card shown"), (UNKNOWN_ASKED, "Not answered"), (SEVERAL_ASKED, "Choices offered")],
    )
    async def test_tells_every_outcome(self, house, text, said):
        assert said in all_shown(await house.max.slash(house.channel, "try", text=text))

    async def test_tells_of_silence(self, house):
        told = await house.max.slash(house.channel, "try", text="lovely weather today", overheard=True)
        assert texts_of(told)[0] == [explain.SILENCE]


class TestWhy:
    async def test_names_entry_revision_and_confidence(self, house):
        await added(house)
        await house.ask(FORM["title"])
        told = all_shown(await house.max.context_menu(house.channel, "Why this reply?", house.reply))
        assert "why-do-mosquito-bites-itch-so-much, revision 1" in told
        assert "How sure" in told
        assert "Members see the same words now." in told

    async def test_names_the_book_revision(self, house, storage):
        await storage.moderators.book_changes.record("state")
        await house.ask(SEED_ASKED)
        told = all_shown(await house.max.context_menu(house.channel, "Why this reply?", house.reply))
        assert f"{SEED.id}, revision 1 of the book" in told

    async def test_shows_the_words_of_then_when_they_are_others_now(self, house, storage):
        await storage.outbox.disconnect()  # the reply itself is not put right yet
        await added(house)
        await house.ask(FORM["title"])
        entry = "why-do-mosquito-bites-itch-so-much"
        await house.max.slash(house.channel, "answer withdraw", entry=entry, reason="x")
        told = await house.max.context_menu(house.channel, "Why this reply?", house.reply)
        assert any(FORM["body"] in text for text in texts_of(told)[0])
        assert "Members see other words now, or nothing." in all_shown(told)

    async def test_follows_a_choice(self, house):
        await house.ask(SEVERAL_ASKED)
        title = shown(house.reply)[1].split("\n")[0].removeprefix("**1.** ")
        await house.ann.click(house.reply, label="1")
        told = all_shown(await house.max.context_menu(house.channel, "Why this reply?", house.reply))
        assert title in told

    async def test_explains_cards_and_answers_to_commands(self, house):
        await house.ask(HEART)
        card = await house.max.context_menu(house.channel, "Why this reply?", house.reply)
        assert "Emergency card shown" in all_shown(card)
        await house.ann.slash(house.channel, "ask", question=SEED_ASKED, public=True)
        told = await house.max.context_menu(house.channel, "Why this reply?", house.reply)
        assert f"Entry {SEED.id}" in all_shown(told)

    async def test_of_a_message_that_is_no_reply_nothing_is_known(self, house):
        said = await house.ann.send(house.channel, "hello")
        assert all_shown(await house.max.context_menu(house.channel, "Why this reply?", said)) == NO_SUCH_REPLY


class TestOneReply:
    async def test_a_message_that_an_earlier_run_answered_is_not_answered_again(self, house, storage):
        async def claimed(*_, **__):
            return False

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(storage.deliveries), "claim", claimed)
            await house.ask(SEED_ASKED)
        assert house.reply is None

    async def test_everything_is_answered_with_the_storage_broken(self, house, storage):
        await storage.database._writer.close()
        await house.ask(SEED_ASKED)
        assert shown(house.reply)[-1] == NOTICE
        await house.ask(HEART)
        assert NOTICE not in shown(house.reply)
        assert (await house.ann.slash(house.channel, "ask", question=SEED_ASKED)).ephemeral


class TestAnswerThis:
    MESSAGE = "Hi all, since Tuesday my mosquito bites itch like mad, why is that so?"

    async def test_the_moderator_words_the_question(self, house):
        said = await house.ann.send(house.channel, self.MESSAGE)
        told = await house.max.context_menu(house.channel, "Answer this…", said)
        assert told.ephemeral
        assert self.MESSAGE in all_shown(told)
        form = await house.max.click(last(told), label="Write the answer")
        done = await submit(house.max, form, **FORM)
        assert "nearly what the member wrote" not in all_shown(done)
        again = await house.max.click(last(done), label="Edit again")
        copied = await submit(house.max, again, title=self.MESSAGE)
        assert "is nearly what the member wrote" in all_shown(copied)

    async def test_a_message_without_words_is_told(self, house):
        said = await house.ann.send(house.channel, "...!")
        assert all_shown(await house.max.context_menu(house.channel, "Answer this…", said)) == answer_this.NO_WORDS


class TestPhrasings:
    async def test_that_ask_another_question_are_told_and_offered_no_joining(self, house, desk):
        other = next(one for one in desk.snapshot.questions.values() if one.id != SEED.id)
        done = await house.max.slash(house.channel, "phrasing add", entry=SEED.id, wording=other.title)
        assert f'{other.title}" may be the same question' in all_shown(done)
        assert "add this as another answer" not in all_shown(done)
        assert labels(last(done)) == ["Save", "Discard"]

    async def test_are_added_and_removed_after_a_look(self, house, desk):
        wording = "is there an injection against my cheek jumping"
        done = await house.max.slash(house.channel, "phrasing add", entry=SEED.id, wording=wording)
        assert f"\\+ {wording}" in all_shown(done)
        await house.max.click(last(done), label="Save")
        assert wording in desk.question(SEED.id, server_id=house.id).phrasings
        offered = await house.max.autocomplete(house.channel, "phrasing remove", "wording", "jump", entry=SEED.id)
        assert [one["value"] for one in offered] == [wording]
        gone = await house.max.slash(house.channel, "phrasing remove", entry=SEED.id, wording=wording)
        await house.max.click(last(gone), label="Save")
        assert wording not in desk.question(SEED.id, server_id=house.id).phrasings

    async def test_one_that_is_not_there_cannot_be_removed(self, house):
        told = await house.max.slash(house.channel, "phrasing remove", entry=SEED.id, wording="nothing like it")
        assert "no such phrasing" in all_shown(told)


class TestExamples:
    TEXT = "my cheek twitches, would botox be the solution"

    async def test_hold_back_what_would_break_them(self, house):
        kept = await house.max.slash(house.channel, "example add", text=self.TEXT, entry=SEED.id)
        assert all_shown(kept) == examples.KEPT
        form = await house.max.slash(house.channel, "answer edit", entry=LONG.id)
        filled = await submit(house.max, form, title=self.TEXT)
        assert "It cannot be saved like this." in all_shown(filled) or "Save" in labels(last(filled))
        listed = await house.max.slash(house.channel, "example list")
        assert self.TEXT in all_shown(listed)
        offered = await house.max.autocomplete(house.channel, "example remove", "text", "twitches")
        gone = await house.max.slash(house.channel, "example remove", text=offered[0]["value"])
        assert all_shown(gone) == examples.REMOVED
        assert all_shown(await house.max.slash(house.channel, "example list")) == examples.NONE

    async def test_one_that_does_not_hold_now_is_refused(self, house):
        told = await house.max.slash(house.channel, "example add", text=UNKNOWN_ASKED, entry=SEED.id)
        assert "does not hold now" in all_shown(told)

    async def test_a_refusal_that_quotes_more_than_a_message_holds_is_cut(self, house):
        told = await house.max.slash(house.channel, "example add", text=f"moon {'*' * 1_990}", entry=SEED.id)
        ((sentence, notice),) = texts_of(told)
        assert sentence.startswith("This example does not hold now")
        assert sentence.endswith("…")
        assert notice == NOTICE

    async def test_a_wording_that_is_one_is_refused_under_the_notice(self, house):
        await house.max.slash(house.channel, "example add", text=self.TEXT, entry=SEED.id)
        refused = await house.max.slash(house.channel, "phrasing add", entry=SEED.id, wording=self.TEXT)
        ((sentence, notice),) = texts_of(refused)
        assert "is an example of this entry" in sentence
        assert notice == NOTICE

    async def test_a_save_that_breaks_one_is_held_back_with_the_list(self, house):
        await house.max.slash(house.channel, "example add", text="why does a mosquito bite itch")
        done = await house.max.slash(house.channel, "answer add")
        done = await house.max.submit_modal(done, FORM)
        assert "It cannot be saved like this." in all_shown(done)
        assert '"why does a mosquito bite itch" must find nothing' in all_shown(done)
        assert "Save" not in labels(last(done))


async def test_what_is_too_long_for_a_message_comes_as_a_file(house):
    """Word for word, and with the notice."""
    form = await house.max.slash(house.channel, "answer edit", entry=LONG.id)
    body = "\n\n".join(f"Changed paragraph number {number} of this doctor." for number in range(60))
    done = await house.max.slash(house.channel, "answer edit", entry=LONG.id, file=("new.txt", body.encode()))
    assert form
    assert desk_layout.IN_THE_FILE in all_shown(done)
    text = file_of(house, done)
    assert "+ Changed paragraph number 59" in text
    assert text.rstrip().endswith(NOTICE)
