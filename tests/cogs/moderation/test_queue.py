"""The moderators' queue: most asked first, answered, dismissed, learnt from; two moderators; servers apart."""

import re
from datetime import UTC, datetime
from functools import partial

import pytest

from cogs._custom_ids.queue_states import AnsweredBy
from cogs._rendering.queue_layout import NO_WORDINGS, NONE_NEAR, NOTHING_WAITS, SUGGESTED
from knowledge.curation.settings import ReviewMode
from knowledge.curation.waiting import MemberQuestion, Route
from knowledge.errors import NotSaved
from knowledge.moderation import phrasings
from knowledge.presentation import sentences
from knowledge.records import queue
from knowledge.safety.notice import NOTICE
from tests.cogs.book import SEED, SEED_ASKED
from tests.cogs.moderation.doing import (
    FORM,
    added,
    all_shown,
    choose,
    file_of,
    filled_in,
    forged,
    last,
    told_of,
)
from tests.cogs.moderation.passing import HERE, ITCH_ASKED, passed_on
from tests.cogs.showing import labels, shown
from tests.scale import LONG

MOON_ASKED = "what colour is the moon?"
NEAR_ASKED = "will a shot calm a cheek that moves"
CHOICES_ASKED = "does botox help when my cheek moves by itself"


@pytest.fixture
def waiting(storage):
    async def found():
        return await queue.waiting(storage.database)

    return found


async def opened(house, who=None):
    """Open the queue; give its message."""
    return last(await (who or house.max).slash(house.channel, "queue"))


async def test_the_question_asked_most_comes_first_without_names(house):
    await passed_on(house, house.ann, MOON_ASKED)
    await passed_on(house)
    await passed_on(house, house.bea, "why do mosquito bites itch so much")
    page = await opened(house)
    told = "\n".join(shown(page))
    assert "**1 of 2 that wait.** 2 members ask this" in told
    assert ITCH_ASKED in told
    assert shown(page)[-1] == NOTICE
    assert str(house.ann.id) not in told
    assert MOON_ASKED in all_shown(await house.max.click(page, label="Next"))


async def test_only_stored_questions_that_come_near_are_named_and_have_buttons(house):
    await passed_on(house, house.ann, "how much does a knee brace cost for my cheek")
    await passed_on(house, house.bea, NEAR_ASKED)
    page = await opened(house)
    assert NONE_NEAR in "\n".join(shown(page))
    assert labels(page) == ["Write an answer", "I look after it", "Dismiss", "Next", "Members' wordings"]
    page = (await house.max.click(page, label="Next")).response
    assert labels(page)[3:5] == ["Answered by 1", "A phrasing of 1"]
    assert len(re.findall(r"\(\d+% sure\)", "\n".join(shown(page)))) == 1


@pytest.mark.slow
async def test_it_is_turned_in_place(house):
    await passed_on(house, house.ann, MOON_ASKED)
    await passed_on(house)
    page = await opened(house)
    turned = await house.max.click(page, label="Next")
    assert "**2 of 2 that wait.**" in all_shown(turned)
    assert "Next" not in labels(turned.response)


async def test_nothing_waits(house):
    assert NOTHING_WAITS in "\n".join(shown(await opened(house)))


async def test_an_answer_is_written_with_the_question_field_empty_and_its_asker_told(house, waiting):
    await passed_on(house)
    form = await house.max.click(await opened(house), label="Write an answer")
    assert filled_in(form)["title"] == ""
    # In the moderator's own words, which the matcher would not find by itself.
    done = await house.max.submit_modal(form, {**FORM, "title": "What histamine does after an insect's sting"})
    await house.max.click(last(done), label="Save")
    (told,) = await told_of(house.channel, sentences.YOUR_ANSWER)
    assert FORM["headline"] in "".join(shown(told))
    assert await waiting() == ()


@pytest.mark.slow
async def test_the_members_words_are_pointed_out_when_the_title_repeats_them(house):
    await passed_on(house)
    form = await house.max.click(await opened(house), label="Write an answer")
    done = await house.max.submit_modal(form, {**FORM, "title": ITCH_ASKED})
    assert "nearly what the member wrote" in all_shown(done) + file_or_nothing(house, done)


def file_or_nothing(house, done):
    try:
        return file_of(house, done)
    except ValueError:
        return ""


@pytest.mark.slow
async def test_a_draft_is_told_once_it_is_approved(house, waiting):
    await choose(house, review=ReviewMode.ALL)
    await passed_on(house)
    form = await house.max.click(await opened(house), label="Write an answer")
    done = await house.max.submit_modal(form, {**FORM, "title": "What histamine does after an insect's sting"})
    await house.max.click(last(done), label="Save")
    assert len(await waiting()) == 1
    review = await house.mia.slash(house.channel, "review")
    await house.mia.click(last(review), label="Approve")
    assert await told_of(house.channel, sentences.YOUR_ANSWER)
    assert await waiting() == ()


