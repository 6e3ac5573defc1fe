"""`/answer add`: form, preview, warnings, saving; and that what was typed is never lost."""

import sqlite3
from contextlib import closing
from types import SimpleNamespace

import aiohttp
import discord
import pytest
import simcord
from simcord.actors import _dispatch_actor_interaction
from simcord.enums import InteractionType

from cogs._custom_ids.desk_states import Save
from cogs._moderation import proposing
from cogs._moderation.handing_back import FORM_NOT_HELD, FORM_OF_EARLIER_VERSION
from cogs._moderation.uploads import NOT_FETCHED
from knowledge.moderation.unsaved import NOT_HELD
from knowledge.safety.notice import NOTICE
from tests.cogs.book import SEED
from tests.cogs.moderation.doing import (
    FORM,
    add,
    all_shown,
    file_of,
    filled_in,
    forged,
    last,
    save,
    submit,
    texts_of,
)
from tests.cogs.showing import labels, shown

GONE = discord.NotFound(SimpleNamespace(status=404, reason="gone"), "gone")


async def test_a_form_becomes_a_preview_then_an_answer(house):
    done = await add(house)
    assert done.ephemeral
    preview, decide = texts_of(done)
    assert preview[-1] == decide[-1] == NOTICE
    assert any(FORM["body"] in text for text in preview)
    assert decide[0] == "**Not saved yet.** Above is what members will see."
    assert labels(last(done)) == ["Save", "Edit again", "Discard"]
    await house.ask(FORM["title"])
    assert FORM["body"] not in "".join(shown(house.reply))
    saved = await save(house, done)
    assert all_shown(saved).startswith(proposing.SAVED)
    await house.ask(FORM["title"])
    assert shown(house.reply) == preview


async def test_the_preview_is_drawn_as_the_reply_is(house):
    """Components and all, but for what buttons remember."""
    done = await add(house, body="\n\n".join(f"Paragraph {number} of a long answer." for number in range(100)))
    preview = done.response
    await save(house, done)
    await house.ask(FORM["title"])
    assert labels(preview) == labels(house.reply)
    assert shown(preview) == shown(house.reply)


async def test_a_long_preview_is_turned_page_by_page(house):
    done = await add(house, body="\n\n".join(f"Paragraph {number}. " * 20 for number in range(14))[:3990])
    turned = await house.max.click(done.response, label="Next page")
    assert "Page 2 of 2" in all_shown(turned)
    assert texts_of(turned)[0][-1] == NOTICE


