"""Judges the knowledge files as they stand: good, faulty, or waiting for an owner. Blocks; called in a thread."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.book.last_good import KeptFiles
from bot.process.memory import long_lived
from knowledge.content.book import Book, BookReader
from knowledge.content.files import BookFile, files_hash, files_of, read_file
from knowledge.content.losses import Held, why_held
from knowledge.content.renames import with_kept_ids
from knowledge.errors import Fault, KnowledgeFaults

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.book.last_good import LastGood

Found = tuple[BookFile | Fault, ...]


@dataclass(frozen=True, slots=True)
class GoodBook:
    """A book that may be served, the files it was read from, and the hash of these."""

    book: Book
    kept: KeptFiles
    hash: str


@dataclass(frozen=True, slots=True)
class RefusedBook:
    """Why the files as they stand are not served: they are faulty, or wait for an owner."""

    hash: str
    faults: tuple[Fault, ...] = ()
    held: Held | None = None


class BookKeeper:
    """Reads the files at `paths` again and again. `last_good` keeps copies across restarts, `now` gives aware times."""

    def __init__(self, paths: Sequence[Path], last_good: LastGood | None, now: Callable[[], datetime]) -> None:
        self._paths = tuple(paths)
        self._last_good = last_good
        self._now = now
        self._reader = BookReader()
        self._accepted = ""

    def first(self) -> tuple[GoodBook, RefusedBook | None]:
        """Give the book to start with; where that is the copy kept before, also why the files are not served.

        Raises KnowledgeFaults where the files are faulty and there is no copy.
        """
        copied = self._copied()
        judged = self.judge(self.gather(), copied)
        if isinstance(judged, GoodBook):
            return judged, None
        if copied is None:
            raise KnowledgeFaults(judged.faults)
        return copied, judged

    def held(self) -> Held | None:
        """Tell why the files as they stand wait for an owner, or nothing where they do not.

        Raises KnowledgeFaults where they are faulty.
        """
        copied = self._copied()
        if copied is None:
            return None
        judged = self.judge(self.gather(), copied)
        if isinstance(judged, GoodBook):
            return None
        if judged.faults:
            raise KnowledgeFaults(judged.faults)
        return judged.held

    def with_kept_ids(self, book: Book) -> Book:
        """Give `book` with the ids that a running bot keeps for entries whose titles were mended."""
        copied = self._copied()
        return with_kept_ids(book, copied.book, copied.kept.ids)[0] if copied else book

    def gather(self) -> Found:
        """Read all files into memory."""
        return tuple(found if isinstance(found, Fault) else read_file(found) for found in files_of(self._paths))

    def judge(self, found: Found, served: GoodBook | None) -> GoodBook | RefusedBook:
        """Tell what becomes of the files `found` while `served` is served: `served` itself if they hold the same."""
        files = tuple(file for file in found if isinstance(file, BookFile))
        state = files_hash(files) if len(files) == len(found) else _hash_of_faulty(found)
        if served and state == served.hash:
            return served
        try:
            with long_lived():
                book = self._reader.read(found)
        except KnowledgeFaults as faulty:
            return RefusedBook(state, faults=faulty.faults)
        ids: Mapping[str, str] = MappingProxyType({})
        if served:
            book, ids = with_kept_ids(book, served.book, served.kept.ids)
            reason = why_held(served.book, book, served.kept.files, files)
            if reason and not self.is_accepted(state):
                return RefusedBook(state, held=Held(state, reason))
        return GoodBook(book, KeptFiles(files, self._now(), ids), state)

    def keep(self, good: GoodBook) -> None:
        """Keep copies of the files behind `good`. Raises SafeToShow or OSError where that cannot be done."""
        if self._last_good:
            self._last_good.keep(good.kept)

    def accept(self, state: str) -> None:
        """Serve the files with this hash although they were held. Raises SafeToShow or OSError."""
        self._accepted = state
        if self._last_good:
            self._last_good.accept(state)

    def is_accepted(self, state: str) -> bool:
        """Whether an owner accepted the files with this hash, here or by command beside the running bot."""
        return state == self._accepted or (self._last_good is not None and self._last_good.accepted() == state)

    def _copied(self) -> GoodBook | None:
        kept = self._last_good.read() if self._last_good else None
        if kept is None:
            return None
        try:
            with long_lived():
                book = self._reader.read(kept.files)
        except KnowledgeFaults:  # this version of the program reads more strictly than the one that kept it
            return None
        known = Book(tuple(book.questions))
        book, ids = with_kept_ids(book, known, kept.ids)
        return GoodBook(book, KeptFiles(kept.files, kept.loaded, ids), kept.hash)


def _hash_of_faulty(found: Found) -> str:
    told = "\n".join(file.sha256 if isinstance(file, BookFile) else str(file) for file in found)
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()
