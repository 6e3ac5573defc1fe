"""Cooldowns as members meet them: a link instead of the same answer, "ask again later", or silence."""

from dataclasses import replace

import pytest

from bot.config import DiscordSettings
from bot.discord.client import build_client
from cogs._answering.cooldown import Asker, turn
from cogs._custom_ids.reply_states import Chosen
from knowledge.curation.settings import SHIPPED
from knowledge.model import Place
from knowledge.presentation import sentences
from knowledge.safety.notice import NOTICE
from tests.cogs.book import HEART, LADEN_ASKED, LONG_ASKED, SEED, SEED_ASKED, SEVERAL_ASKED, UNKNOWN_ASKED
from tests.cogs.moderation.doing import forged
from tests.cogs.showing import shown, shown_privately

HERE = "I answered that here a moment ago"
LATER = "Please ask again in"
CALLS_FOR_CAUTION = "My face went numb last week."


@pytest.fixture
def defaults():
    return SHIPPED


def said(server):
    return "\n".join(shown(server.channel.last_message))


class TestTheSameAnswer:
    async def test_asked_directly_it_gets_a_link_and_no_stored_word(self, server):
        await server.ask(SEED_ASKED)
        first = server.reply
        await server.ask(SEED_ASKED, who=server.bea)
        assert said(server).startswith(HERE)
        assert f"https://discord.com/channels/{server.guild.id}/{server.channel.id}/{first.id}" in said(server)
        assert SEED.title not in said(server)
        assert server.sent[-1]["allowed_mentions"]["replied_user"]

    async def test_overheard_it_gets_silence(self, server, watched):
        watched.add(server.channel.id)
        await server.ann.send(server.channel, SEED_ASKED)
        await server.bea.send(server.channel, SEED_ASKED)
        assert len(server.sent) == 1

    async def test_it_is_given_again_after_the_pause(self, server):
        await server.ask(SEED_ASKED)
        await server.env.advance_time(601)
        await server.ask(SEED_ASKED)
        assert shown(server.reply)[-1] == NOTICE

    async def test_it_is_given_in_another_channel_and_in_a_direct_message(self, server):
        await server.ask(SEED_ASKED)
        elsewhere = server.guild.create_text_channel("elsewhere")
        await server.ask(SEED_ASKED, who=server.bea, channel=elsewhere)
        assert shown(elsewhere.last_message)[-1] == NOTICE
        await server.max.send_dm(SEED_ASKED)
        await server.max.send_dm(SEED_ASKED)
        assert all(SEED.title in str(sent) for sent in server.sent[-2:])

    async def test_once_the_earlier_reply_is_deleted_it_is_given_again(self, server):
        asked = await server.ask(SEED_ASKED)
        await server.ann.delete(asked)
        await server.ask(SEED_ASKED, who=server.bea)
        assert shown(server.reply)[-1] == NOTICE

    async def test_once_its_asker_took_the_earlier_reply_away_it_is_given_again(self, server):
        await server.ask(SEED_ASKED)
        await server.ann.click(server.reply, label="Not my question")
        await server.ask(SEED_ASKED, who=server.bea)
        assert shown(server.reply)[-1] == NOTICE

    async def test_an_earlier_reply_that_shows_something_else_now_is_not_pointed_to(self, server):
        asked = await server.ask(SEED_ASKED)
        await server.ann.edit(asked, f"<@{server.env.bot.user.id}> {LADEN_ASKED}")
        await server.ask(SEED_ASKED, who=server.bea)
        assert shown(server.reply)[-1] == NOTICE

    async def test_a_choice_that_was_made_counts(self, server):
        chosen = await forged(server, server.ann, Chosen(server.ann.id, SEED.id))
        await server.ask(SEED_ASKED, who=server.bea)
        assert f"/{chosen.response.id}" in said(server)

    async def test_mending_a_question_never_turns_its_own_answer_into_a_link(self, server):
        asked = await server.ask(SEED_ASKED)
        await server.ann.edit(asked, f"<@{server.env.bot.user.id}> {SEED_ASKED} please")
        assert shown(server.reply)[-1] == NOTICE

    async def test_what_could_not_be_sent_is_given_to_the_next(self, server):
        server.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
        await server.ask(SEED_ASKED)
        await server.ask(SEED_ASKED, who=server.bea)
        assert shown(server.reply)[-1] == NOTICE

    async def test_a_caution_is_said_again_over_the_link(self, server):
        await server.ask(SEED_ASKED)
        await server.ask(f"{SEED_ASKED} {CALLS_FOR_CAUTION}", who=server.bea)
        assert HERE in said(server)
        assert said(server).startswith("New, sudden or worse?")

    async def test_private_asking_is_exempt_and_public_asking_is_answered_privately(self, server):
        await server.ask(SEED_ASKED)
        private = await server.bea.slash(server.channel, "ask", question=SEED_ASKED)
        assert shown_privately(private)[-1] == NOTICE
        public = await server.bea.slash(server.channel, "ask", question=SEED_ASKED, public=True)
        assert public.ephemeral
        assert shown_privately(public)[0].startswith(HERE)

    async def test_what_somebody_sees_alone_keeps_no_answer_from_the_channel(self, server):
        await server.ann.slash(server.channel, "ask", question=SEED_ASKED)
        await server.ask(SEED_ASKED, who=server.bea)
        assert shown(server.reply)[-1] == NOTICE


