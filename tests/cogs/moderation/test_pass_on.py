"""Passing a question on: shown first, kept by a second press alone, merged, taken back, and answered once."""

from datetime import UTC, datetime

import pytest

from cogs._custom_ids.states import read
from cogs._outbox.answered import carry
from knowledge.curation.waiting import TEXT_LIMIT
from knowledge.deliveries.outbox import Done, Later
from knowledge.members.held import NOT_HELD
from knowledge.presentation import sentences
from knowledge.records import outbox, queue
from knowledge.safety.notice import NOTICE
from tests.cogs.book import HEART, LONG_ASKED, UNKNOWN_ASKED
from tests.cogs.moderation.doing import FORM, added, all_shown, choose, forged, last, told_of
from tests.cogs.moderation.passing import DIRECTLY, HERE, ITCH_ASKED, offered, passed_on
from tests.cogs.showing import labels, shown

SERVER = "Test Guild"


@pytest.fixture
def waiting(storage):
    async def found():
        return await queue.waiting(storage.database)

    return found


async def test_nothing_is_kept_before_the_second_press(house, waiting):
    offer = await offered(house)
    assert offer.ephemeral
    told = all_shown(offer)
    seen, kept = sentences.WORDS_ARE_SEEN.format(server=SERVER), sentences.KEPT_FOR.format(days=90)
    for part in (ITCH_ASKED, sentences.NOTHING_KEPT_YET, seen, kept):
        assert part in told
    assert await waiting() == ()
    nothing = await house.ann.click(last(offer), label="Keep nothing")
    assert all_shown(nothing).endswith(sentences.NOTHING_KEPT)
    assert await waiting() == ()


async def test_what_was_shown_is_kept_by_the_askers_press(house, waiting):
    done = await passed_on(house)
    assert sentences.PASSED_ON.format(server=SERVER, where="in this channel") in all_shown(done)
    (question,) = await waiting()
    (asking,) = question.askings
    assert (asking.text, asking.member_id, asking.server_id) == (ITCH_ASKED, str(house.ann.id), house.id)


async def test_nobody_else_can_pass_it_on(house, waiting):
    await house.ask(ITCH_ASKED)
    refused = await house.bea.click(house.reply, label="Ask the moderators")
    assert all_shown(refused) == sentences.NOT_YOURS_TO_ASK
    assert await waiting() == ()


async def test_a_double_press_keeps_it_once(house, waiting):
    offer = await offered(house)
    pressed = read(_id_of(last(offer), HERE))
    await house.ann.click(last(offer), label=HERE)
    again = await forged(house, house.ann, pressed)
    assert sentences.PASSED_ON.format(server=SERVER, where="in this channel") in all_shown(again)
    (question,) = await waiting()
    assert len(question.askings) == 1


def _id_of(message, label):
    waiting = list(message.components)
    while waiting:
        part = waiting.pop(0)
        part = part if isinstance(part, dict) else part.to_dict()
        waiting += part.get("components", [])
        if part.get("label") == label:
            return part["custom_id"]
    raise AssertionError(label)


async def test_several_who_ask_the_same_are_one_question(house, waiting):
    await passed_on(house)
    done = await passed_on(house, house.bea, "why do mosquito bites itch so much")
    expected = sentences.PASSED_ON_TOO.format(server=SERVER, where="in this channel", others="another member")
    assert expected in all_shown(done)
    (question,) = await waiting()
    assert [one.member_id for one in question.askings] == [str(house.ann.id), str(house.bea.id)]


@pytest.mark.slow
async def test_an_edited_message_is_shown_as_it_says_now(house, waiting):
    asked = await house.ask(ITCH_ASKED)
    reply = house.reply
    await house.env.advance_time(120)
    await house.ann.edit(asked, f"<@{house.env.bot.user.id}> why does my dog itch so much?")
    offer = await house.ann.click(reply, label="Ask the moderators")
    await house.ann.click(last(offer), label=HERE)
    (question,) = await waiting()
    assert question.texts == ("why does my dog itch so much?",)


async def test_an_alarming_text_gets_the_card_and_is_not_kept(house, waiting):
    asked = await house.ask(ITCH_ASKED)
    reply = house.reply
    house.env.backend.get_message(house.channel.id, asked.id).content = f"<@{house.env.bot.user.id}> {HEART}"
    offer = await house.ann.click(reply, label="Ask the moderators")
    assert "911" in all_shown(offer)
    assert HEART not in all_shown(offer)
    assert "Keep nothing" not in labels(last(offer))
    assert await waiting() == ()


