"""Every way in which tools write a file, again and again: nothing half is ever served, and no save is missed."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from bot.book.reload import PATIENCE, POLL
from tests.bot.book.conftest import Followed
from tests.scale import LONG, scaled, seconds

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = 40


def text_of(version: int, changed: int) -> str:
    """Give a book of which the first `changed` entries are of this version, the others of version 0."""
    bodies = [f"Version {version if number < changed else 0}. " + "Rest it well. " * 20 for number in range(ENTRIES)]
    return "".join(
        f'[[question]]\nid = "q{number}"\ntitle = "What helps toe {number}"\n\n    [[question.answers]]\n'
        f'    body = """\n{body}\n"""\n    name = "Jo Doe, MD"\n\n'
        for number, body in enumerate(bodies)
    )


class Saver:
    """Puts a new text in place of the knowledge file, by one tool or another. `pause` is between parts of a save."""

    def __init__(self, file: Path, pause: float) -> None:
        self.file = file
        self.new = file.with_name("new-version")
        self.pause = pause
        self.ways = [
            self.by_sed, self.by_mv, self.by_cp, self.by_redirect, self.in_chunks, self.by_link, self.locked,
            self.by_return, *([self.by_vim] if shutil.which("vim") else ()),
            *([self.by_checkout] if shutil.which("git") else ()),
        ]  # fmt: skip

    async def save(self, way: int, text: str) -> None:
        if self.file.is_symlink():
            content = self.file.read_bytes()
            self.file.unlink()
            self.file.write_bytes(content)
        self.new.write_text(text, "utf-8")
        await self.ways[way % len(self.ways)](text)

    async def by_vim(self, _text):
        await self._run("vim", "-es", "-u", "NONE", "-N", "-c", "%d", "-c", "0r new-version", "-c", "$d", "-c", "wq")

    async def by_sed(self, text):
        """`sed -i` with a script that makes the old text the new one: it deletes all and reads the new file."""
        await self._run("sed", "-i", "-e", "1r new-version", "-e", "d")
        assert self.file.read_text("utf-8") == text

    async def by_mv(self, _text):
        await self._run("mv", "new-version")

    async def by_cp(self, _text):
        await self._run("cp", "new-version")

    async def by_redirect(self, _text):
        await self._run("sh", "-c", 'cat new-version > "$0"')

    async def in_chunks(self, text):
        with self.file.open("w", encoding="utf-8") as file:
            for begin in range(0, len(text), 3001):
                file.write(text[begin : begin + 3001])
                file.flush()
                await asyncio.sleep(self.pause)

    async def by_checkout(self, _text):
        if not (self.file.parent / ".git").exists():
            await self._git("init", "-q")
        await self._git("add", "-f", self.file.name)
        await self._git("commit", "-qm", "before", "--allow-empty")
        before = self.file.read_bytes()
        self.file.write_bytes(self.new.read_bytes())
        await self._git("commit", "-qam", "after")
        self.file.write_bytes(before)
        await self._git("checkout", "-q", "HEAD", "--", self.file.name)

    async def by_link(self, text):
        target = self.file.with_name(f"version-{abs(hash(text))}")
        shutil.copy(self.new, target)
        link = self.file.with_name("link")
        link.symlink_to(target)
        link.replace(self.file)

    async def locked(self, _text):
        self.file.chmod(0)
        await asyncio.sleep(self.pause)
        self.file.chmod(0o644)
        await self._run("cp", "new-version")

    async def by_return(self, text):
        self.file.unlink()
        await asyncio.sleep(self.pause)
        self.file.write_text(text, "utf-8")

    async def _git(self, *words):
        await self._run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words, on_file=False)

    async def _run(self, *words, on_file=True):
        command = (*words, self.file.name) if on_file else words
        process = await asyncio.create_subprocess_exec(
            *command, cwd=self.file.parent, stdout=asyncio.subprocess.DEVNULL, stdin=asyncio.subprocess.DEVNULL
        )
        assert await process.wait() == 0, command


async def save_often(tmp_path: Path, saves: int, pause: float, allowed: float) -> list[float]:
    """Save so often, each time in another way; check all that is served; give how long each save took to be served."""
    chance = random.Random(3)
    followed = Followed(tmp_path / "book.toml", tmp_path / "data")
    followed.file.write_text(text_of(0, 0), "utf-8")
    followed.start()
    watch, saver = followed.watch, Saver(followed.file, pause)
    watch._clock = time.monotonic
    arrived = asyncio.Event()
    before = after = 0, 0
    bad = []

    async def serve(snapshot, _files_hash):
        bodies = [question.answers[0].body.split(".")[0] for question in snapshot.questions.values()]
        now = [[f"Version {v if n < changed else 0}" for n in range(ENTRIES)] for v, changed in (before, after)]
        if bodies not in now:
            bad.append((after, bodies))
        if bodies == now[1]:
            arrived.set()

    took = []
    async with watch.following(serve):
        for number in range(1, saves + 1):
            before, after = after, (number, chance.choice([3, ENTRIES // 2, ENTRIES]))
            arrived.clear()
            await saver.save(number, text_of(*after))
            begun = time.monotonic()
            await asyncio.wait_for(arrived.wait(), allowed)
            took.append(time.monotonic() - begun)
    assert bad == []
    return took


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_thousands_of_saves_at_ten_times_the_pace(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.book.reload.POLL", POLL / 10)
    monkeypatch.setattr("bot.book.reload.PATIENCE", PATIENCE / 5)
    took = await save_often(tmp_path, scaled(2000), pause=POLL / 5, allowed=LONG)
    assert len(took) == scaled(2000)


@pytest.mark.slow
async def test_every_kind_of_save_is_served_within_two_seconds(tmp_path):
    took = await save_often(tmp_path, 20, pause=PATIENCE / 2, allowed=LONG)
    assert max(took) < seconds(2), took


@pytest.mark.skipif(os.name != "posix", reason="symbolic links and rights as on Unix")
async def test_a_save_of_each_kind(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.book.reload.POLL", 0.01)
    monkeypatch.setattr("bot.book.reload.PATIENCE", 0.1)
    assert len(await save_often(tmp_path, 10, pause=0.02, allowed=LONG)) == 10