async def test_a_moderator_says_which_stored_question_answers_it(house, waiting):
    await passed_on(house, text=NEAR_ASKED)
    page = await opened(house)
    asked = await house.max.click(page, label="Answered by 1")
    assert "Tell the member who asked?" in all_shown(asked)
    assert SEED.title in all_shown(asked)
    assert len(await waiting()) == 1, "nobody is told by a slip"
    done = await house.max.click(asked.response, label="Tell them")
    assert "**Done.** The member who asked is told." in all_shown(done)
    assert await told_of(house.channel, sentences.YOUR_ANSWER)
    assert await waiting() == ()


async def test_a_dismissal_tells_every_asker_why(house, waiting):
    await passed_on(house)
    await passed_on(house, house.bea, "why do mosquito bites itch so much")
    form = await house.max.click(await opened(house), label="Dismiss")
    await house.max.submit_modal(form, {"reason": "Ask in the <@1> garden channel, **please**."})
    told = await told_of(house.channel, sentences.DISMISSED, 2)
    assert {shown(message)[0].split(" ")[0] for message in told} == {house.ann.mention, house.bea.mention}
    assert shown(told[0])[-2:] == ["Ask in the \\<\\@1> garden channel, \\*\\*please\\*\\*.", NOTICE]
    assert await waiting() == ()


@pytest.mark.slow
async def test_a_dismissal_needs_a_reason(house, waiting):
    await passed_on(house)
    form = await house.max.click(await opened(house), label="Dismiss")
    refused = await house.max.submit_modal(form, {"reason": "   "})
    assert "say why" in all_shown(refused)
    assert len(await waiting()) == 1


async def test_a_reason_that_came_to_nothing_is_handed_back(house, waiting, storage, monkeypatch):
    await passed_on(house)
    form = await house.max.click(await opened(house), label="Dismiss")

    async def fails(_change):
        raise NotSaved("Not saved: the disk is full.")

    monkeypatch.setattr(storage.database, "write", fails)
    refused = await house.max.submit_modal(form, {"reason": "Ask in the garden channel."})
    assert "the disk is full" in all_shown(refused)
    assert "Ask in the garden channel." in file_of(house, refused)
    assert len(await waiting()) == 1


async def test_words_that_would_do_as_a_phrasing_are_suggested_unless_their_asker_said_otherwise(
    house, storage, monkeypatch
):
    monkeypatch.setattr(phrasings, "_TRIED_SECONDS", LONG)
    for who, rejected in ((house.ann, SEED.id), (house.bea, "")):
        until = datetime(2030, 1, 1, tzinfo=UTC)
        asked = MemberQuestion(
            house.id, str(who.id), str(house.channel.id), "", CHOICES_ASKED, Route.CHANNEL, until, rejected
        )
        await storage.database.write(partial(queue.keep, asking=asked, same_as=None, at=until))
    first = await opened(house)
    suggested = SUGGESTED.format(number=1)
    assert suggested not in "\n".join(shown(first))
    assert suggested in all_shown(await house.max.click(first, label="Next"))


@pytest.mark.slow
async def test_somebody_looks_after_it(house, waiting):
    await passed_on(house)
    mine = await house.max.click(await opened(house), label="I look after it")
    assert f"<@{house.max.id}> looks after it" in all_shown(mine)
    assert (await waiting())[0].assigned_to == str(house.max.id)
    back = await house.max.click(mine.response, label="Leave it to others")
    assert "looks after it" not in all_shown(back)


async def test_the_second_moderator_sees_what_the_first_did(house):
    await passed_on(house, text=NEAR_ASKED)
    first, second = await opened(house), await opened(house, house.mia)
    sure = await house.mia.click(second, label="Answered by 1")
    await house.max.click((await house.max.click(first, label="Answered by 1")).response, label="Tell them")
    told = await house.mia.click(sure.response, label="Tell them")
    assert "this question waits no longer" in all_shown(told)
    assert f"It was answered by <@{house.max.id}>" in all_shown(told)
    assert len(await told_of(house.channel, sentences.YOUR_ANSWER)) == 1


@pytest.mark.slow
async def test_a_change_meanwhile_is_shown_instead_of_decided_over(house, waiting):
    await passed_on(house, text=NEAR_ASKED)
    first, second = await opened(house), await opened(house, house.mia)
    sure = await house.mia.click(second, label="Answered by 1")
    await house.max.click(first, label="I look after it")
    told = await house.mia.click(sure.response, label="Tell them")
    assert "somebody changed this question" in all_shown(told)
    assert f"<@{house.max.id}> looks after it" in all_shown(told)
    assert len(await waiting()) == 1


async def test_a_double_press_tells_once(house, storage):
    await passed_on(house)
    (question,) = await queue.waiting(storage.database)
    state = AnsweredBy(question.id, question.version, SEED.id, sure=True)
    await forged(house, house.max, state)
    await forged(house, house.max, state)
    await told_of(house.channel, sentences.YOUR_ANSWER)
    assert (await storage.members.privacy.kept(str(house.ann.id))).askings == ()
    assert len(await told_of(house.channel, sentences.YOUR_ANSWER)) == 1


