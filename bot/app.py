"""The composition root: the one place where settings, data files and the book become an answer desk.

Nothing is read when this module is imported.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.process.memory import long_lived
from bot.process.own_thread import in_own_thread
from knowledge.content.book import read_book
from knowledge.content.library import Snapshot, compose, whole
from knowledge.desk import AnswerDesk
from knowledge.incidents import report
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.safety.cards import load_cards
from knowledge.safety.emergency import Screen
from knowledge.safety.rules import load_rules
from knowledge.safety.weighing import load_weights
from knowledge.tasks import in_background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence

    from bot.config import Config
    from knowledge.model import Question


# Indexing more characters of answers than this takes longer than a person who starts a chat should wait: 0.3 s.
MUCH_TO_INDEX = 5_000_000


@asynccontextmanager
async def open_desk(config: Config, *, samples: bool, soon: bool = False) -> AsyncIterator[AnswerDesk]:
    """Give the answer desk for the settings' book, and close what it holds afterwards.

    `samples` shows answers by invented experts too, as the terminal and the preview do. With `soon` the desk of a large
    book answers before the answers are indexed, which is done beside it. Raises `KnowledgeFaults`.
    """
    desk = AnswerDesk(load_snapshot(config, samples=samples, soon=soon))
    async with in_background(index_answers(desk)):
        yield desk


async def index_answers(desk: AnswerDesk) -> None:
    """Index the answers of a book that was served without; if another is served meanwhile, that one stays."""
    served = desk.snapshot
    try:
        if not served.matcher.is_whole:
            indexed = await in_own_thread(partial(_whole, served))
            if desk.snapshot is served:
                desk.serve(indexed)
    except Exception as error:  # noqa: BLE001  # the desk answers without it too
        report(error)


def _whole(snapshot: Snapshot) -> Snapshot:
    with long_lived():
        return whole(snapshot)


def load_snapshot(config: Config, *, samples: bool, soon: bool = False) -> Snapshot:
    """Read the book and the data files into a Snapshot of what is live. Raises `KnowledgeFaults`."""
    with long_lived():
        return composer(config, samples=samples, soon=soon)(read_book(config.knowledge.path).questions)


def snapshot_without_book(config: Config) -> Snapshot:
    """Make a Snapshot that knows no question: whatever is wrong with the book, emergency cards come out of it."""
    return snapshot_of((), config, samples=False)


def snapshot_of(questions: Sequence[Question], config: Config, *, samples: bool) -> Snapshot:
    """Make the Snapshot of `questions` under these settings."""
    return composer(config, samples=samples)(questions)


def _today() -> date:
    return datetime.now(UTC).date()


def composer(
    config: Config, *, samples: bool, soon: bool = False, today: Callable[[], date] = _today
) -> Callable[[Sequence[Question]], Snapshot]:
    """Read the data files, and give what makes Snapshots of questions under these settings.

    `soon` leaves indexing the answers of a large book to `library.whole`. `today` tells which checks of answers are too
    long ago on the day on which a Snapshot is made.
    """
    data = load_matching_data()
    screen, cards = Screen(load_rules(), load_weights()), load_cards()
    shown = samples or config.knowledge.sample

    def matcher(questions: Sequence[Question]) -> Matcher:
        build = Matcher.of_wordings if soon and _is_large(questions) else Matcher.build
        return build(questions, data)

    def composed(questions: Sequence[Question]) -> Snapshot:
        policy = replace(config.policy, checked_since=config.answers.checked_since(today()))
        return compose(questions, build_matcher=matcher, screen=screen, cards=cards, policy=policy, samples=shown)

    return composed


def _is_large(questions: Iterable[Question]) -> bool:
    return sum(len(answer.body) for question in questions for answer in question.answers) > MUCH_TO_INDEX
