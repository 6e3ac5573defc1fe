"""Messages that are edited or deleted, and the reply that goes with them."""

import asyncio
from datetime import timedelta

import aiohttp
import discord
import pytest

from bot.traffic import ABREAST
from cogs._answering import noting
from knowledge.model import Place
from knowledge.presentation import sentences
from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.cogs.book import HEART, SEED, SEED_ASKED, SEVERAL_ASKED, UNKNOWN_ASKED
from tests.cogs.showing import rendered, shown


async def edit(server, message, text):
    await server.ann.edit(message, f"{server.env.bot.user.mention} {text}")


def edits(server):
    return [call.json for call in server.env.http_requests if call.method == "PATCH" and "/messages/" in call.path]


async def test_an_edit_within_a_minute_is_thought_over_in_the_same_reply(server):
    asked = await server.ask(UNKNOWN_ASKED)
    first = server.reply
    assert shown(first) == [sentences.NOTHING_FOUND]
    await edit(server, asked, SEED_ASKED)
    assert server.reply.id == first.id
    assert shown(server.reply)[-1] == NOTICE
    assert [sent["allowed_mentions"]["parse"] for sent in edits(server)] == [[]]


async def test_it_is_thought_over_once(server):
    asked = await server.ask(UNKNOWN_ASKED)
    await edit(server, asked, SEVERAL_ASKED)
    await edit(server, asked, SEED_ASKED)
    assert shown(server.reply)[-1] == SHORT_NOTICE


async def test_an_edit_after_a_minute_changes_nothing(server):
    asked = await server.ask(UNKNOWN_ASKED)
    await server.env.advance_time(90)
    await edit(server, asked, SEED_ASKED)
    assert shown(server.reply) == [sentences.NOTHING_FOUND]


async def test_a_mention_that_is_added_by_an_edit_is_answered(server):
    asked = await server.ann.send(server.channel, SEED_ASKED)
    await edit(server, asked, SEED_ASKED)
    assert shown(server.reply)[-1] == NOTICE


@pytest.mark.parametrize("mended", ["{} thanks", "never mind"])
async def test_an_edit_that_asks_nothing_any_more_takes_the_reply_back(server, mended):
    asked = await server.ask(SEED_ASKED)
    await server.ann.edit(asked, mended.format(server.env.bot.user.mention))
    assert server.reply is None


async def test_a_deleted_question_takes_its_reply_along(server):
    asked = await server.ask(SEED_ASKED)
    await server.ann.delete(asked)
    assert server.reply is None


async def test_a_question_that_is_deleted_while_it_waits_gets_no_reply(server, desk, monkeypatch):
    respond, traffic = desk.respond, server.env.bot.services.traffic

    def deleted_meanwhile(*said):
        traffic.gone(server.channel.last_message.id)
        return respond(*said)

    monkeypatch.setattr(desk, "respond", deleted_meanwhile)
    await server.ask(SEED_ASKED)
    assert len(server.sent) == 1
    assert server.reply is None


async def test_a_reply_that_is_gone_already_is_no_trouble(server):
    asked = await server.ask(SEED_ASKED)
    await server.max.delete(server.reply)
    await server.ann.delete(asked)
    other = await server.ask(UNKNOWN_ASKED)
    await server.max.delete(server.reply)
    await edit(server, other, SEED_ASKED)
    assert server.reply is None


async def test_a_card_comes_though_the_earlier_reply_was_removed(server, desk):
    asked = await server.ask(UNKNOWN_ASKED)
    await server.max.delete(server.reply)
    await edit(server, asked, HEART)
    assert rendered(shown(server.reply)[0])[0] == desk.respond(HEART, Place()).reply.heading


async def test_what_is_said_after_a_reply_was_taken_back_has_a_nonce_of_its_own(server):
    """Discord refuses the nonce of a message that was deleted."""
    asked = await server.ask(SEED_ASKED)
    await server.ann.edit(asked, "never mind")
    await edit(server, asked, SEED_ASKED)
    assert [sent["nonce"] for sent in server.sent] == [str(asked.id), f"{asked.id}-1"]
    assert shown(server.reply)[-1] == NOTICE


