"""A moderators' desk over a small book and a real database, and the people of two servers."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.content.library import Snapshot, compose
from knowledge.desk import AnswerDesk
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.model import Policy
from knowledge.moderation.desk import open_moderators_desk
from knowledge.records.database import open_database
from knowledge.safety.cards import load_cards
from knowledge.safety.emergency import Screen
from knowledge.safety.rules import load_rules
from tests.knowledge.moderation.doing import BOOK, NOW, House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from knowledge.model import Question


@pytest.fixture(scope="session")
def compose_book():
    build = partial(Matcher.build, data=load_matching_data())
    screen, cards = Screen(load_rules()), load_cards()

    @lru_cache(maxsize=8)
    def of(questions: tuple[Question, ...]) -> Snapshot:
        return compose(questions, build_matcher=build, screen=screen, cards=cards, policy=Policy())

    def composed(questions: Sequence[Question] = BOOK) -> Snapshot:
        return of(tuple(questions))

    return composed


@pytest.fixture
def open_house(compose_book, tmp_path, empty_database):
    kept = Path(shutil.copy(empty_database, tmp_path))

    @asynccontextmanager
    async def opened(path: Path = kept, book: Sequence[Question] = BOOK) -> AsyncIterator[House]:
        desk = AnswerDesk(compose_book(book))
        async with (
            open_database(path) as database,
            open_moderators_desk(database, desk, lambda: NOW) as moderators,
        ):
            yield House(database, desk, moderators)

    return opened


@pytest.fixture
async def house(open_house):
    async with open_house() as house:
        yield house