async def test_nothing_is_kept_of_what_is_discarded(house, database_path):
    done = await add(house)
    gone = await house.max.click(last(done), label="Discard")
    assert all_shown(gone) == proposing.DISCARDED
    with sqlite3.connect(database_path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM entries").fetchone() == (0,)


async def test_what_is_wrong_is_told_and_the_text_handed_back(house):
    done = await add(house, title="?!", body="  \n ")
    assert "The question has no words in it." in all_shown(done)
    assert "The answer is empty." in all_shown(done)
    assert FORM["headline"] in file_of(house, done)
    again = await house.max.click(last(done), label="Edit again")
    mended = await submit(house.max, again, title=FORM["title"], body=FORM["body"])
    assert labels(last(mended))[0] == "Save"
    assert FORM["headline"] in all_shown(mended)


async def test_editing_again_goes_on_from_what_was_typed(house):
    done = await add(house)
    again = await house.max.click(last(done), label="Edit again")
    second = await submit(house.max, again, body="Something else altogether, but still about itching.")
    assert FORM["name"] in all_shown(second)
    await save(house, second)
    await house.ask(FORM["title"])
    assert "Something else altogether" in "".join(shown(house.reply))


async def test_a_double_click_saves_once(house, storage, database_path):
    done = await add(house)
    await save(house, done)
    held = next(iter(storage.unsaved._held))
    again = await forged(house, house.max, Save(held))
    assert all_shown(again).startswith(proposing.SAVED)
    with sqlite3.connect(database_path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM revisions WHERE server_id != ''").fetchone() == (1,)


async def test_concerns_are_told_before_saving(house):
    done = await add(house, body="Take hydroxyzine, or call me on 617 555 0134.", credentials="")
    told = all_shown(done)
    assert "looks much like hydroxyurea and hydralazine" in told
    assert "reads like a private way to reach somebody and a phone number" in told
    assert "does not tell its expert's credentials" in told


class TestADuplicate:
    async def test_is_shown_with_its_confidence_and_joined_as_an_answer(self, house, desk):
        done = await add(house, title=SEED.title)
        assert "may be the same question" in all_shown(done)
        assert "add this as another answer to it, or as a phrasing of it" in all_shown(done)
        joined = await house.max.click(last(done), label="Add as an answer to number 1")
        assert "4 experts answered" in all_shown(joined)
        await save(house, joined)
        live = desk.question(SEED.id, server_id=house.id)
        assert [answer.name for answer in live.answers] == [*(one.name for one in SEED.answers), FORM["name"]]

    async def test_or_as_a_phrasing(self, house, desk):
        done = await add(house, title="Twitching on my left cheek: is botox the solution for me?")
        joined = await house.max.click(last(done), label="Add as a phrasing of number 1")
        await save(house, joined)
        live = desk.question(SEED.id, server_id=house.id)
        assert live.phrasings[-1] == "Twitching on my left cheek: is botox the solution for me?"
        assert len(live.answers) == len(SEED.answers)


class TestAFile:
    async def test_of_a_long_answer_asks_for_the_rest(self, house, desk):
        body = "\n\n".join(f"Paragraph {number} of a long answer." for number in range(300))
        read = await house.max.slash(house.channel, "answer add", file=("long.txt", body.encode()))
        form = await house.max.click(read.response, label="Write the rest")
        rest = {key: value for key, value in FORM.items() if key != "body"}
        done = await house.max.submit_modal(form, rest)
        await save(house, done)
        (entry,) = [one for one in desk.snapshot_of(house.id).questions.values() if one.title == FORM["title"]]
        assert entry.answers[0].body == body

    async def test_of_a_page_becomes_an_entry_with_all_its_answers(self, house, desk):
        page = (
            "How long does poison ivy itch?\n\nI touched it on Monday.\n\nDoctor Answers 1\n\nTwo weeks or so\n\n"
            "It itches for two weeks or so, and then it is gone.\n\nLee Park, MD\nOhio Dermatologist\n\n"
            "5.0 6 reviews\n\nThis is no substitute for advice.\n"
        )
        read = await house.max.slash(house.channel, "answer add", file=("page.txt", page.encode()))
        assert "poison ivy" in all_shown(read)
        await save(house, read)
        assert any("poison ivy" in one.title for one in desk.snapshot_of(house.id).questions.values())

    @pytest.mark.parametrize(
        ("data", "said"), [(b"\xff\xfe\x00broken", "text"), (b"x" * 20_001, "20,001"), (b"y" * 1_000_001, "1 MB")]
    )
    async def test_that_cannot_be_an_answer_is_refused_in_a_sentence(self, house, data, said):
        read = await house.max.slash(house.channel, "answer add", file=("x.txt", data))
        assert said in all_shown(read)

    @pytest.mark.parametrize("failure", [GONE, aiohttp.ServerDisconnectedError()])
    async def test_that_cannot_be_fetched_is_told(self, house, monkeypatch, failure):
        async def fail(_attachment):
            raise failure

        monkeypatch.setattr(discord.Attachment, "read", fail)
        read = await house.max.slash(house.channel, "answer add", file=("x.txt", b"It passes."))
        assert all_shown(read) == NOT_FETCHED


class TestWithTroubleInTheStorage:
    async def test_the_text_is_handed_back_and_can_be_saved_later(self, house, database_path):
        done = await add(house)
        with closing(sqlite3.connect(database_path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            told = await save(house, done)
            assert "Not saved: another program holds the database." in all_shown(told)
            assert FORM["body"] in file_of(house, told)
            await house.ask(SEED.title)
            assert shown(house.reply)[-1] == NOTICE
        assert all_shown(await save(house, done)).startswith(proposing.SAVED)

    async def test_a_crash_while_saving_hands_the_text_back_too(self, house, storage, monkeypatch):
        done = await add(house)
        with monkeypatch.context() as broken:
            broken.setattr(type(storage.moderators.edit), "save", lambda *_: 1 / 0)
            told = await save(house, done)
        assert "Something went wrong on our side." in all_shown(told)
        assert FORM["body"] in file_of(house, told)


class TestAfterARestart:
    @pytest.fixture
    def restart(self, house, build, storage):
        async def restart():
            storage.unsaved._held.clear()
            await house.env.restart_bot(build())

        return restart

    async def test_a_form_that_was_open_still_becomes_a_preview(self, house, restart):
        form = await house.max.slash(house.channel, "answer add")
        await restart()
        done = await house.max.submit_modal(form, FORM)
        assert labels(last(done))[0] == "Save"

    async def test_what_is_not_held_any_more_is_told_and_what_was_typed_handed_back(self, house, restart):
        done = await add(house)
        form = await house.max.click(last(done), label="Edit again")
        await restart()
        told = await save(house, done)
        assert NOT_HELD in all_shown(told)
        sent = await house.max.submit_modal(form, FORM)
        assert FORM_NOT_HELD in all_shown(sent)
        assert FORM["body"] in file_of(house, sent)

    async def test_an_edit_that_was_open_is_handed_back_word_for_word(self, house, restart, desk):
        for part in ("answer", "question"):
            form = await house.max.slash(house.channel, "answer edit", entry=SEED.id, part=part)
            await restart()
            sent = await submit(house.max, form, title="What was typed before the restart?")
            assert FORM_NOT_HELD in all_shown(sent)
            back = file_of(house, sent)
            assert all(text.strip() in back for text in filled_in(form).values() if text != SEED.title)
            assert "What was typed before the restart?" in back
        assert desk.question(SEED.id, server_id=house.id).title == SEED.title

    @pytest.mark.parametrize("old_id", ["f:12:34:extra", "answer-form-of-last-year", "k:5"])
    async def test_a_form_of_an_earlier_version_is_handed_back(self, house, old_id):
        rows = [{"type": 1, "components": [{"type": 4, "custom_id": "body", "value": FORM["body"]}]}]
        data = {"custom_id": old_id, "components": rows}
        sent = await _dispatch_actor_interaction(house.max, InteractionType.MODAL_SUBMIT, house.channel, data)
        assert FORM_OF_EARLIER_VERSION in all_shown(sent)
        assert FORM["body"] in file_of(house, sent)


async def test_members_are_not_offered_the_command(house):
    with pytest.raises(simcord.SetupError):
        await house.ann.slash(house.channel, "answer add")
