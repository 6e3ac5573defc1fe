"""Starting on Discord: commands are sent when they changed, and what is wrong is told before anything is spent."""

import asyncio

import pytest
import simcord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.backend import open_backend
from bot.config import Config, DiscordSettings, StorageSettings
from bot.discord.client import build_client
from bot.discord.supervision import Supervisor
from bot.process.signals import End
from bot.process.systemd import ServiceManager
from cogs import ask
from cogs._rendering.layouts import Fullness
from knowledge.errors import CannotRun
from tests.scale import LONG

CLOSED = DiscordSettings(api_url="http://127.0.0.1:9/api/v10", gateway_url="ws://127.0.0.1:9")


@pytest.fixture
def addresses(monkeypatch):
    """Put discord.py's addresses back after the test."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


def sent(env):
    return [call for call in env.http_requests if call.path.endswith("/commands")]


async def started(desk, synced):
    """Start the bot once; give how often it sent its commands."""
    async with simcord.run(build_client(desk, DiscordSettings(), synced=synced), check_errors=False) as env:
        return len(sent(env))


async def test_commands_are_sent_once_and_again_when_they_changed(desk, tmp_path, monkeypatch):
    synced = tmp_path / "data" / "commands.txt"
    assert await started(desk, synced) == 1
    assert await started(desk, synced) == 0
    monkeypatch.setattr(ask.Ask.ask, "description", "Ask something else")
    assert await started(desk, synced) == 1


async def test_without_a_folder_to_remember_in_they_are_always_sent(desk, tmp_path):
    assert await started(desk, None) == 1
    (tmp_path / "file").write_text("no folder")
    assert await started(desk, tmp_path / "file" / "commands.txt") == 1


async def test_commands_that_are_refused_do_not_stop_the_start(desk, tmp_path, caplog, monkeypatch):
    client = build_client(desk, DiscordSettings(), synced=tmp_path / "commands.txt")

    async def refused():
        raise TimeoutError

    monkeypatch.setattr(client.tree, "sync", refused)
    async with simcord.run(client, check_errors=False):
        assert client.was_ready
    assert "Discord keeps those it has" in caplog.text
    assert not (tmp_path / "commands.txt").exists()


async def test_a_channel_of_the_settings_that_is_not_there_is_told(desk, caplog):
    caplog.set_level("WARNING")
    async with simcord.run(build_client(desk, DiscordSettings(watch=[12345])), check_errors=False):
        assert "channel 12345, which is not there" in caplog.text


@pytest.mark.usefixtures("addresses")
async def test_nothing_reachable_is_told_in_one_line(tmp_path):
    kept = Config(storage=StorageSettings(path=tmp_path))
    async with open_backend(kept, samples=False) as backend:
        end = End(asyncio.Event(), asyncio.Event())
        supervisor = Supervisor(backend, CLOSED, tmp_path, end=end, manager=ServiceManager())
        with pytest.raises(CannotRun, match="Discord cannot be reached") as refusal:
            await asyncio.wait_for(supervisor.run("never.to.be.seen"), LONG)
    assert "\n" not in str(refusal.value)
    assert "never.to.be.seen" not in str(refusal.value)


def test_members_words_are_not_kept_and_nobody_is_pinged_by_default(desk):
    client = build_client(desk, DiscordSettings())
    assert client._connection.max_messages is None
    assert client.allowed_mentions.to_dict() == {"parse": []}
    assert client.intents.value == sum(1 << bit for bit in (0, 9, 12))


def test_the_settings_reach_the_cogs(desk):
    services = build_client(desk, DiscordSettings(watch=[1], staff_channels=[2], layout="compact")).services
    assert (services.watched, services.staff, services.fullness) == ({1}, {2}, Fullness.COMPACT)
