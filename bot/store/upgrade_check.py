"""What this version of the program makes of what is stored: tried on a copy, before or after it first serves."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.folder import DATABASE
from knowledge.curation.examples import Example, broken, examples_of
from knowledge.model import Tier
from knowledge.moderation.servers import shown_in
from knowledge.records import deliveries, layers
from knowledge.records.copies import copy_database
from knowledge.records.database import open_database
from knowledge.records.faults import told_as_cannot_run
from knowledge.records.files import is_there

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from bot.config import Config
    from knowledge.content.library import Snapshot
    from knowledge.curation.server_layer import ServerLayer


@dataclass(frozen=True, slots=True)
class UpgradeReport:
    """How many texts were tried, and a line for each that does not hold under this version, or is served no more."""

    tried: int
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    layers: Mapping[str, ServerLayer]
    replies: Mapping[tuple[str, str], int]


async def check_upgrade(config: Config, book: Snapshot, nothing: Iterable[str]) -> UpgradeReport:
    """Try everything stored on the matcher of this version; without a database, the book alone.

    The database itself is only read: a copy of it is brought up to this version's schema. Raises `CannotRun` where it
    is damaged or newer, or where there is no room for the copy.
    """
    stored = await _stored(config)
    shown = {
        server_id: shown_in(book, layer, samples=config.knowledge.sample) for server_id, layer in stored.layers.items()
    }
    tried, changes = 0, []
    for told, snapshot, example in _trials(book, nothing, stored.layers, shown):
        tried += 1
        if fault := broken(snapshot, example):
            changes.append(f"{told}: {fault}")
    gone = [
        _gone(*place, replies)
        for place, replies in stored.replies.items()
        if place[1] not in shown.get(place[0], book).questions
    ]
    return UpgradeReport(tried, (*changes, *gone))


async def _stored(config: Config) -> _Stored:
    database = config.storage.path / DATABASE
    with told_as_cannot_run(database):
        if not is_there(database):
            return _Stored({}, {})
    with tempfile.TemporaryDirectory(prefix="second-opinion-") as folder:
        path = Path(folder, DATABASE)
        await asyncio.to_thread(copy_database, database, path)
        async with open_database(path) as copy:
            return _Stored(
                await layers.load(copy, defaults=config.server_defaults), await deliveries.shown_lately(copy)
            )


def _trials(
    book: Snapshot, nothing: Iterable[str], layers: Mapping[str, ServerLayer], shown: Mapping[str, Snapshot]
) -> Iterator[tuple[str, Snapshot, Example]]:
    """Give what is tried where: examples, and every wording, which has to find its own entry."""
    for example in (*examples_of(book.questions.values(), nothing), *_wordings(book)):
        yield "The book", book, example
    for server_id, layer in layers.items():
        snapshot = shown[server_id]
        own = layer.live(book.questions)
        for example in (*layer.examples, *examples_of(own), *_wordings(snapshot, {question.id for question in own})):
            yield f"Server {server_id}", snapshot, example


def _wordings(snapshot: Snapshot, of: Collection[str] | None = None) -> Iterator[Example]:
    """Give the wordings of these entries, or of all, but for those that bring help lines."""
    for question in snapshot.questions.values():
        if of is None or question.id in of:
            alarming = (snapshot.screen(wording).tier is Tier.EMERGENCY for wording in question.wordings)
            told = zip(question.wordings, alarming, strict=True)
            yield from (Example(wording, question.id) for wording, alarms in told if not alarms)


def _gone(server_id: str, entry_id: str, replies: int) -> str:
    """Tell of an entry that lately answered somebody and would not any more, though nobody took it back."""
    where = f"in server {server_id}" if server_id else "in direct messages"
    counted = "1 reply" if replies == 1 else f"{replies:,} replies"
    return f"{counted} {where} showed '{entry_id}' lately, and no entry of that name is served there now."