async def test_what_is_answered_by_now_is_given_with_its_caution_on_every_page(house, waiting):
    asked = await house.ask(ITCH_ASKED)
    reply = house.reply
    said = f"<@{house.env.bot.user.id}> I sometimes have chest pain when stressed. {LONG_ASKED}"
    house.env.backend.get_message(house.channel.id, asked.id).content = said
    answered = await house.ann.click(reply, label="Ask the moderators")
    assert sentences.ANSWERED_BY_NOW in all_shown(answered)
    assert "Call 911" in shown(last(answered))[0]
    turned = await house.ann.click(last(answered), label="Next page")
    assert "Call 911" in all_shown(turned)
    assert await waiting() == ()


@pytest.mark.slow
async def test_what_is_too_long_is_refused_with_the_limit(house, waiting):
    offer = await offered(house, text="why does it itch? " + "zebra " * 300)
    assert f"{TEXT_LIMIT:,}" in all_shown(offer)
    assert await waiting() == ()


async def test_a_command_is_passed_on_from_memory(house, waiting):
    asked = await house.ann.slash(house.channel, "ask", question=ITCH_ASKED)
    offer = await house.ann.click(asked.response, label="Ask the moderators")
    await house.ann.click(last(offer), label=HERE)
    assert (await waiting())[0].texts == (ITCH_ASKED,)


@pytest.mark.slow
async def test_a_command_of_before_a_restart_cannot_be_passed_on(house, waiting, storage):
    asked = await house.ann.slash(house.channel, "ask", question=ITCH_ASKED)
    storage.members.held.forget(str(house.ann.id))
    gone = await house.ann.click(asked.response, label="Ask the moderators")
    assert sentences.MESSAGE_NOT_READ in all_shown(gone)
    assert await waiting() == ()


@pytest.mark.slow
async def test_what_was_held_before_a_restart_is_told_to_be_gone(house, waiting, storage):
    offer = await offered(house)
    storage.members.held.forget(str(house.ann.id))
    done = await house.ann.click(last(offer), label=HERE)
    assert NOT_HELD in all_shown(done)
    assert await waiting() == ()


async def test_somebody_elses_message_cannot_be_passed_on(house):
    said = await house.bea.send(house.channel, ITCH_ASKED)
    found = await house.ann.context_menu(house.channel, "Find an answer", said)
    assert labels(found.response) == []
    own = await house.bea.context_menu(house.channel, "Find an answer", said)
    assert labels(own.response) == ["Ask the moderators"]


async def test_in_a_direct_message_there_is_nobody_to_ask(house):
    dan = house.env.create_user("dan")
    await dan.send_dm(UNKNOWN_ASKED)
    told = dan.dm_channel.last_message
    assert shown(told)[-1] == sentences.NO_MODERATORS_HERE
    assert labels(told) == []


@pytest.mark.slow
async def test_who_shares_one_server_asks_its_moderators_from_a_direct_message(house, waiting):
    await house.ann.send_dm(ITCH_ASKED)
    direct = house.ann.user.dm_channel
    offer = await house.ann.user.click(direct.last_message, label="Ask the moderators")
    assert sentences.WORDS_ARE_SEEN.format(server=SERVER) in all_shown(offer)
    assert sentences.TOLD_HERE not in all_shown(offer), "nobody else reads a direct message"
    await house.ann.user.click(last(offer), label="Ask, and tell me here")
    ((asking,),) = [question.askings for question in await waiting()]
    assert (asking.server_id, asking.text) == (house.id, ITCH_ASKED)
    await added(house)
    assert await told_of(direct, sentences.YOUR_ANSWER)


async def test_a_question_is_taken_back(house, waiting):
    done = await passed_on(house)
    back = await house.ann.click(done.response or last(done), label="Take it back")
    assert sentences.TAKEN_BACK in all_shown(back)
    assert await waiting() == ()


