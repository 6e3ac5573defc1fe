"""The real bot on SimCord: the shipped matcher, screen and cards, a small book of its own."""

import pytest

from bot.app import snapshot_of
from bot.config import Config, DiscordSettings
from bot.discord_client import build_client
from knowledge.desk import AnswerDesk
from tests.cogs.book import BOOK


@pytest.fixture
def snapshot():
    return snapshot_of(BOOK, Config(), samples=True)


@pytest.fixture
def desk(snapshot):
    return AnswerDesk(snapshot)


@pytest.fixture
def watched():
    """Ids of watched channels; a test adds its own."""
    return set()


@pytest.fixture
def settings():
    return DiscordSettings()


@pytest.fixture
def build(desk, settings, watched):
    """Make the bot anew, as after a restart."""
    return lambda: build_client(desk, settings, watched=watched)


@pytest.fixture
def simcord_bot(build):
    return build()
