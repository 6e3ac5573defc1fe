"""Emergencies: the card comes first and alone on every way of asking, whatever else fails."""

import re
from dataclasses import replace

import pytest

from bot.traffic import Traffic
from knowledge.model import Place
from knowledge.presentation import sentences
from knowledge.safety.notice import NOTICE
from tests.cogs.book import HEART, HEART_AND_CHEEK, SEED, SUICIDE, UNKNOWN_ASKED
from tests.cogs.showing import labels, rendered, shown, shown_privately

SHOW_ANSWER = "Nobody is in danger now: show the answer"
NUMBERS = "Numbers for my country"


def is_card(desk, text, message):
    card = desk.respond(text, Place()).reply
    return rendered(shown(message)[0])[0] == card.heading


async def by_mention(server, text):
    await server.ask(text)
    return server.reply


async def by_reply(server, text):
    await server.ask(UNKNOWN_ASKED)
    await server.ann.send(server.channel, text, reply_to=server.reply)
    return server.reply


async def by_ask(server, text):
    return (await server.ann.slash(server.channel, "ask", question=text)).response


async def by_public_ask(server, text):
    return (await server.ann.slash(server.channel, "ask", question=text, public=True)).response


async def by_menu(server, text):
    said = await server.bea.send(server.channel, text)
    return (await server.ann.context_menu(server.channel, "Find an answer", said)).response


async def overheard(server, text):
    server.env.bot.services.watched.add(server.channel.id)
    await server.ann.send(server.channel, text)
    return server.reply


async def by_edit(server, text):
    asked = await server.ask(UNKNOWN_ASKED)
    await server.ann.edit(asked, f"{server.env.bot.user.mention} {text}")
    return server.reply


WAYS = [by_mention, by_reply, by_ask, by_public_ask, by_menu, overheard, by_edit]


@pytest.mark.parametrize("way", WAYS)
async def test_the_card_comes_first_and_alone_on_every_way_of_asking(server, desk, way):
    shown_card = await way(server, HEART_AND_CHEEK)
    assert is_card(desk, HEART_AND_CHEEK, shown_card)
    assert NOTICE not in shown(shown_card)
    assert NUMBERS in labels(shown_card)


@pytest.mark.parametrize("way", WAYS)
async def test_the_card_comes_out_with_matcher_book_and_queue_broken(server, desk, monkeypatch, way):
    live, heading = desk.snapshot, desk.respond(HEART, Place()).reply.heading
    desk.serve(replace(live, questions={}, matcher=None))
    monkeypatch.setattr(Traffic, "put", lambda *_: False)
    assert rendered(shown(await way(server, HEART))[0])[0] == heading


async def test_a_direct_message_gets_the_card(server, desk):
    await server.ann.send_dm(HEART)
    assert desk.respond(HEART, Place()).reply.heading in rendered(str(server.sent[-1]))[0]


@pytest.mark.parametrize("public", [True, False])
async def test_ask_is_private_about_suicide_whatever_was_chosen(server, public):
    answered = await server.ann.slash(server.channel, "ask", question=SUICIDE, public=public)
    assert answered.ephemeral
    assert "988" in "".join(shown_privately(answered))


async def test_other_cards_are_public_when_asked_in_public(server):
    answered = await server.ann.slash(server.channel, "ask", question=HEART, public=True)
    assert not answered.ephemeral


async def test_the_answer_behind_an_alarm_opens_privately_for_the_asker_alone(server):
    await server.ask(HEART_AND_CHEEK)
    card = server.reply
    assert SHOW_ANSWER in labels(card)
    refused = await server.bea.click(card, label=SHOW_ANSWER)
    assert shown_privately(refused) == [sentences.NOT_YOURS_TO_OPEN]
    opened = await server.ann.click(card, label=SHOW_ANSWER)
    assert opened.ephemeral
    assert any(SEED.title in text for text in shown_privately(opened))
    assert shown_privately(opened)[-1] == NOTICE
    assert shown(server.reply) == shown(card)


async def test_ask_offers_the_answer_behind_an_alarm_too(server):
    answered = await server.ann.slash(server.channel, "ask", question=HEART_AND_CHEEK)
    opened = await server.ann.click(answered.response, label=SHOW_ANSWER)
    assert any(SEED.title in text for text in shown_privately(opened))


@pytest.mark.parametrize("text", [HEART, SUICIDE, f"{SUICIDE}. {SEED.title}"])
async def test_no_answer_is_offered_where_none_matches_or_none_may(server, text):
    await server.ask(text)
    assert labels(server.reply) == [NUMBERS]


