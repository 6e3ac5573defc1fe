"""The parts of keeping the bot on Discord that need no Discord: pulse, sessions, systemd's socket."""

from __future__ import annotations

import asyncio
import math
import os
import socket

import pytest

from bot.discord.sessions import SessionBudget
from bot.health.pulse import STILL_SECONDS, Pulse
from bot.process.systemd import ServiceManager
from tests.clock import Clock
from tests.scale import LONG


@pytest.fixture
def clock():
    return Clock(100.0)


def test_each_heartbeat_is_a_sign_of_life_and_silence_is_none(clock):
    pulse = Pulse(clock)
    for number in range(5):
        clock.at += STILL_SECONDS - 1
        assert pulse.beats(0.01 + number / 1000)
    clock.at += STILL_SECONDS + 1
    assert not pulse.beats(0.014)
    assert not pulse.beats(math.nan), "a lost connection has no heartbeat"
    pulse.disconnected()
    assert pulse.beats(math.nan), "an attempt to connect is a sign of life"


async def test_a_connection_is_lost_when_it_does_not_come_back_in_time(clock):
    pulse = Pulse(clock)
    pulse.begin()
    lost = asyncio.create_task(pulse.lost_for(0.5))
    pulse.disconnected()
    await asyncio.sleep(0)
    pulse.connected()
    await asyncio.sleep(0.6)
    assert not lost.done()
    pulse.disconnected()
    pulse.disconnected()
    await asyncio.wait_for(lost, LONG)


def test_few_sessions_are_spread_over_the_time_until_there_are_new_ones(clock):
    sessions = SessionBudget(clock)
    assert sessions.pause == 0, "nothing is held back before Discord has told"
    sessions.spend()
    assert sessions.pause == 5
    clock.at += 5
    sessions.told(21, 3_600)
    sessions.spend()
    assert (sessions.spread, sessions.pause) == (0, 5)
    begun = 0
    until = clock.at + 3_600
    while clock.at < until:
        sessions.spend()
        begun += 1
        clock.at += sessions.pause
    assert begun <= 21
    assert sessions.spread == 0, "there are new ones"
    sessions.told(0, 60)
    assert sessions.pause == 60, "not even the first one of a run"


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_is_told_in_its_own_words(tmp_path, abstract):
    name = f"\0second-opinion-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(name)
        manager = ServiceManager.of({"NOTIFY_SOCKET": name.replace("\0", "@"), "WATCHDOG_USEC": "30000000"})
        manager.ready()
        manager.alive()
        manager.status("Connected")
        manager.stopping()
        said = [heard.recv(100).decode() for _ in range(4)]
    assert said == ["READY=1", "WATCHDOG=1", "STATUS=Connected", "STOPPING=1"]
    assert manager.watchdog_seconds == 30
    manager.ready()  # nobody listens any more, and nothing fails


def test_without_systemd_nothing_is_said():
    assert ServiceManager.of({}) == ServiceManager("", 0.0)
    others = {"NOTIFY_SOCKET": "/nowhere", "WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"}
    assert ServiceManager.of(others).watchdog_seconds == 0
    assert ServiceManager.of({"WATCHDOG_USEC": "soon"}).watchdog_seconds == 0
