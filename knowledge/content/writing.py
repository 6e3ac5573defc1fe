"""Questions out, as the text of a knowledge file; and new entries appended to a file, leaving the rest as it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from knowledge.content._toml_values import long_text, toml_value
from knowledge.content.atomic import replace_file
from knowledge.content.book import read_book, read_book_text
from knowledge.content.files import ENDINGS
from knowledge.content.ids import id_from_title, unused_id
from knowledge.content.template import entry_template
from knowledge.errors import KnowledgeFaults, SafeToShow
from knowledge.model import Answer, Question, Source
from knowledge.text import fold, showable, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from knowledge.content.book import Book

_QUESTION_KEYS = ("id", "title", "details", "phrasings", "topics", "examples", "notice", "source")
_ANSWER_KEYS = ("id", "headline", "body", "name", "credentials", "rating", "reviews", "as_of", "checked", "invented")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of entries that were to be appended: those `added`, as they stand now, and those `present` before."""

    added: tuple[Question, ...]
    present: tuple[Question, ...]


def write_toml(questions: Iterable[Question], nothing: Iterable[str] = ()) -> str:
    """Give the text of a TOML knowledge file. Read again it gives the same questions, by the rule of `tidy`."""
    entries = ["\n".join(_toml_lines(question)) + "\n" for question in questions]
    entries += [f"[[nothing]]\ntext = {toml_value(text)}\n" for text in nothing]
    return "\n".join(entries)


def write_jsonl(questions: Iterable[Question], nothing: Iterable[str] = ()) -> str:
    """Give the text of a JSON Lines knowledge file. Read again it gives the same questions, by the rule of `tidy`."""
    lines: list[dict[str, Any]] = [
        said_by(question) | {"answers": [said_by(answer) for answer in question.answers]} for question in questions
    ]
    lines += [{"nothing": {"text": text}} for text in nothing]
    return "".join(json.dumps(line, ensure_ascii=False, default=_json_value) + "\n" for line in lines)


def write_as(path: Path, questions: Iterable[Question], nothing: Iterable[str] = ()) -> str:
    """Give the text of a knowledge file of the name `path`: JSON Lines where it ends in .jsonl, else TOML."""
    write = write_jsonl if path.name.lower().endswith(".jsonl") else write_toml
    return write(questions, nothing)


def faults_of(question: Question) -> tuple[str, ...]:
    """Tell why `question` could not stand in a knowledge file: texts that are too long, or empty."""
    try:
        read_book_text("entry.toml", write_toml([question]))
    except KnowledgeFaults as found:
        return tuple(fault.message for fault in found.faults)
    return ()


def append_entries(path: Path, questions: Sequence[Question], *, dry_run: bool = False) -> Appended:
    """Append `questions` to the knowledge file at `path`, or make it; every byte that is there stays.

    A `dry_run` does everything but write.

    An entry is present, and not added again, where the file has one from a page of the same bytes or with the same
    title. An id that another entry has is numbered. The new file is read as a whole before it takes the old one's
    place, at once or not at all. Raises KnowledgeFaults where the file or an entry has faults, and SafeToShow where
    the file cannot be appended to.
    """
    old = _bytes(path)
    book = read_book([path]) if old else read_book_text(str(path), "")
    added, present = _new_ones(book, questions)
    if added:
        new = with_entries(path, old, added)
        # Faults of an entry are told here, before anything is written.
        read_book_text(str(path), new.decode("utf-8-sig"))
        if not dry_run:
            replace_file(path, old, new)
    return Appended(tuple(added), tuple(present))


def append_template(path: Path, title: str) -> str:
    """Append a commented entry with this title to the TOML file at `path`, or make it; give the id that it has there.

    Every byte that is there stays, and the book says what it said. Raises KnowledgeFaults where the file has faults,
    and SafeToShow where it cannot be appended to or has such an entry already.
    """
    old = _bytes(path)
    if _is_jsonl(path):
        raise SafeToShow(f"{path}: JSON Lines has no comments; name a .toml file")
    book = read_book([path]) if old else read_book_text(str(path), "")
    line = " ".join(showable(title).split())
    if faults := faults_of(Question(id_from_title(line), line, (Answer("..."),))):
        raise SafeToShow(faults[0])
    for question in book.questions:
        if words(line) in map(words, question.wordings):
            raise SafeToShow(f"{path}:{book.positions[question.id].line}: the entry '{question.id}' asks that already")
    question_id = unused_id(line, book.positions)
    new = old + _appended(old, entry_template(question_id, line), apart=2)
    if read_book_text(str(path), new.decode("utf-8-sig")) != book:
        raise SafeToShow(f"{path}: nothing can be appended to this file; add the entry in an editor")
    replace_file(path, old, new)
    return question_id


