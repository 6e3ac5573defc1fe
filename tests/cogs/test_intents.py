"""What works without the message-content intent, and how its absence is told."""

import pytest

from bot.config import DiscordSettings
from bot.discord.client import build_client
from knowledge.safety.notice import NOTICE
from tests.cogs.book import SEED_ASKED
from tests.cogs.showing import shown, shown_privately


@pytest.fixture
def build(desk, defaults):
    return lambda: build_client(desk, DiscordSettings(), defaults=defaults)


async def test_everything_but_watching_works_without_the_intent(server):
    assert not server.env.bot.intents.message_content
    await server.ask(SEED_ASKED)
    first = server.reply
    assert shown(first)[-1] == NOTICE
    await server.ann.send(server.channel, SEED_ASKED, reply_to=first)
    assert server.reply.id != first.id
    assert shown(server.reply)[-1] == NOTICE
    await server.ann.send_dm(SEED_ASKED)
    assert len(server.sent) == 3
    answered = await server.ann.slash(server.channel, "ask", question=SEED_ASKED)
    assert shown_privately(answered)[-1] == NOTICE
    said = await server.bea.send(server.channel, SEED_ASKED)
    answered = await server.ann.context_menu(server.channel, "Find an answer", said)
    assert shown_privately(answered)[-1] == NOTICE


async def test_what_cannot_be_read_is_left_alone(server):
    await server.ask(SEED_ASKED)
    await server.ann.send(server.channel, SEED_ASKED)
    await server.ann.send(server.channel, SEED_ASKED, attachments=[("rash.png", b"png")])
    assert len(server.sent) == 1


def test_only_watched_channels_need_the_intent(desk):
    assert not build_client(desk, DiscordSettings()).intents.message_content
    assert build_client(desk, DiscordSettings(watch=[123])).intents.message_content
    assert build_client(desk, DiscordSettings(message_content=True)).intents.message_content
