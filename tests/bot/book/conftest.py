"""A knowledge file on the disk, a watch over it, and a clock that tests move."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from bot.app import composer
from bot.book.last_good import LastGood
from bot.book.reload import PATIENCE, BookWatch
from bot.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from knowledge.content.library import Snapshot

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(name: str, body: str = "Rest it.", *, given_id: bool = True) -> str:
    head = f'id = "{name}"\n' if given_id else ""
    return f'[[question]]\n{head}title = "What helps a sore {name}"\n[[question.answers]]\nbody = """\n{body}\n"""\n\n'


def book(names: Iterable[str], **bodies: str) -> str:
    return "".join(entry(name, bodies.get(name, "Rest it.")) for name in names)


@cache
def _composed() -> Callable[..., Snapshot]:
    return composer(Config(), samples=False)


@dataclass
class Followed:
    """A watch as a test drives it: looks happen when it says so, at the time it says."""

    file: Path
    storage: Path
    seconds: float = 0.0
    served: list[Snapshot] = field(default_factory=list)
    watch: BookWatch = field(init=False)

    def start(self) -> Followed:
        self.watch = BookWatch(
            (self.file,),
            _composed(),
            last_good=LastGood(self.storage, (self.file,)),
            clock=lambda: self.seconds,
            now=lambda: NOON,
        )
        self.served = [self.watch.snapshot]
        return self

    async def look(self, seconds: float = 0.2) -> None:
        """Look once, some time after the last look."""
        self.seconds += seconds
        await self.watch.look(self._serve)

    async def settle(self) -> None:
        """Look until a change that stands still has been dealt with."""
        await self.look()
        await self.look(PATIENCE)

    def bodies(self) -> dict[str, str]:
        """What is served: the first answer of each entry."""
        return {name: question.answers[0].body for name, question in self.served[-1].questions.items()}

    async def _serve(self, snapshot: Snapshot, files_hash: str) -> None:
        assert len(files_hash) == 64
        self.served.append(snapshot)


@pytest.fixture
def follow(tmp_path: Path) -> Callable[..., Followed]:
    """Write a knowledge file and start a watch over it."""

    def start(text: str) -> Followed:
        followed = Followed(tmp_path / "book.toml", tmp_path / "data")
        followed.file.write_text(text, "utf-8")
        return followed.start()

    return start