async def test_each_asker_is_told_once_when_the_answer_is_added(house, waiting):
    await passed_on(house)
    await passed_on(house, house.bea, "why do mosquito bites itch so much")
    await added(house)
    told = await told_of(house.channel, sentences.YOUR_ANSWER, 2)
    greetings = {f"<@{one.id}> {sentences.YOUR_ANSWER}" for one in (house.ann, house.bea)}
    assert {shown(message)[0] for message in told} == greetings
    for message in told:
        assert FORM["headline"] in "".join(shown(message))
        assert shown(message)[-1] == NOTICE
    assert await waiting() == ()


@pytest.mark.slow
async def test_somebody_is_told_by_direct_message_with_the_servers_own_answer(house):
    done = await passed_on(house, label=DIRECTLY)
    assert sentences.PASSED_ON.format(server=SERVER, where="by direct message") in all_shown(done)
    direct = house.ann.user.dm_channel
    assert "This is where I tell you" in "".join(shown(direct.last_message))
    await added(house)
    (told,) = await told_of(direct, sentences.YOUR_ANSWER)
    assert FORM["headline"] in "".join(shown(told))
    assert labels(told)[-1] == f"From {SERVER}"


@pytest.mark.slow
async def test_whoever_cannot_be_written_to_is_told_so_and_nothing_is_kept(house, waiting):
    offer = await offered(house)
    house.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    refused = await house.ann.click(last(offer), label=DIRECTLY)
    assert sentences.CANNOT_WRITE_TO_YOU in all_shown(refused)
    assert await waiting() == ()
    done = await house.ann.click(refused.response or last(refused), label=HERE)
    assert sentences.PASSED_ON.format(server=SERVER, where="in this channel") in all_shown(done)


@pytest.mark.slow
async def test_pages_of_a_servers_own_answer_turn_in_a_direct_message(house):
    await passed_on(house, label=DIRECTLY)
    await added(house, body="\n\n".join(f"Paragraph {number}. " + "itch " * 150 for number in range(5)))
    (told,) = await told_of(house.ann.user.dm_channel, sentences.YOUR_ANSWER)
    turned = await house.ann.user.click(told, label="Next page")
    assert "Page 2 of 2" in all_shown(turned)
    assert labels(turned.response)[-1] == f"From {SERVER}"
    voted = await house.ann.user.click(turned.response, label="Helpful")
    assert sentences.VOTED_HELPFUL.format(days=90) in all_shown(voted)


@pytest.mark.slow
async def test_where_the_channel_is_gone_the_asker_is_told_directly(house):
    own = house.guild.create_text_channel("soon-gone")
    await house.ask(ITCH_ASKED, channel=own)
    offer = await house.ann.click(own.last_message, label="Ask the moderators")
    await house.ann.click(last(offer), label=HERE)
    house.env.inject_error("POST", f"/channels/{own.id}/messages", status=404, code=10003)
    await added(house)
    assert await told_of(house.ann.user.dm_channel, sentences.YOUR_ANSWER)


@pytest.mark.slow
async def test_whoever_took_it_back_is_told_nothing(house):
    done = await passed_on(house)
    await house.ann.click(last(done), label="Take it back")
    await added(house)
    await passed_on(house, house.bea, "what colour is the moon?")
    await added(house, title="What colour is the moon?")
    (told,) = await told_of(house.channel, sentences.YOUR_ANSWER)
    assert shown(told)[0].startswith(f"<@{house.bea.id}>")


@pytest.mark.slow
async def test_nobody_is_told_while_the_bot_is_paused(house, storage):
    await passed_on(house)
    await storage.outbox.disconnect()
    await added(house)
    await storage.members.notifier.look(house.id)
    (item,) = await outbox.due(storage.database, datetime.max.replace(tzinfo=UTC), (), 9)
    await choose(house, paused=True)
    assert isinstance(await carry(house.env.bot, item), Later)
    assert sentences.YOUR_ANSWER not in "".join(shown(house.channel.last_message))
    await choose(house, paused=False)
    assert isinstance(await carry(house.env.bot, item), Done)
    assert len(await told_of(house.channel, sentences.YOUR_ANSWER)) == 1


@pytest.mark.slow
async def test_a_wording_of_somebody_else_has_no_button(house):
    said = await house.bea.send(house.channel, "can botox help my cheek, it moves by itself")
    found = await house.ann.context_menu(house.channel, "Find an answer", said)
    chosen = await house.ann.click(found.response, label="1")
    assert "Show the moderators my wording" not in labels(chosen.response)
