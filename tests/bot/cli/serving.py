"""A bot that serves: settings, a book, a store, and moderators of server 1 who changed something."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.backend import Backend, open_backend
from bot.config import load_config
from knowledge.content.book import read_book
from knowledge.curation import proposals
from knowledge.curation.rights import Caller
from knowledge.model import Answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ADA = Caller("1", "ada", manages_messages=True, manages_server=True)
BOOK = """\
# The book of the tests.

[[question]]
id = "twitch"
title = "Why does my cheek twitch?"  # asked often

    # The first expert.
    [[question.answers]]
    body = "It passes."
    name = "Jo Kim, MD"

# Hiccups are harmless.
[[question]]
id = "hiccups"
title = "How do I stop hiccups?"
answers = [{ body = "Hold your breath." }]

[[nothing]]
text = "how much is it"
"""


@dataclass(frozen=True)
class Place:
    """Where the settings and the book lie."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def book(self) -> Path:
        return self.folder / "answers.toml"

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Backend]:
        async with open_backend(load_config(self.config), samples=False) as backend:
            yield backend


def make_place(folder: Path, book: str = BOOK) -> Place:
    place = Place(folder)
    place.config.write_text('[knowledge]\npath = "answers.toml"\n[storage]\npath = "data"\n')
    place.book.write_bytes(book.encode())
    return place


async def override(backend: Backend, entry_id: str, body: str, key: str = "override") -> None:
    seen = backend.moderators.look.entry(ADA, entry_id)
    changed = proposals.with_answer_changed(seen.newest, 0, replace(seen.newest.answers[0], body=body))
    await backend.moderators.edit.save(ADA, key, backend.moderators.propose.change(ADA, seen, changed))


async def add(backend: Backend, title: str, body: str, key: str = "add") -> None:
    await backend.moderators.edit.save(ADA, key, backend.moderators.propose.new(ADA, title, [Answer(body)]))


async def withdraw(backend: Backend, entry_id: str, key: str = "withdraw") -> None:
    seen = backend.moderators.look.entry(ADA, entry_id)
    await backend.moderators.edit.withdraw(ADA, key, seen.version, "It is outdated.")


def bodies(path: Path) -> dict[str, list[str]]:
    return {question.id: [answer.body for answer in question.answers] for question in read_book([path]).questions}
