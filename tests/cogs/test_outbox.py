"""What a failure on Discord means for an item of the outbox; and a message is sent once, whatever happened before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from cogs._outbox.once import send_once
from cogs._rendering import reply_layout
from cogs.outbox import carry, told
from knowledge.deliveries.outbox import Failed, Gone, Later
from knowledge.records.outbox import Item
from tests.cogs.showing import shown

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ITEM = Item("note", "a", NOW, id=7)


def refusal(status, code=0, headers=None):
    response = SimpleNamespace(status=status, reason="refused", headers=headers or {})
    kind = discord.Forbidden if status == 403 else discord.NotFound if status == 404 else discord.HTTPException
    return kind(response, {"code": code, "message": "refused"})


@pytest.mark.parametrize(
    ("error", "carried"),
    [
        (refusal(429, 30046, {"Retry-After": "12"}), Later(12)),
        (refusal(429, headers={"Retry-After": "3.5"}), Later(3.5)),
        (refusal(429), Later(60)),
        (discord.RateLimited(45), Later(45)),
        (refusal(400, 50083), Later(3600)),
        (refusal(404, 10008), Gone("Discord refused: status 404, code 10008")),
        (refusal(404, 10003), Gone("Discord refused: status 404, code 10003")),
        (refusal(403, 50001), Gone("Discord refused: status 403, code 50001")),
        (refusal(403, 50013), Gone("Discord refused: status 403, code 50013")),
        (refusal(400, 50035), Gone("Discord refused: status 400, code 50035")),
        (refusal(401), Failed()),
        (refusal(500), Failed()),
        (refusal(503), Failed()),
        (aiohttp.ServerDisconnectedError(), Failed()),
        (TimeoutError(), Failed()),
        (ConnectionResetError(), Failed()),
    ],
    ids=str,
)
def test_what_a_failure_means(error, carried):
    assert told(error) == carried


async def test_what_another_version_added_waits_for_it():
    assert await carry(None, replace(ITEM, kind="of tomorrow")) == Later(3600)


@pytest.fixture
def room(server):
    return server.env.bot.get_partial_messageable(server.channel.id)


async def test_a_message_of_an_item_is_not_sent_again_when_it_is_there(server, room):
    draft = reply_layout.plain("Your question was answered.")
    first = await send_once(server.env.bot, room, ITEM, draft)
    again = replace(ITEM, tries=1, begun_at=first.created_at)
    assert (await send_once(server.env.bot, room, again, draft)).id == first.id
    assert len(server.channel.history()) == 1
    (sent,) = server.sent
    assert (sent["nonce"], sent["enforce_nonce"]) == (f"7-{server.channel.id:x}", True)
    assert len(sent["nonce"]) <= 25


async def test_a_message_that_was_never_sent_is_sent_and_others_like_it_do_not_count(server, room):
    draft = reply_layout.plain("Your question was answered.")
    await send_once(server.env.bot, room, replace(ITEM, id=6), reply_layout.plain("Another question was answered."))
    await server.ann.send(server.channel, "Your question was answered.")
    old = await send_once(server.env.bot, room, replace(ITEM, id=5), draft)
    later = old.created_at + timedelta(hours=1)
    await server.env.advance_time(3700)
    await send_once(server.env.bot, room, replace(ITEM, tries=1, begun_at=later), draft)
    assert [shown(message) for message in server.channel.history() if message.author.id == server.env.bot.user.id] == [
        ["Another question was answered."],
        ["Your question was answered."],
        ["Your question was answered."],
    ]


async def test_where_the_past_may_not_be_read_it_is_sent(server, room):
    server.env.inject_error("GET", "/channels/*/messages", status=403, code=50001)
    await send_once(server.env.bot, room, replace(ITEM, tries=1, begun_at=NOW), reply_layout.plain("Answered."))
    assert len(server.channel.history()) == 1