def _is_jsonl(path: Path) -> bool:
    return path.name.lower().endswith(".jsonl")


def _bytes(path: Path) -> bytes:
    if not path.name.lower().endswith(ENDINGS):
        raise SafeToShow(f"{path}: a knowledge file ends in .toml or .jsonl; give it such a name")
    if path.exists() and not path.is_file():
        raise SafeToShow(f"{path}: this is no ordinary file; name a .toml or .jsonl file")
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise SafeToShow(f"{path}: the file cannot be read ({error.strerror})") from error


def _new_ones(book: Book, questions: Sequence[Question]) -> tuple[list[Question], list[Question]]:
    known = {mark for question in book.questions for mark in _marks(question)}
    ids = set(book.positions)
    added: list[Question] = []
    present: list[Question] = []
    for question in questions:
        if not known.isdisjoint(_marks(question)):
            present.append(question)
            continue
        added.append(replace(question, id=unused_id(question.id, ids)) if question.id in ids else question)
        ids.add(added[-1].id)
        known.update(_marks(question))
    return added, present


def _marks(question: Question) -> set[str]:
    """Give what makes two entries the same: the words of the title, and the bytes of the page."""
    marks = {f"title {fold(question.title) or question.title}"}
    return marks | {f"page {question.source.sha256}"} if question.source else marks


def with_entries(path: Path, old: bytes, questions: Sequence[Question]) -> bytes:
    """Give the file of the name `path` that held `old`, with entries appended: TOML stands behind a blank line."""
    return old + _appended(old, write_as(path, questions), apart=1 if _is_jsonl(path) else 2)


def _appended(old: bytes, text: str, apart: int) -> bytes:
    """Give `text` as it is appended to `old`: with its line ends, and with so many of them in between."""
    line_end = line_end_of(old)
    missing = apart - _line_ends(old) if old.removeprefix(_BYTE_ORDER_MARK).strip() else 0
    return line_end * max(0, missing) + text.encode().replace(b"\n", line_end)


def line_end_of(data: bytes) -> bytes:
    """Give how the lines of a file end, by its first one."""
    return b"\r\n" if data[: data.find(b"\n") + 1].endswith(b"\r\n") else b"\n"


def _line_ends(data: bytes) -> int:
    tail = data[len(data.rstrip(b" \t\r\n")) :]
    return tail.count(b"\n")


def said_by(value: Question | Answer) -> dict[str, Any]:
    """Give what an entry (but for its answers) or an answer says, by the keys of the file, in their order."""
    return _given(value, _ANSWER_KEYS if isinstance(value, Answer) else _QUESTION_KEYS)


def answer_lines(answer: Answer) -> Iterator[str]:
    """Give the lines of an answer in a TOML file, without line ends."""
    yield "    [[question.answers]]"
    for key, value in said_by(answer).items():
        yield f"    {key} = {long_text(value) if key == 'body' else toml_value(value)}"


def _toml_lines(question: Question) -> Iterator[str]:
    yield "[[question]]"
    for key, value in said_by(question).items():
        yield f"{key} = {toml_value(value)}"
    for answer in question.answers:
        yield ""
        yield from answer_lines(answer)


def _given(value: Question | Answer, keys: Iterable[str]) -> dict[str, Any]:
    """Give what an entry or an answer says, by the keys of the file; what it leaves open is left out."""
    values = {key: getattr(value, key) for key in keys}
    return {key: content for key, content in values.items() if content is not False and content not in ("", (), None)}


def _json_value(value: object) -> object:
    return {"file": value.file, "sha256": value.sha256} if isinstance(value, Source) else str(value)
