"""An end from any state: orderly at the first signal, within a second at the second one."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from tests.faults.counting import Counts
from tests.scale import LONG, scaled, seconds
from tests.wire.conftest import TOKEN
from tests.wire.program import write_settings
from tests.wire.test_process_answers import CHEEK

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


async def test_what_is_in_flight_is_finished(clinic, record_property):
    counts, slowest = Counts(record_property), 0.0
    for run in range(scaled(100)):
        program = await clinic.ready()
        clinic.fake.faults.clear()
        clinic.fake.faults.slow("POST", "/messages$", 0.3)
        before = len(clinic.fake.requests("POST", "/messages"))
        for _ in range(10):
            counts.add(await clinic.ann.mention(clinic.channel, CHEEK))
        await clinic.fake.until(lambda before=before: len(clinic.fake.requests("POST", "/messages")) > before)
        began = time.monotonic()
        program.signal(signal.SIGTERM if run % 2 else signal.SIGINT)
        assert await program.ended() == 0
        slowest = max(slowest, time.monotonic() - began)
    counts.replies(clinic.fake)
    assert (counts.lost, counts.doubled) == (0, 0)
    assert slowest < seconds(5)


async def test_a_second_signal_ends_it_within_a_second(clinic, record_property):
    counts, chance = Counts(record_property), random.Random(9)
    for run in range(scaled(50)):
        program = await clinic.ready()
        clinic.fake.faults.clear()
        clinic.fake.faults.slow("POST", "/messages$", 30)
        before = len(clinic.fake.requests("POST", "/messages"))
        await clinic.ann.mention(clinic.channel, CHEEK)
        await clinic.fake.until(lambda before=before: len(clinic.fake.requests("POST", "/messages")) > before)
        program.signal(signal.SIGTERM)
        await asyncio.sleep(chance.uniform(0, 0.3))
        began = time.monotonic()
        program.signal(signal.SIGINT if run % 2 else signal.SIGTERM)
        assert await program.ended() == 0
        assert time.monotonic() - began < seconds(1.2)
    counts.tell(scaled(50))


# What Python itself makes of Ctrl-C before it has read the program is not the program's: it may even lose it.
FROM_THE_FIRST_LINE_ON = """
import runpy, signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
print("begun", flush=True)
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_at_any_moment_of_the_start_ends_it(clinic, number):
    """Also while Discord does not answer."""
    clinic.python = ("-c", FROM_THE_FIRST_LINE_ON)
    chance = random.Random(9)
    for run in range(scaled(60)):
        clinic.fake.faults.clear()
        if run % 3 == 0:
            clinic.fake.faults.slow("GET", "/users/@me$", 30)
        program = await clinic.begin()
        await clinic.fake.until(lambda program=program: "begun" in program.output)
        await asyncio.sleep(chance.uniform(0, 1.6))
        began = time.monotonic()
        program.signal(number)
        code = await program.ended()
        assert code in {0, -number}, (code, program.output)
        assert time.monotonic() - began < seconds(5)
        assert "Incident" not in program.output


async def test_a_network_that_swallows_everything_does_not_hold_the_end(clinic):
    program = await clinic.ready()
    clinic.fake.gateway.deaf = True
    await clinic.ann.mention(clinic.channel, CHEEK)
    began = time.monotonic()
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert time.monotonic() - began < seconds(8)


async def test_systemd_is_told_when_it_serves_lives_and_ends(clinic, monkeypatch):
    address = str(clinic.folder / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(address)
        heard.settimeout(0)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        monkeypatch.setenv("WATCHDOG_USEC", "300000")
        said: list[str] = []

        def listened():
            with suppress(BlockingIOError):
                while True:
                    said.append(heard.recv(200).decode())
            return said

        program = await clinic.ready()
        await clinic.fake.until(lambda: listened().count("WATCHDOG=1") >= 5 and "READY=1" in said)
        os.kill(program.pid, signal.SIGSTOP)  # a loop that stands still
        await asyncio.sleep(0.3)
        before = len(listened())
        await asyncio.sleep(0.6)
        assert len(listened()) == before, "nobody says that it lives"
        os.kill(program.pid, signal.SIGCONT)
        program.signal(signal.SIGTERM)
        assert await program.ended() == 0
        assert "STOPPING=1" in listened()


@pytest.mark.parametrize("way", ["token", "gateway", "lock", "settings"])
async def test_the_process_ends_soon_however_it_leaves(clinic, way):
    """No connection, thread or file left open keeps it alive, and nothing is left for Python to complain of."""
    settings = write_settings(clinic.folder, clinic.fake, watch=[], samples=False)
    token = TOKEN
    if way == "token":
        token = "not.the.token"
    elif way == "gateway":
        clinic.fake.gateway.refuse = True
    elif way == "lock":
        await clinic.ready()
    else:
        settings.write_text("[storage]\npath = 1\n", "utf-8")
    command = [sys.executable, "-X", "dev", "-m", "bot", "--config", str(settings), "discord"]
    environment = {**os.environ, "DISCORD_TOKEN": token}
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *command, cwd=clinic.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    told, _ = await asyncio.wait_for(process.communicate(), LONG)
    assert process.returncode in {2, 3}
    assert b"ResourceWarning" not in told
    assert b"Traceback" not in told
    assert time.monotonic() - began < seconds(15)
