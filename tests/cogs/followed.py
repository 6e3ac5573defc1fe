"""Knowledge files that a bot follows."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.app import composer
from bot.book.reload import PATIENCE, BookWatch
from bot.config import AnswersSettings, Config
from knowledge.desk import AnswerDesk
from tests.bot.book.conftest import book

NAMES = [f"toe-{number}" for number in range(10)]
OLD = "[[question.answers]]\nchecked = 2020-01-31\n"


class Files:
    """A knowledge file, and the watch over it, whose time a test moves."""

    def __init__(self, path):
        self.path, self.seconds = path, 0.0
        self.path.write_text(book(NAMES).replace("[[question.answers]]\n", OLD, 1), "utf-8")
        settings = Config(answers=AnswersSettings(review_after=30))
        self.watch = BookWatch(
            [path],
            composer(settings, samples=False),
            clock=lambda: self.seconds,
            now=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC),
        )
        self.desk = AnswerDesk(self.watch.snapshot)

    async def become(self, text):
        self.path.write_text(text, "utf-8")
        for _ in range(2):
            self.seconds += PATIENCE
            await self.watch.look(self._serve)

    async def look(self):
        await self.watch.look(self._serve)

    async def _serve(self, snapshot, _files_hash):
        self.desk.serve(snapshot)
