"""The bot as a process that has texts ranked by others."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from knowledge.safety.notice import NOTICE
from tests.fakediscord.mentions import texts
from tests.rankers import rankers_of
from tests.scale import LONG

CHEEK = "can botox stop my cheek from twitching?"


def is_answered(message):
    return "\n".join(texts(message)).endswith(NOTICE)


def exists(process):
    return Path(f"/proc/{process}").exists()


async def until(holds):
    async with asyncio.timeout(LONG):
        while not holds():  # noqa: ASYNC110  # another process makes it so
            await asyncio.sleep(0.01)


async def test_everything_is_answered_once_whatever_becomes_of_the_rankers(clinic):
    clinic.more_settings = "[answers]\nranking_processes = 2\n"
    clinic.python = ("-X", "dev", "-m", "bot")
    program = await clinic.ready()
    asked = [await clinic.ann.mention(clinic.channel, CHEEK)]
    await until(lambda: len(rankers_of(program.pid)) == 2)
    for number in range(10):
        asked.append(await clinic.ann.mention(clinic.channel, f"{CHEEK} {number}"))
        if number in {3, 6}:
            os.kill(rankers_of(program.pid)[0], signal.SIGKILL)
    replies = [await clinic.fake.reply_to(message) for message in asked]
    assert all(map(is_answered, replies))
    left = rankers_of(program.pid)
    waiting = [await clinic.ann.mention(clinic.channel, CHEEK) for _ in range(10)]
    for process in (program.pid, *left):
        os.kill(process, signal.SIGTERM)
    assert await program.ended() == 0
    assert [len(clinic.fake.replies_to(message)) for message in (*asked, *waiting)] == [1] * 21
    assert not any(map(exists, left))
    assert "ResourceWarning" not in program.output
    assert "Incident" not in program.output
