"""What stands on the preview's page, and that it is answered there. The page itself is tested as a process."""

from __future__ import annotations

from dataclasses import replace

import simcord

from bot.app import load_snapshot
from bot.config import Config
from bot.discord.client import build_client
from bot.preview import furnish, welcome
from knowledge.desk import AnswerDesk
from knowledge.presentation.sentences import NOTHING_FOUND
from knowledge.safety.notice import NOTICE
from tests.cogs.showing import shown


async def test_a_newcomer_finds_what_to_try_and_is_answered_however_they_ask():
    desk = AnswerDesk(load_snapshot(Config(), samples=True))
    watched = set()
    bot = build_client(desk, Config().discord, watched=watched)
    async with simcord.run(bot) as env:
        channel, (ann, mod) = await furnish(env, bot, welcome(desk.snapshot))
        watched.add(channel.id)
        opening = channel.last_message
        assert opening.author.id == bot.user.id
        assert "cheek wont stop twitching, botox?" in shown(opening)[0]
        await ann.send(channel, "cheek wont stop twitching, botox?")
        assert shown(channel.last_message)[-1] == NOTICE
        await mod.send(channel, "what is the capital of france", reply_to=opening)
        assert shown(channel.last_message) == [NOTHING_FOUND]


def test_a_book_without_examples_is_welcomed_too():
    empty = replace(load_snapshot(Config(), samples=False), questions={})
    assert "Write a question below, as in any chat." in welcome(empty)
