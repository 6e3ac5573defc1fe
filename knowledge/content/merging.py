"""Entries put into knowledge files as text: what changes is replaced where it stands, every other byte stays."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.content._blocks import next_head
from knowledge.content._splice import applied, key_by_key, whole
from knowledge.content.book import BookReader, read_book_text
from knowledge.content.canonical import content_hash
from knowledge.content.files import BookFile
from knowledge.content.writing import line_end_of, with_entries, write_jsonl, write_toml
from knowledge.errors import KnowledgeFaults, SafeToShow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.content._splice import Splice
    from knowledge.content.book import Book
    from knowledge.model import Question

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class MergedFile:
    """A knowledge file that changes: what it held when it was read, and what it is to hold."""

    name: str
    old: bytes
    new: bytes

    @property
    def diff(self) -> str:
        """What changes, as a unified diff."""
        told = unified_diff(_lines(self.old), _lines(self.new), self.name, self.name)
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in told)


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging makes of the files, and the ids of the entries that it changes and adds."""

    files: tuple[MergedFile, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]


def merged(files: Sequence[BookFile], entries: Iterable[Question], into: str = "") -> Merge:
    """Put `entries` into the knowledge files: over those of their ids, and new ones at the end of the file `into`.

    The files are read anew, and must say what they said but for these entries. Raises KnowledgeFaults where a file or
    an entry has faults, and SafeToShow where an entry cannot be replaced or no file is named for new ones.
    """
    book = BookReader().read(files)
    of_book = {question.id: question for question in book.questions}
    wanted = {question.id: _as_read(question) for question in entries}
    differing = {name: one for name, one in wanted.items() if content_hash(one) != _hash(of_book.get(name))}
    changed = {name: one for name, one in differing.items() if name in of_book}
    added = [one for name, one in differing.items() if name not in of_book]
    new = {file.name: file.data for file in files}
    for file in files:
        here = [one for one in changed.values() if book.positions[one.id].file == file.name]
        # From the end, so that the lines of those before stay where they are.
        for one in sorted(here, key=lambda one: book.positions[one.id].line, reverse=True):
            new[file.name] = _replaced(file.name, new[file.name], book.positions[one.id].line, of_book[one.id], one)
    if added:
        if into not in new:
            raise SafeToShow(f"{len(added):,} entries are new; name the knowledge file that they go to with --into")
        new[into] = with_entries(Path(into), new[into], added)
    _require_equal(book, BookReader().read([BookFile(name, data) for name, data in new.items()]), differing)
    touched = tuple(MergedFile(file.name, file.data, new[file.name]) for file in files if new[file.name] != file.data)
    return Merge(touched, tuple(changed), tuple(one.id for one in added))


def _as_read(question: Question) -> Question:
    """Give the entry as a knowledge file says it. Raises KnowledgeFaults."""
    return read_book_text(f"the entry {question.id}", write_toml([question])).questions[0]


def _hash(question: Question | None) -> str:
    return content_hash(question) if question else ""


def _replaced(name: str, data: bytes, line: int, old: Question, new: Question) -> bytes:
    """Give the file with the entry that begins on `line` saying `new`."""
    mark = _BYTE_ORDER_MARK if data.startswith(_BYTE_ORDER_MARK) else b""
    text = data.decode("utf-8-sig")
    lines = text.split("\n")
    before = sum(len(one) + 1 for one in lines[: line - 1])
    if name.lower().endswith(".jsonl"):
        end = before + len(lines[line - 1].removesuffix("\r"))
        text = text[:before] + write_jsonl([new]).removesuffix("\n") + text[end:]
    else:
        text = text[:before] + _replaced_block(name, line, text[before:], old, new, line_end_of(data).decode())
    return mark + text.encode()


def _replaced_block(name: str, line: int, rest: str, old: Question, new: Question, line_end: str) -> str:  # noqa: PLR0913, PLR0917  # what and where
    plain = rest.replace("\r\n", "\n")
    block = plain[: next_head(plain, 0)]
    for splices in _ways(block, old, new):
        if splices is not None and _says(applied(block, splices), block, new):
            return applied(rest, [_in_raw_text(rest, splice, line_end) for splice in splices])
    told = "is laid out in a way that cannot be changed here; write it with [[question]] and [[question.answers]]"
    raise SafeToShow(f"{name}:{line}: the entry '{new.id}' {told}, then merge again")


def _ways(block: str, old: Question, new: Question) -> Iterable[list[Splice] | None]:
    if block.lstrip().startswith("["):
        yield key_by_key(block, old, new)
        yield whole(block, new)


def _says(spliced: str, block: str, new: Question) -> bool:
    """Whether a block says `new` and, besides, what it said before."""
    try:
        read, before = read_book_text("block.toml", spliced), read_book_text("block.toml", block)
    except KnowledgeFaults:
        return False
    return read.questions == (new,) and read.nothing == before.nothing


def _in_raw_text(raw: str, splice: Splice, line_end: str) -> Splice:
    """Give the splice of a text with plain line ends for the `raw` text with its own."""
    returns: list[int] = []
    at = raw.find("\r\n")
    while at != -1 and at - len(returns) < splice.stop:
        returns.append(at - len(returns))
        at = raw.find("\r\n", at + 2)
    start, stop = (offset + bisect_left(returns, offset) for offset in (splice.start, splice.stop))
    return splice._replace(start=start, stop=stop, text=splice.text.replace("\n", line_end))


def _require_equal(before: Book, after: Book, differing: dict[str, Question]) -> None:
    """Raise SafeToShow unless `after` is `before` with these entries; nothing is written then."""
    kept = tuple(differing.get(question.id, question) for question in before.questions)
    ids = {question.id for question in before.questions}
    there = tuple(question for question in after.questions if question.id in ids)
    new = {question.id: question for question in after.questions if question.id not in ids}
    wanted = {name: question for name, question in differing.items() if name not in ids}
    if (there, new, after.nothing) != (kept, wanted, before.nothing):
        raise SafeToShow("The merged files would say something else besides; nothing was written. Merge by hand.")


def _lines(data: bytes) -> list[str]:
    """Cut at line ends alone, and keep them."""
    return [line for line in re.split(r"(?<=\n)", data.decode()) if line]
