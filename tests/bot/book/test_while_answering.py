"""Answers given while the book is reloaded are wholly old or wholly new; and a thousand reloads cost no memory."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.desk import AnswerDesk
from knowledge.model import AnswerReply, Place
from tests.bot.book.conftest import Followed
from tests.scale import scaled

ROOT = Path(__file__).parents[3]

TITLES = {
    "knee": "Why does my knee click when I climb stairs",
    "hip": "Can I sleep on my side after a hip replacement",
    "lip": "How long does swelling last after lip filler",
}


def text_of(version: int) -> str:
    answer = (
        f'[[question.answers]]\nheadline = "Version {version}"\nbody = "Version {version}"\nname = "V. {version}"\n'
    )
    return "".join(
        f'[[question]]\nid = "{name}"\ntitle = "{title}"\ndetails = "Version {version}"\n{answer * 3}'
        for name, title in TITLES.items()
    )


async def answer_while_reloading(tmp_path: Path, answers: int, versions: int) -> set[str]:
    """Answer so often, and on, until so many versions of a changing file were seen; give them, one to an answer."""
    followed = Followed(tmp_path / "book.toml", tmp_path / "data")
    followed.file.write_text(text_of(0), "utf-8")
    followed.start()
    watch = followed.watch
    watch._clock = time.monotonic
    desk = AnswerDesk(watch.snapshot)
    version, seen = 0, set()

    async def serve(snapshot, _files_hash):
        nonlocal version
        desk.serve(snapshot)
        version += 1
        followed.file.write_text(text_of(version + 1), "utf-8")

    async with watch.following(serve):
        followed.file.write_text(text_of(1), "utf-8")
        number = 0
        while number < answers or len(seen) < versions:
            number += 1
            reply = desk.respond(tuple(TITLES.values())[number % 3], Place(addressed=True)).reply
            assert isinstance(reply, AnswerReply), reply
            said = {reply.question.details, *(answer.body for answer in reply.question.answers)}
            said |= {answer.headline for answer in reply.question.answers}
            assert len(said) == 1
            seen |= said
            await asyncio.sleep(0)
    return seen


async def test_answers_are_wholly_old_or_wholly_new(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.book.reload.POLL", 0.001)
    monkeypatch.setattr("bot.book.reload.PATIENCE", 0)
    assert len(await answer_while_reloading(tmp_path, 300, versions=3)) >= 3


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_a_hundred_thousand_answers_are_wholly_old_or_wholly_new(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.book.reload.POLL", 0.001)
    monkeypatch.setattr("bot.book.reload.PATIENCE", 0)
    assert len(await answer_while_reloading(tmp_path, scaled(100_000, 20), versions=scaled(500, 20))) >= scaled(500, 20)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read as Linux tells it")
def test_a_thousand_reloads_leave_memory_flat(tmp_path):
    command = [sys.executable, "-m", "tests.bot.book.reloads", str(scaled(1_000, 2)), str(tmp_path)]
    held = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout)
    assert len(held) == 20
    # The first reloads fill caches and pools; from then on nothing may grow.
    assert max(held[-5:]) - max(held[4:9]) < 2, held