class TestOneMember:
    async def test_the_fourth_answer_is_put_off_and_said_so_once(self, server):
        for text in (SEED_ASKED, LONG_ASKED, LADEN_ASKED):
            await server.ask(text)
        assert shown(server.reply)[-1] == NOTICE
        await server.ask(SEVERAL_ASKED)
        assert f"{LATER} 5 minutes" in said(server)
        before = len(server.sent)
        await server.ask(SEVERAL_ASKED)
        assert len(server.sent) == before
        await server.ask(SEVERAL_ASKED, who=server.bea)
        assert len(server.sent) == before + 1

    async def test_later_the_member_is_answered_again(self, server):
        for text in (SEED_ASKED, LONG_ASKED, LADEN_ASKED):
            await server.ask(text)
        await server.env.advance_time(301)
        await server.ask(SEVERAL_ASKED)
        assert LATER not in said(server)

    async def test_what_found_nothing_uses_up_no_answers_and_counts_on_its_own(self, server):
        for _ in range(3):
            await server.ask(UNKNOWN_ASKED)
        assert said(server) == sentences.NOTHING_FOUND
        await server.ask(UNKNOWN_ASKED)
        assert LATER in said(server)
        await server.ask(SEED_ASKED)
        assert shown(server.reply)[-1] == NOTICE

    async def test_overheard_it_is_silence(self, server, watched):
        watched.add(server.channel.id)
        for text in (SEED_ASKED, LONG_ASKED, LADEN_ASKED):
            await server.ask(text)
        before = len(server.sent)
        await server.ann.send(server.channel, "What is the best treatment for hemifacial spasm?")
        assert len(server.sent) == before

    async def test_by_command_it_is_said_privately_each_time(self, server):
        for text in (SEED_ASKED, LONG_ASKED, LADEN_ASKED):
            await server.ann.slash(server.channel, "ask", question=text)
        for public in (True, True, False):
            told = await server.ann.slash(server.channel, "ask", question=SEED_ASKED, public=public)
            assert told.ephemeral
            assert LATER in shown_privately(told)[0]

    async def test_in_direct_messages_it_is_said_once(self, server):
        for text in (SEED_ASKED, LONG_ASKED, LADEN_ASKED, SEED_ASKED, SEED_ASKED):
            await server.ann.send_dm(text)
        assert len(server.sent) == 4
        assert LATER in str(server.sent[-1])

    async def test_cards_are_never_held_back(self, server):
        for text in (SEED_ASKED, LONG_ASKED, LADEN_ASKED, SEVERAL_ASKED):
            await server.ask(text)
        await server.ask(HEART)
        assert "911" in said(server)
        assert LATER not in said(server)


def test_of_two_who_ask_at_once_one_gets_the_answer(desk):
    """Whoever asks while the first reply is on its way is told so; when that does not arrive, the next gets it."""
    services, decision = build_client(desk, DiscordSettings()).services, desk.respond(SEED_ASKED, Place())
    first, second = (Asker(number, 7, Place(server_id="1")) for number in (1, 2))
    with turn(services, first, decision) as one:
        assert one.decision is decision
        with turn(services, second, decision) as other:
            assert other.decision.reply.text == sentences.BEING_ANSWERED_HERE
        with turn(services, replace(second, place=Place(addressed=False, server_id="1")), decision) as overheard:
            assert overheard.decision is None
    with turn(services, second, decision) as other:
        assert other.decision is decision
