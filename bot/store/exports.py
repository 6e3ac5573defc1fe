"""The texts that `export` writes. What is in the store is read, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.store.stored import stored_layer, stored_layers
from knowledge.content.book import read_book
from knowledge.content.library import live_questions
from knowledge.content.writing import write_jsonl, write_toml
from knowledge.moderation.exporting import entry_files, server_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.config import Config
    from knowledge.content.book import Book
    from knowledge.model import Question


def book_text(config: Config, *, jsonl: bool) -> str:
    """Give the book as one knowledge file, whatever files it stands in. Raises `KnowledgeFaults`."""
    book = read_book(config.knowledge.path)
    return _write(jsonl=jsonl)(book.questions, book.nothing)


async def server_text(config: Config, server_id: str, *, jsonl: bool) -> str:
    """Give what members of a server see, as one knowledge file; its examples that find nothing are there too.

    Invented samples are left out unless the settings show them. Raises `KnowledgeFaults`, `CannotRun`, and
    `SafeToShow` where nothing is kept of that server.
    """
    book = read_book(config.knowledge.path)
    layer = await stored_layer(config, server_id)
    nothing = dict.fromkeys((*book.nothing, *(one.text for one in layer.examples if not one.entry_id)))
    return _write(jsonl=jsonl)(layer.shown_over(_shown(book, config)), nothing)


async def all_files(config: Config, *, jsonl: bool) -> Mapping[str, str]:
    """Give every file of an export of everything, by its name.

    `book` and, for each server, its own live entries and those that wait for review are knowledge files, each to be
    read by itself; `servers.jsonl` holds what is no entry: settings, examples, what is withdrawn there.
    """
    book, ending, write = read_book(config.knowledge.path), "jsonl" if jsonl else "toml", _write(jsonl=jsonl)
    files = {f"book.{ending}": write(book.questions, book.nothing)}
    servers = await stored_layers(config)
    for server_id, layer in servers.items():
        name = f"server-{quote(server_id, safe='')}"
        own = entry_files(layer, _shown(book, config), jsonl=jsonl)
        files |= {f"{name}{suffix}": text for suffix, text in own.items()}
    files["servers.jsonl"] = "".join(server_line(server_id, layer) for server_id, layer in servers.items())
    return files


def _shown(book: Book, config: Config) -> Mapping[str, Question]:
    return live_questions(book.questions, samples=config.knowledge.sample)


def _write(*, jsonl: bool) -> Callable[[Iterable[Question], Iterable[str]], str]:
    return write_jsonl if jsonl else write_toml
