"""The book: the knowledge files that all servers share, read and checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from knowledge.content._faults import faults_in
from knowledge.content._files import files_of, read_text
from knowledge.content._jsonl import read_jsonl
from knowledge.content._schema import NothingTable, QuestionTable, to_question
from knowledge.content._toml import read_toml
from knowledge.content.ids import id_from_title
from knowledge.errors import Fault, KnowledgeFaults

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from knowledge.content._raw import RawTable
    from knowledge.model import Question


class Position(NamedTuple):
    """Where something stands: the file as it was named, and the line, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Book:
    """What the knowledge files say, checked. Two books are equal when they say the same, wherever it stands.

    `nothing` are texts that must find no entry; `nothing_positions` tells where each stands, `positions` where each
    entry begins, by id. `warnings` are worth an owner's look but stop nothing.
    """

    questions: tuple[Question, ...]
    nothing: tuple[str, ...] = ()
    positions: Mapping[str, Position] = field(default_factory=lambda: MappingProxyType({}), compare=False, repr=False)
    nothing_positions: tuple[Position, ...] = field(default=(), compare=False, repr=False)
    warnings: tuple[Fault, ...] = field(default=(), compare=False)

    @property
    def examples(self) -> tuple[tuple[str, Question], ...]:
        """Every text that must find an entry, with that entry."""
        return tuple((example, question) for question in self.questions for example in question.examples)


def read_book(paths: Sequence[Path]) -> Book:
    """Read the knowledge files at `paths` (TOML, JSON Lines, folders of them) into a Book.

    Raises KnowledgeFaults with everything that is wrong in any of them: the first syntax fault of each
    `[[question]]` block, and every other fault of every block.
    """
    reader = _Reader()
    for path in files_of(paths):
        if isinstance(path, Fault):
            reader.faults.append(path)
        else:
            reader.read(path)
    if reader.faults:
        raise KnowledgeFaults(reader.faults)
    return reader.book()


def read_book_text(file: str, text: str) -> Book:
    """Read the text of one knowledge file; `file` is its name, for messages and for its ending.

    Raises KnowledgeFaults as `read_book` does.
    """
    reader = _Reader()
    reader.read_text(file, text)
    if reader.faults:
        raise KnowledgeFaults(reader.faults)
    return reader.book()


class _Reader:
    """Collects entries and faults over several files."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._warnings: list[Fault] = []
        self._questions: list[Question] = []
        self._nothing: list[str] = []
        self._nothing_positions: list[Position] = []
        self._positions: dict[str, Position] = {}

    def book(self) -> Book:
        return Book(
            tuple(self._questions),
            tuple(self._nothing),
            MappingProxyType(self._positions),
            tuple(self._nothing_positions),
            tuple(self._warnings),
        )

    def read(self, path: Path) -> None:
        text = read_text(path)
        if isinstance(text, Fault):
            self.faults.append(text)
        else:
            self.read_text(str(path), text)

    def read_text(self, file: str, text: str) -> None:
        tables = read_jsonl if file.lower().endswith(".jsonl") else read_toml
        found: list[Fault] = []
        for table in tables(file, text):
            if isinstance(table, Fault):
                found.append(table)
            elif table.kind == "question":
                found.extend(self._question(file, table))
            else:
                found.extend(self._nothing_text(file, table))
        self.faults += sorted(found, key=lambda fault: fault.line)

    def _question(self, file: str, table: RawTable) -> list[Fault]:
        try:
            checked = QuestionTable.model_validate(table.value)
        except ValidationError as error:
            return [*faults_in(file, table, error), *self._claim(table.entry, file, table)]
        question_id = checked.id
        if question_id is None:
            question_id = id_from_title(checked.title)
            told = f'no id is given; write id = "{question_id}", so that it stays when the title is mended'
            self._warnings.append(Fault(file, table.line, told, question_id))
        faults = self._claim(question_id, file, table)
        if not faults and not table.partial:
            self._questions.append(to_question(checked, question_id))
        return faults

    def _claim(self, question_id: str, file: str, table: RawTable) -> list[Fault]:
        """Note where an id stands, or tell that it stands somewhere already."""
        if not question_id:
            return []
        first = self._positions.setdefault(question_id, Position(file, table.line))
        if first == (file, table.line):
            return []
        told = f"the id stands already at {first.file}:{first.line}; give one of the two another id"
        return [Fault(file, table.line_of(("id",)), told, question_id)]

    def _nothing_text(self, file: str, table: RawTable) -> list[Fault]:
        try:
            checked = NothingTable.model_validate(table.value)
        except ValidationError as error:
            return list(faults_in(file, table, error))
        self._nothing.append(checked.text)
        self._nothing_positions.append(Position(file, table.line))
        return []
