"""A process that saves answers as fast as it can until it is killed, and says which it was told are saved."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import TYPE_CHECKING

from knowledge.content.library import compose
from knowledge.curation import proposals
from knowledge.curation.refusals import Refused
from knowledge.desk import AnswerDesk
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.model import Answer, Policy
from knowledge.moderation.desk import open_moderators_desk
from knowledge.records.database import open_database
from knowledge.records.transaction import Transaction
from knowledge.safety.cards import load_cards
from knowledge.safety.emergency import Screen
from knowledge.safety.rules import load_rules
from tests.knowledge.moderation.doing import ANN, BOOK, NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from knowledge.content.library import Snapshot
    from knowledge.moderation.desk import ModeratorsDesk

# Added once, edited ever after.
EDITED = "hiccups"


@cache
def book() -> Snapshot:
    build = partial(Matcher.build, data=load_matching_data())
    return compose(BOOK, build_matcher=build, screen=Screen(load_rules()), cards=load_cards(), policy=Policy())


@asynccontextmanager
async def open_store(path: Path) -> AsyncIterator[ModeratorsDesk]:
    async with (
        open_database(path) as database,
        open_moderators_desk(database, AnswerDesk(book()), lambda: NOW) as moderators,
    ):
        yield moderators


async def save(moderators: ModeratorsDesk, key: str) -> None:
    """Carry out the request `key`: an even one adds an entry, an odd one edits an entry of the book."""
    words = f"The words of {key}."
    if int(key.rsplit("-", 1)[1]) % 2:
        seen = moderators.look.entry(ANN, EDITED)
        proposal = moderators.propose.change(
            ANN, seen, proposals.with_answer_changed(seen.newest, 0, Answer(words, name="Jo Kim, MD"))
        )
    else:
        proposal = moderators.propose.new(ANN, f"What is {key}?", [Answer(words, name="Jo Kim, MD")])
    await moderators.edit.save(ANN, key, proposal)


def write_until_killed(path: Path, run: int, told: Connection, *, too_early: bool) -> None:
    """Save under the keys `run`-0, `run`-1 ..., sending ("begun", key) before and ("saved", key) after each.

    `too_early` is the broken build that the test must catch: it says "saved" before the commit.
    """
    asyncio.run(_write(path, run, told, too_early=too_early))


async def _write(path: Path, run: int, told: Connection, *, too_early: bool) -> None:
    current = ""

    async def say_before_the_commit(transaction: Transaction, sql: str, *values: object) -> int:
        changed = await execute(transaction, sql, *values)
        if sql.startswith("INSERT INTO entries"):
            told.send(("saved", current))
        return changed

    execute = Transaction.execute
    if too_early:
        Transaction.execute = say_before_the_commit
    async with open_store(path) as moderators:
        number = 0
        while True:
            current = f"{run}-{number}"
            told.send(("begun", current))
            try:
                await save(moderators, current)
            except Refused as refused:
                told.send(("refused", f"{current}: {refused}"))
                raise
            if not too_early:
                told.send(("saved", current))
            number += 1
