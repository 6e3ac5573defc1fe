"""The lines of one `[[question]]` block, cut into heads and `key = value`, with where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.content._blocks import COMMENT, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS = re.compile(
    rf"(?:{TEXTS})|(?P<comment>{COMMENT})|(?P<opens>[\[{{])|(?P<closes>[\]}}])|(?P<line_end>\n|\Z)", re.DOTALL
)
_KEY = re.compile(r"[ \t]*(?P<key>[A-Za-z0-9_-]+)[ \t]*=[ \t]*")
QUESTION, ANSWERS = "[[question]]", "[[question.answers]]"


@dataclass(frozen=True, slots=True)
class Statement:
    """A head, or a key with its value. Offsets in the block.

    It spans `start` to `stop`, line end included; what it says ends at `said`, and a comment may follow. `key` is ""
    where it is no plain one; `value` is where a value begins. `inside` are the comments between the lines of a list.
    """

    start: int
    said: int
    stop: int
    comment: str
    inside: tuple[str, ...]
    key: str = ""
    value: int = 0


@dataclass(slots=True)
class Table:
    """A table of a block: its head without blanks, and its keys in order."""

    name: str
    head: Statement
    statements: list[Statement] = field(default_factory=list)

    @property
    def keys(self) -> dict[str, Statement]:
        """The statements by their keys."""
        return {statement.key: statement for statement in self.statements}

    @property
    def last(self) -> Statement:
        """Its last statement, or its head."""
        return self.statements[-1] if self.statements else self.head


def tables_of(block: str) -> list[Table]:
    """Give the tables of a block that begins with a head, in order. Line ends in it are plain."""
    tables: list[Table] = []
    for statement in _statements(block):
        written = block[statement.start : statement.said].strip()
        if written.startswith("["):
            tables.append(Table("".join(written.split()), statement))
        elif written and tables:
            tables[-1].statements.append(statement)
    return tables


def comments_of(block: str, start: int, stop: int) -> list[str]:
    """Give the comments of the statements and lines that begin between two offsets."""
    found = ((*one.inside, one.comment) for one in _statements(block) if start <= one.start < stop)
    return [comment for comments in found for comment in comments if comment]


def _statements(block: str) -> Iterator[Statement]:
    start, depth = 0, 0
    comments: list[re.Match[str]] = []
    for token in _TOKENS.finditer(block):
        if token["opens"]:
            depth += 1
        elif token["closes"]:
            depth -= 1
        elif token["comment"]:
            comments.append(token)
        elif token["line_end"] is not None and (not depth or token.start() == len(block)):
            if token.end() > start:
                yield _statement(block, start, comments, token)
            start, comments = token.end(), []


def _statement(block: str, start: int, comments: list[re.Match[str]], line_end: re.Match[str]) -> Statement:
    trailing = comments[-1] if comments and comments[-1].end() == line_end.start() else None
    inside = comments[:-1] if trailing else comments
    end = trailing.start() if trailing else line_end.start()
    said = start + len(block[start:end].rstrip())
    key = _KEY.match(block, start, said)
    return Statement(
        start,
        said,
        line_end.end(),
        trailing[0].rstrip() if trailing else "",
        tuple(comment[0].rstrip() for comment in inside),
        key["key"] if key else "",
        key.end() if key else 0,
    )
