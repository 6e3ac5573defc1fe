"""The book: the knowledge files that all servers share, read and checked as a whole."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from knowledge.content._faults import faults_in
from knowledge.content._jsonl import read_jsonl
from knowledge.content._raw import Piece
from knowledge.content._schema import NothingTable, QuestionTable, to_question
from knowledge.content._toml import read_toml
from knowledge.content.files import files_of, read_file
from knowledge.content.ids import id_from_title
from knowledge.errors import Fault, KnowledgeFaults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from knowledge.content._raw import RawTable
    from knowledge.content.files import BookFile
    from knowledge.model import Question


class Position(NamedTuple):
    """Where something stands: the file as it was named, and the line, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Book:
    """What the knowledge files say, checked. Two books are equal when they say the same, wherever it stands.

    `nothing` are texts that must find no entry; `nothing_positions` tells where each stands, `positions` where each
    entry begins, by id. `made_ids` are those that no file gives, made from titles. `warnings` are worth an owner's
    look but stop nothing.
    """

    questions: tuple[Question, ...]
    nothing: tuple[str, ...] = ()
    positions: Mapping[str, Position] = field(default_factory=lambda: MappingProxyType({}), compare=False, repr=False)
    nothing_positions: tuple[Position, ...] = field(default=(), compare=False, repr=False)
    made_ids: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
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
        reader.read(path if isinstance(path, Fault) else read_file(path))
    return reader.book()


def read_book_text(file: str, text: str) -> Book:
    """Read the text of one knowledge file; `file` is its name, for messages and for its ending.

    Raises KnowledgeFaults as `read_book` does.
    """
    reader = _Reader()
    reader.read_text(file, text)
    return reader.book()


class BookReader:
    """Reads a book again and again: what did not change since it was last read without a fault is not parsed anew."""

    def __init__(self) -> None:
        self._known: Mapping[bytes, Sequence[_Checked]] = {}

    def read(self, files: Iterable[BookFile | Fault]) -> Book:
        """Give the Book that `files` hold. Raises KnowledgeFaults as `read_book` does."""
        found = tuple(files)
        reader = _Reader(self._known)
        for file in found:
            reader.read(file)
        if reader.faults:
            # Told from what was parsed whole, so that they read as `check` tells them.
            reader = _Reader()
            for file in found:
                reader.read(file)
        book = reader.book()
        self._known = reader.pieces
        return book


class _Checked(NamedTuple):
    """What a table came to: how many lines below the begin of its piece it stands, and what it says."""

    below: int
    said: Question | str
    made_id: bool


class _Reader:
    """Collects entries and faults over several files."""

    def __init__(self, known: Mapping[bytes, Sequence[_Checked]] = MappingProxyType({})) -> None:
        self.faults: list[Fault] = []
        self.pieces: dict[bytes, Sequence[_Checked]] = {}
        self._known = known
        self._fresh: defaultdict[bytes, list[_Checked]] = defaultdict(list)
        self._warnings: list[Fault] = []
        self._questions: list[Question] = []
        self._nothing: list[str] = []
        self._nothing_positions: list[Position] = []
        self._positions: dict[str, Position] = {}
        self._made_ids: set[str] = set()

    def book(self) -> Book:
        """Give the Book of all that was read. Raises KnowledgeFaults."""
        if self.faults:
            raise KnowledgeFaults(self.faults)
        self.pieces.update(self._fresh)
        return Book(
            tuple(self._questions),
            tuple(self._nothing),
            MappingProxyType(self._positions),
            tuple(self._nothing_positions),
            frozenset(self._made_ids),
            tuple(self._warnings),
        )

    def read(self, file: BookFile | Fault) -> None:
        text = file if isinstance(file, Fault) else file.text
        if isinstance(file, Fault) or isinstance(text, Fault):
            self.faults += [found for found in (file, text) if isinstance(found, Fault)][:1]
        else:
            self.read_text(file.name, text)

    def read_text(self, file: str, text: str) -> None:
        tables = read_jsonl if file.lower().endswith(".jsonl") else read_toml
        found: list[Fault] = []
        for table in tables(file, text, self._known):
            if isinstance(table, Fault):
                found.append(table)
            elif isinstance(table, Piece):
                found.extend(self._recall(file, table))
            elif table.kind == "question":
                found.extend(self._question(file, table))
            else:
                found.extend(self._nothing_text(file, table))
        self.faults += sorted(found, key=lambda fault: fault.line)

    def _recall(self, file: str, piece: Piece) -> list[Fault]:
        """Take over what a piece came to when it was read before."""
        kept = self.pieces[piece.digest] = self._known[piece.digest]
        faults: list[Fault] = []
        for below, said, made_id in kept:
            position = Position(file, piece.line + below)
            if isinstance(said, str):
                self._add_nothing(position, said)
            else:
                faults += self._claim(said.id, position)
                self._add_question(position, said, made_id=made_id)
        return faults

    def _question(self, file: str, table: RawTable) -> list[Fault]:
        position = Position(file, table.line)
        try:
            checked = QuestionTable.model_validate(table.value)
        except ValidationError as error:
            return [*faults_in(file, table, error), *self._claim(table.entry, position, table)]
        question_id = checked.id or id_from_title(checked.title)
        faults = self._claim(question_id, position, table)
        if not faults and not table.partial:
            question = to_question(checked, question_id)
            self._add_question(position, question, made_id=checked.id is None)
            self._keep(table, question, made_id=checked.id is None)
        return faults

    def _keep(self, table: RawTable, said: Question | str, *, made_id: bool = False) -> None:
        if table.piece:
            self._fresh[table.piece.digest].append(_Checked(table.line - table.piece.line, said, made_id))

    def _add_question(self, position: Position, question: Question, *, made_id: bool) -> None:
        self._questions.append(question)
        if made_id:
            self._made_ids.add(question.id)
            told = f'no id is given; write id = "{question.id}", so that it stays when the title is mended'
            self._warnings.append(Fault(*position, told, question.id))

    def _add_nothing(self, position: Position, text: str) -> None:
        self._nothing.append(text)
        self._nothing_positions.append(position)

    def _claim(self, question_id: str, position: Position, table: RawTable | None = None) -> list[Fault]:
        """Note where an id stands, or tell that it stands somewhere already."""
        if not question_id:
            return []
        first = self._positions.setdefault(question_id, position)
        if first == position:
            return []
        told = f"the id stands already at {first.file}:{first.line}; give one of the two another id"
        line = table.line_of(("id",)) if table else position.line
        return [Fault(position.file, line, told, question_id)]

    def _nothing_text(self, file: str, table: RawTable) -> list[Fault]:
        try:
            checked = NothingTable.model_validate(table.value)
        except ValidationError as error:
            return list(faults_in(file, table, error))
        self._add_nothing(Position(file, table.line), checked.text)
        self._keep(table, checked.text)
        return []