async def test_a_second_alarm_gets_one_line_that_starts_with_the_number(server, desk):
    await server.ask(HEART)
    await server.ask(HEART)
    (line,) = shown(server.reply)
    assert rendered(line)[0] == desk.respond(HEART, Place()).reply.repeat
    assert labels(server.reply) == []


async def test_another_category_member_channel_or_hour_gets_the_full_card(server, desk):
    await server.ask(HEART)
    other = server.guild.create_text_channel("other")
    await server.ask(SUICIDE)
    assert is_card(desk, SUICIDE, server.reply)
    await server.ask(HEART, who=server.bea)
    assert is_card(desk, HEART, server.reply)
    await server.ask(HEART, channel=other)
    assert is_card(desk, HEART, other.last_message)
    await server.env.advance_time(550)
    await server.ask(HEART)
    assert labels(server.reply) == []
    await server.env.advance_time(60)
    await server.ask(HEART)
    assert is_card(desk, HEART, server.reply)


async def test_a_card_that_could_not_be_sent_is_no_first_card(server, desk):
    server.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await server.ask(HEART)
    await server.ask(HEART)
    assert is_card(desk, HEART, server.reply)


async def test_the_numbers_of_a_country_are_shown_privately_and_another_can_be_chosen(server, desk):
    await server.ask(HEART)
    told = await server.bea.click(server.reply, label=NUMBERS)
    assert told.ephemeral
    turned = await server.bea.select(told.response, values=["GB"], custom_id="country")
    lines = rendered("\n".join(shown_privately(turned)))[0]
    assert all(line in lines for line in desk.snapshot.cards.numbers("GB"))


async def test_the_numbers_are_first_those_of_the_servers_country_with_its_own_lines(server, desk):
    policy = replace(desk.snapshot.policy, countries=("GB",), own_lines=("Campus *security*: 555 0100.",))
    desk.serve_in(str(server.guild.id), replace(desk.snapshot, policy=policy))
    await server.ask(HEART)
    told = await server.bea.click(server.reply, label=NUMBERS)
    lines = rendered("\n".join(shown_privately(told)))[0]
    assert all(line in lines for line in desk.snapshot.cards.numbers("GB"))
    assert "Campus *security*: 555 0100." in lines


async def test_the_numbers_come_after_a_restart_too(server, build):
    await server.ask(HEART)
    await server.env.restart_bot(build())
    told = await server.bea.click(server.reply, label=NUMBERS)
    turned = await server.bea.select(told.response, values=["US"], custom_id="country")
    assert "911" in "".join(shown_privately(turned))


async def test_a_card_stays_when_its_message_is_mended(server, desk):
    asked = await server.ask(HEART)
    await server.ann.edit(asked, f"{server.env.bot.user.mention} sorry, all is well")
    assert is_card(desk, HEART, server.reply)


async def test_a_message_that_alarms_in_another_way_gets_the_other_card(server, desk):
    asked = await server.ask(HEART)
    await server.ann.edit(asked, f"{server.env.bot.user.mention} {HEART}, help")
    assert is_card(desk, HEART, server.reply)
    await server.ann.edit(asked, f"{server.env.bot.user.mention} {SUICIDE}")
    assert is_card(desk, SUICIDE, server.reply)
    assert len(server.sent) == 1


async def test_staff_are_not_told_unless_the_settings_say_so(server):
    await server.ask(HEART)
    assert len(server.sent) == 1


async def test_staff_are_told_the_kind_and_the_place_and_nothing_else(server):
    staff = server.guild.create_text_channel("staff")
    told(server, staff)
    asked = await server.ask(HEART)
    note = "".join(shown(staff.last_message))
    assert f"<#{server.channel.id}>" in note
    assert asked.jump_url in note
    assert "chest" not in note
    assert re.search(r"\bann\b", note) is None
    assert server.sent[-1]["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize(("public", "told_of"), [(True, True), (False, False)])
async def test_staff_are_told_of_what_everybody_can_see(server, public, told_of):
    staff = server.guild.create_text_channel("staff")
    told(server, staff)
    await server.ann.slash(server.channel, "ask", question=HEART, public=public)
    assert (staff.last_message is not None) is told_of
    if told_of:
        assert server.reply.jump_url in "".join(shown(staff.last_message))


async def test_another_servers_staff_are_told_nothing(server):
    elsewhere = server.env.create_guild().create_text_channel("staff")
    told(server, elsewhere)
    await server.ask(HEART)
    assert elsewhere.last_message is None


def told(server, channel):
    server.env.bot.services = replace(server.env.bot.services, staff={channel.id})