@pytest.mark.parametrize("failure", [aiohttp.ServerDisconnectedError(), ConnectionResetError()])
async def test_a_change_is_tried_again_after_a_failure_that_may_pass(server, desk, monkeypatch, failure):
    asked, change, failures = await server.ask(UNKNOWN_ASKED), discord.PartialMessage.edit, [failure]

    async def cut_once(message, **shown):
        if failures:
            raise failures.pop()
        return await change(message, **shown)

    monkeypatch.setattr(discord.PartialMessage, "edit", cut_once)
    await edit(server, asked, HEART)
    await server.env.advance_time(2)
    assert rendered(shown(server.reply)[0])[0] == desk.respond(HEART, Place()).reply.heading


async def test_a_reply_that_cannot_be_mended_gets_no_second_beside_it(server):
    asked = await server.ask(UNKNOWN_ASKED)
    server.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50035)
    await edit(server, asked, SEED_ASKED)
    assert len(server.sent) == 1
    assert shown(server.reply) == [sentences.NOTHING_FOUND]


async def test_an_edit_of_somebody_elses_message_is_not_heard(server):
    said = await server.ann.send(server.channel, UNKNOWN_ASKED)
    await server.ann.edit(said, SEED.title)
    assert server.sent == []


async def test_an_old_edit_that_arrives_anew_is_not_heard(server, watched, monkeypatch):
    """As when a message is pinned, or a link in it gets its preview: the time of the last true edit comes along."""
    backend, edits_told = server.env.backend, []
    emit = backend.emit

    def overheard(name, payload, *others, **more):
        if name == "MESSAGE_UPDATE":
            edits_told.append(payload)
        return emit(name, payload, *others, **more)

    monkeypatch.setattr(backend, "emit", overheard)
    said = await server.ann.send(server.channel, HEART)
    await server.ann.edit(said, f"{HEART}, help")
    watched.add(server.channel.id)
    await server.env.advance_time(400)
    for news_for, cards in ((timedelta(minutes=5), 0), (timedelta(minutes=15), 1)):
        monkeypatch.setattr("cogs.listen._NEWS_FOR", news_for)
        emit("MESSAGE_UPDATE", edits_told[0])
        await server.env.settle()
        assert len(server.sent) == cards


async def test_what_was_thought_before_comes_not_over_a_card(server, desk, monkeypatch):
    gate = asyncio.Event()

    async def later(*_):
        await server.env.external_wait(gate.wait(), reason="a slow disk")
        return True

    monkeypatch.setattr(noting, "may_answer", later)
    question = await server.ask(SEED_ASKED)
    await edit(server, question, HEART)
    heading = desk.respond(HEART, Place()).reply.heading
    assert rendered(shown(server.reply)[0])[0] == heading
    gate.set()
    assert await server.env.bot.services.traffic.finish(5) == 0
    assert rendered(shown(server.reply)[0])[0] == heading


class TestWaiting:
    """A question behind others in its channel's queue."""

    @pytest.fixture
    def gate(self):
        return asyncio.Event()

    @pytest.fixture
    async def question(self, server, gate):
        for _ in range(ABREAST):
            server.env.bot.services.traffic.put(server.channel.id, gate.wait)
        return await server.ask(UNKNOWN_ASKED)

    @pytest.fixture
    def its_turn(self, server, gate):
        async def come():
            gate.set()
            assert await server.env.bot.services.traffic.finish(5) == 0

        return come

    async def test_what_is_answered_is_what_it_says_by_then(self, server, question, its_turn):
        assert server.reply is None
        await edit(server, question, SEED_ASKED)
        assert server.reply is None
        await its_turn()
        assert shown(server.reply)[-1] == NOTICE
        assert len(server.sent) == 1

    async def test_a_deleted_one_is_not_answered(self, server, question, its_turn):
        await server.ann.delete(question)
        await its_turn()
        assert server.sent == []

    async def test_one_that_asks_nobody_any_more_is_not_answered(self, server, question, its_turn):
        await server.ann.edit(question, "never mind")
        await its_turn()
        assert server.sent == []

    async def test_a_card_does_not_wait(self, server, question, its_turn, desk):
        await edit(server, question, HEART)
        assert rendered(shown(server.reply)[0])[0] == desk.respond(HEART, Place()).reply.heading
        await its_turn()
        assert len(server.sent) == 1

    async def test_when_too_many_wait_it_is_said_once(self, server, question, its_turn, gate):
        traffic = server.env.bot.services.traffic
        while traffic.put(server.channel.id, gate.wait):
            pass
        await server.ask(SEED_ASKED)
        assert shown(server.reply) == [sentences.BUSY]
        await server.ask(SEED_ASKED)
        await server.ask(HEART)
        assert len(server.sent) == 2
        await its_turn()
        assert question.id == server.channel.last_message.reference.message_id
