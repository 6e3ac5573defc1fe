"""The composition root: the one place where settings, data files and the book become an answer desk.

Nothing is read when this module is imported.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from knowledge.content.book import read_book
from knowledge.content.library import Snapshot, compose
from knowledge.desk import AnswerDesk
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.safety.cards import load_cards
from knowledge.safety.emergency import Screen
from knowledge.safety.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.config import Config
    from knowledge.model import Question


@asynccontextmanager
async def open_desk(config: Config, *, samples: bool) -> AsyncIterator[AnswerDesk]:
    """Give the answer desk for the settings' book, and close what it holds afterwards.

    `samples` shows answers by invented experts too, as the terminal and the preview do. Raises `KnowledgeFaults`.
    """
    yield AnswerDesk(load_snapshot(config, samples=samples))


def load_snapshot(config: Config, *, samples: bool) -> Snapshot:
    """Read the book and the data files into a Snapshot of what is live. Raises `KnowledgeFaults`."""
    return snapshot_of(read_book(config.knowledge.path).questions, config, samples=samples)


def snapshot_without_book(config: Config) -> Snapshot:
    """Make a Snapshot that knows no question: whatever is wrong with the book, emergency cards come out of it."""
    return snapshot_of((), config, samples=False)


def snapshot_of(questions: Sequence[Question], config: Config, *, samples: bool) -> Snapshot:
    """Make the Snapshot of `questions` under these settings."""
    return composer(config, samples=samples)(questions)


def _today() -> date:
    return datetime.now(UTC).date()


def composer(
    config: Config, *, samples: bool, today: Callable[[], date] = _today
) -> Callable[[Sequence[Question]], Snapshot]:
    """Read the data files, and give what makes Snapshots of questions under these settings.

    `today` tells which checks of answers are too long ago on the day on which a Snapshot is made.
    """
    build_matcher = partial(Matcher.build, data=load_matching_data())
    screen, cards = Screen(load_rules()), load_cards()
    shown = samples or config.knowledge.sample

    def composed(questions: Sequence[Question]) -> Snapshot:
        policy = replace(config.policy, checked_since=config.answers.checked_since(today()))
        return compose(questions, build_matcher=build_matcher, screen=screen, cards=cards, policy=policy, samples=shown)

    return composed