async def test_other_servers_moderators_see_none_of_it(house):
    await passed_on(house)
    page = await house.eve.slash(house.elsewhere, "queue")
    assert NOTHING_WAITS in all_shown(page)


@pytest.mark.slow
async def test_a_question_becomes_a_phrasing_and_its_asker_is_told(house, waiting):
    await passed_on(house, text=NEAR_ASKED)
    page = await opened(house)
    proposal = await house.max.click(page, label="A phrasing of 1")
    assert "Phrasings" in all_shown(proposal)
    await house.max.click(last(proposal), label="Save")
    assert await told_of(house.channel, sentences.YOUR_ANSWER)
    assert await waiting() == ()


# --- Wordings that members show ------------------------------------------------------------------


async def chosen(house, text=CHOICES_ASKED):
    """Choose the seed's question among several."""
    await house.ask(text)
    lines = [line for part in shown(house.reply) for line in part.split("\n") if SEED.title in line]
    await house.ann.click(house.reply, label=lines[0][2])
    return house.reply


async def show_wording(house, text=CHOICES_ASKED):
    offer = await house.ann.click(await chosen(house, text), label="Show the moderators my wording")
    await house.ann.click(last(offer), label="Show them my wording")


async def test_a_confirmed_choice_can_show_its_wording_by_a_second_press_alone(house, storage):
    reply = await chosen(house)
    assert labels(reply)[-1] == "Show the moderators my wording"
    offer = await house.ann.click(reply, label="Show the moderators my wording")
    assert sentences.WORDING_KEPT_FOR.format(days=90) in all_shown(offer)
    assert (await storage.members.privacy.kept(str(house.ann.id))).wordings == ()
    await house.ann.click(last(offer), label="Show them my wording")
    (wording,) = (await storage.members.privacy.kept(str(house.ann.id))).wordings
    assert (wording.text, wording.entry_id) == (CHOICES_ASKED, SEED.id)


@pytest.mark.slow
async def test_nobody_else_shows_it(house):
    reply = await chosen(house)
    refused = await house.bea.click(reply, label="Show the moderators my wording")
    assert all_shown(refused) == sentences.NOT_YOURS_TO_ASK


@pytest.mark.slow
async def test_a_wording_that_does_not_fit_is_not_offered(house):
    await show_wording(house, f"{CHOICES_ASKED} https://example.com/cheek")
    page = await house.max.click(await opened(house), label="Members' wordings")
    assert NO_WORDINGS in all_shown(page)


async def test_a_fitting_wording_is_taken_over_and_kept_no_longer(house, storage):
    await show_wording(house)
    page = await house.max.click(await opened(house), label="Members' wordings")
    assert CHOICES_ASKED in all_shown(page)
    proposal = await house.max.click(page.response, label="Add as a phrasing")
    await house.max.click(last(proposal), label="Save")
    assert (await storage.members.privacy.kept(str(house.ann.id))).wordings == ()
    question = house.env.bot.services.desk.question(SEED.id, server_id=house.id)
    assert CHOICES_ASKED in question.phrasings


@pytest.mark.slow
async def test_a_dropped_wording_is_kept_no_longer(house, storage):
    await show_wording(house)
    page = await house.max.click(await opened(house), label="Members' wordings")
    dropped = await house.max.click(page.response, label="Drop it")
    assert NO_WORDINGS in all_shown(dropped)
    assert (await storage.members.privacy.kept(str(house.ann.id))).wordings == ()


@pytest.mark.slow
async def test_none_of_these_can_be_passed_on_too(house, waiting):
    await house.ask(CHOICES_ASKED)
    rest = await house.ann.click(house.reply, label="None of these")
    offer = await house.ann.click(last(rest), label="Ask the moderators")
    await house.ann.click(last(offer), label=HERE)
    assert (await waiting())[0].texts == (CHOICES_ASKED,)


@pytest.mark.slow
async def test_an_answer_that_was_rejected_does_not_answer_the_question(house, waiting):
    asked = await house.ann.slash(house.channel, "ask", question=SEED_ASKED)
    perhaps = await house.ann.click(asked.response, label="Not my question")
    rest = await house.ann.click(perhaps.response, label="None of these")
    offer = await house.ann.click(rest.response, label="Ask the moderators")
    await house.ann.click(last(offer), label=HERE)
    await added(house)  # what is shown changed, and is held against the question again
    (question,) = await waiting()
    assert question.askings[0].rejected == SEED.id


@pytest.mark.slow
async def test_so_is_what_was_rejected_in_a_channel(house, waiting):
    await house.ask(SEED_ASKED)
    perhaps = await house.ann.click(house.reply, label="Not my question")
    rest = await house.ann.click(last(perhaps), label="None of these")
    offer = await house.ann.click(rest.response or last(rest), label="Ask the moderators")
    await house.ann.click(last(offer), label=HERE)
    (question,) = await waiting()
    assert question.texts == (SEED_ASKED,)
    assert question.askings[0].rejected == SEED.id
