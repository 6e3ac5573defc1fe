"""Buttons: who may press them, what they show, and that they outlive a restart and a change of the book."""

from dataclasses import replace

import pytest

from bot.config import DiscordSettings
from cogs._custom_ids.reply_states import Rejected
from cogs._rendering.components import states_in
from knowledge.content.library import Snapshot
from knowledge.presentation import sentences
from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.cogs.book import LONG, LONG_ASKED, ONE_OF_FEW_ASKED, SEED, SEED_ASKED, SEVERAL_ASKED
from tests.cogs.showing import shown, shown_privately


def without(desk, entry):
    """Take an entry out of what is live."""
    live = desk.snapshot
    desk.serve(replace(live, questions={key: value for key, value in live.questions.items() if key != entry}))


async def test_the_asker_turns_the_message_itself(server):
    await server.ask(LONG_ASKED)
    reply = server.reply
    assert "Paragraph 0 of doctor 1" in "".join(shown(reply))
    await server.ann.click(reply, label="Next page")
    assert server.reply.id == reply.id
    written = shown(server.reply)
    assert "Paragraph 0 of doctor 1" not in "".join(written)
    assert "Answer 1 of 7 · page 2 of" in "".join(written)
    assert any(text.startswith("— **Doctor 1, MD** · Surgeon") for text in written)
    assert written[-1] == NOTICE
    await server.ann.click(reply, label="Answer 3")
    assert "Paragraph 0 of doctor 3" in "".join(shown(server.reply))
    await server.ann.click(reply, label="Further answers")
    assert "Paragraph 0 of doctor 6" in "".join(shown(server.reply))
    await server.ann.click(reply, label="Earlier answers")
    assert "Paragraph 0 of doctor 5" in "".join(shown(server.reply))
    assert len(server.sent) == 1


async def test_others_get_a_private_copy_that_they_turn_themselves(server):
    await server.ask(LONG_ASKED)
    before = shown(server.reply)
    copy = await server.bea.click(server.reply, label="Answer 2")
    assert copy.ephemeral
    assert "Paragraph 0 of doctor 2" in "".join(shown_privately(copy))
    assert shown_privately(copy)[-1] == NOTICE
    turned = await server.bea.click(copy.response, label="Next page")
    assert "Paragraph 0 of doctor 2" not in "".join(shown_privately(turned))
    assert shown(server.reply) == before


async def test_a_private_answer_is_turned_in_place(server):
    asked = await server.ann.slash(server.channel, "ask", question=LONG_ASKED)
    turned = await server.ann.click(asked.response, label="Answer 2")
    assert "Paragraph 0 of doctor 2" in "".join(shown_privately(turned))


async def test_buttons_work_after_a_restart(server, build):
    await server.ask(LONG_ASKED)
    reply = server.reply
    await server.env.restart_bot(build())
    await server.ann.click(reply, label="Answer 3")
    assert "Paragraph 0 of doctor 3" in "".join(shown(server.reply))
    await server.ann.click(reply, label="Not my question")
    assert server.reply is None


async def test_buttons_work_when_the_view_that_made_them_is_long_gone(server):
    await server.ask(LONG_ASKED)
    await server.env.advance_time(3600)
    await server.ann.click(server.reply, label="Answer 2")
    assert "Paragraph 0 of doctor 2" in "".join(shown(server.reply))


async def test_the_whole_question_is_shown_privately(server):
    await server.ask(LONG_ASKED)
    assert "That is all." not in "".join(shown(server.reply))
    whole = await server.ann.click(server.reply, label="The whole question")
    assert whole.ephemeral
    assert "That is all." in "".join(shown_privately(whole))
    assert shown_privately(whole)[-1] == NOTICE


async def test_a_choice_shows_its_answers_to_the_asker(server):
    await server.ask(SEVERAL_ASKED)
    choices = shown(server.reply)
    number = next(line[2] for text in choices for line in text.split("\n") if SEED.title in line)
    copy = await server.bea.click(server.reply, label=number)
    assert copy.ephemeral
    assert shown(server.reply) == choices
    await server.ann.click(server.reply, label=number)
    assert SEED.title in "".join(shown(server.reply))
    assert shown(server.reply)[-1] == NOTICE


async def test_none_of_the_choices_removes_them(server):
    await server.ask(SEVERAL_ASKED)
    told = await server.ann.click(server.reply, label="None of these")
    assert server.reply is None
    assert shown(told.followups[0]) == [sentences.NOTHING_ELSE]


async def test_not_my_question_offers_what_came_next_privately(server):
    await server.ask(SEED_ASKED)
    told = await server.ann.click(server.reply, label="Not my question")
    assert server.reply is None
    (offered,) = told.followups
    written = shown(offered)
    assert offered.ephemeral
    assert written[0] == sentences.PERHAPS
    assert written[-1] == SHORT_NOTICE
    assert SEED.title not in "".join(written)


