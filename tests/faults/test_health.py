"""`/healthz` of the bot as a process: red within half a minute of a fault, green again by itself, and nobody in it."""

from __future__ import annotations

import asyncio
import json
import signal
import socket

import aiohttp
import pytest

from tests.scale import LONG, seconds
from tests.wire.conftest import TOKEN
from tests.wire.program import Program, write_settings
from tests.wire.test_process_answers import CHEEK

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
async def told(clinic):
    """Start the bot with a port and backups; give what fetches a path there."""
    port = free_port()
    settings = write_settings(clinic.folder, clinic.fake, watch=[int(clinic.watched["id"])], samples=False)
    with settings.open("a") as file:
        file.write(f'\n[health]\nport = {port}\n[backup]\nfolder = "backups"\n')
    program = await Program.start("--config", str(settings), "discord", folder=clinic.folder, token=TOKEN)
    clinic.programs.append(program)

    async def fetch(path):
        async with aiohttp.ClientSession() as web, web.get(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, await answer.text()

    await clinic.fake.until(lambda: clinic.fake.gateway.identifies or program.over)
    assert not program.over, program.output
    fetch.program = program
    return fetch


async def until(fetch, path, holds, within=LONG, status=200):
    """Fetch again and again until it has this status and `holds` of its text; give that."""
    async with asyncio.timeout(within):
        while True:
            found, text = await fetch(path)
            if found == status and holds(text):
                return text
            await asyncio.sleep(0.1)


async def reasons(fetch, status, within=LONG):
    """Wait until `/healthz` has this status; give its reasons."""
    return json.loads(await until(fetch, "/healthz", bool, within, status))["reasons"]


async def test_figures_are_told_and_nobody_is_in_them(clinic, told):
    await reasons(told, 200)
    asked = await clinic.ann.mention(clinic.channel, CHEEK)
    reply = await clinic.fake.reply_to(asked)
    await clinic.ann.say(clinic.watched, "i had toast this morning")
    metrics = await until(told, "/metrics", lambda text: 'outcome="silent"' in text)
    assert 'second_opinion_messages_total{outcome="answered"} 1.0' in metrics
    assert "second_opinion_reply_seconds_count 1.0" in metrics
    health = await until(told, "/healthz", lambda text: json.loads(text)["backup_made"])
    for secret in (asked["id"], reply["id"], clinic.guild.id, clinic.channel["id"], clinic.ann.user["id"], TOKEN):
        assert secret not in metrics + health
    assert "cheek" not in (metrics + health).lower()
    asking = await Program.start("--config", "config.toml", "health", folder=clinic.folder)
    assert (await asking.ended(), asking.output) == (0, "Members are answered.\n")


async def test_a_lost_connection_turns_it_red_and_its_return_green(clinic, told):
    await reasons(told, 200)
    clinic.fake.gateway.refuse = True
    await clinic.fake.gateway.drop(4000)
    assert await reasons(told, 503, seconds(30)) == ["Not connected to Discord."]
    clinic.fake.gateway.refuse = False
    await reasons(told, 200)


async def test_a_database_that_another_program_holds_turns_it_red_and_then_green(clinic, told):
    await reasons(told, 200)
    holding = await asyncio.create_subprocess_exec(
        "python3", "-c",
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE'); "
        "print('held', flush=True); sys.stdin.read()",
        str(clinic.folder / "data" / "second-opinion.sqlite3"),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    await holding.stdout.readline()
    await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK))
    assert await reasons(told, 503, seconds(30)) == ["Nothing can be saved: another program holds the database."]
    holding.stdin.close()
    await holding.wait()
    await reasons(told, 200, seconds(30))
    told.program.signal(signal.SIGTERM)
    assert await told.program.ended() == 0