async def test_after_a_wrong_choice_the_other_choices_are_offered(server):
    asked = await server.ann.slash(server.channel, "ask", question=SEVERAL_ASKED)
    offered = shown_privately(asked)
    chosen = await server.ann.click(asked.response, label="1")
    rest = await server.ann.click(chosen.response, label="Not my question")
    assert shown_privately(rest)[0] == sentences.PERHAPS
    assert shown_privately(rest)[1].split("** ")[1].split("\n")[0] in offered[1].split("\n")[1]


async def test_what_came_next_is_offered_after_turning_too(server):
    await server.ask("when to massage a scar after knee surgery")
    reply = server.reply
    before = [state.others for state in states_in(reply, Rejected)]
    await server.ann.click(reply, label="Next page")
    assert [state.others for state in states_in(server.reply, Rejected)] == before != [()]


async def test_a_moderator_removes_a_reply_and_nobody_else_does(server):
    await server.ask(SEED_ASKED)
    refused = await server.bea.click(server.reply, label="Not my question")
    assert shown_privately(refused) == [sentences.NOT_YOURS_TO_REMOVE]
    assert server.reply is not None
    told = await server.max.click(server.reply, label="Not my question")
    assert server.reply is None
    assert shown(told.followups[0]) == [sentences.REMOVED]


@pytest.mark.parametrize(("who", "label"), [("ann", "The whole question"), ("bea", "Answer 2")])
async def test_what_is_no_longer_live_is_told_in_one_sentence(server, desk, who, label):
    await server.ask(LONG_ASKED)
    without(desk, LONG.id)
    told = await getattr(server, who).click(server.reply, label=label)
    assert told.ephemeral
    assert shown_privately(told) == [sentences.NO_LONGER_THERE]


async def test_an_asker_who_turns_a_reply_that_is_withdrawn_takes_its_words_away(server, desk):
    await server.ask(LONG_ASKED)
    without(desk, LONG.id)
    await server.ann.click(server.reply, label="Answer 2")
    assert shown(server.reply) == [sentences.WITHDRAWN.format(day="2026-01-01")]


@pytest.mark.parametrize("label", ["Answer 2", "The whole question"])
async def test_a_private_reply_follows_a_withdrawal_at_the_next_press(server, desk, label):
    asked = await server.ann.slash(server.channel, "ask", question=LONG.id)
    without(desk, LONG.id)
    pressed = await server.ann.click(asked.response, label=label)
    assert shown(pressed.response) == [sentences.WITHDRAWN.format(day="2026-01-01")]


async def test_what_is_shown_is_what_is_live_now(server, desk):
    await server.ask(LONG_ASKED)
    live = desk.snapshot
    answers = tuple(replace(answer, body="Mended.") for answer in LONG.answers[:2])
    mended = dict(live.questions) | {LONG.id: replace(LONG, answers=answers)}
    desk.serve(Snapshot(mended, live.matcher, live.screen, live.cards, live.policy))
    await server.ann.click(server.reply, label="Answer 5")
    assert "Mended." in "".join(shown(server.reply))
    assert "Answer 2 of 2" in "".join(shown(server.reply))


class TestCompact:
    @pytest.fixture
    def settings(self):
        return DiscordSettings(layout="compact")

    async def test_the_first_answer_is_open_and_the_others_are_a_press_away(self, server):
        await server.ask(SEED_ASKED)
        assert SEED.answers[0].headline in "".join(shown(server.reply))
        assert "inhibiting acetylcholine" not in "".join(shown(server.reply))
        await server.ann.click(server.reply, label="Answer 2")
        assert "inhibiting acetylcholine" in "".join(shown(server.reply))
        assert shown(server.reply)[-1] == NOTICE


async def test_a_failed_press_is_told(server, desk, monkeypatch):
    await server.ask(LONG_ASKED)
    with monkeypatch.context() as broken:
        broken.setattr(desk, "show", lambda *_, **__: 1 / 0)
        told = await server.ann.click(server.reply, label="Answer 2")
    assert told.ephemeral
    assert shown_privately(told)[0].startswith("Something went wrong on our side.")


CAUTIOUS = "I sometimes have chest pain when stressed."


async def test_the_caution_stands_above_every_page_and_every_copy(server):
    await server.ask(f"{CAUTIOUS} {LONG_ASKED}")
    caution = shown(server.reply)[0]
    assert "Call 911" in caution
    await server.ann.click(server.reply, label="Next page")
    assert shown(server.reply)[0] == caution
    copy = await server.bea.click(server.reply, label="Answer 3")
    assert shown_privately(copy)[0] == caution


async def test_the_caution_stands_above_choices_and_what_is_chosen(server):
    await server.ask(f"{CAUTIOUS} {ONE_OF_FEW_ASKED}")
    caution = shown(server.reply)[0]
    assert "Call 911" in caution
    await server.ann.click(server.reply, label="1")
    assert shown(server.reply)[0] == caution
    told = await server.ann.click(server.reply, label="Not my question")
    assert shown(told.followups[0])[0] in {caution, sentences.NOTHING_ELSE}
