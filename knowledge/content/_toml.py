"""Read the text of a TOML knowledge file: its tables, and every block's first syntax fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from knowledge.content._blocks import mistyped_head, next_head
from knowledge.content._broken import Broken, parse_block, swallowed_head, without_statement
from knowledge.content._merge_marks import unfinished_merges
from knowledge.content._raw import Piece, RawTable
from knowledge.content._unknown_keys import explain_top_key
from knowledge.errors import Fault
from knowledge.toml_lines import TomlLines

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from knowledge.content._raw import Loc

_ID_LINE = re.compile(r"""^[ \t]*id[ \t]*=[ \t]*["']([^"'\n]*)["']""", re.MULTILINE)
_NOTHING_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*nothing[ \t]*\]\]", re.MULTILINE)
_KINDS: tuple[Literal["question", "nothing"], ...] = ("question", "nothing")
_ONE_LIST = (
    "the file writes question = [...] as one list above, and no entry can follow that; "
    "write each entry under a [[question]] of its own"
)
_NO_QUESTION = "these answers have no question; write [[question]] and its title above them"
_OLD_LINE_ENDS = "the lines end as on old Macintosh systems; save the file with Unix or Windows line ends"


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of a file from one `[[question]]` to the next, and its first line, counted from 1."""

    file: str
    text: str
    line: int

    def fault(self, line: int, message: str) -> Fault:
        """Make a fault of this block's entry, if it stands in that; `line` counts from 0 in the block."""
        before = "".join(self.text.splitlines(keepends=True)[:line])
        found = None if _NOTHING_HEAD.search(before) else _ID_LINE.search(self.text)
        return Fault(self.file, self.line + line, message, found[1] if found else "")


def read_toml(file: str, text: str, known: Container[bytes] = ()) -> Iterator[RawTable | Piece | Fault]:
    """Give the tables of `text` in order, and the faults that keep some from being read.

    A piece whose digest is `known` is not parsed: it is given as it is.
    """
    if "\r" in text and "\n" not in text:
        yield Fault(file, 1, _OLD_LINE_ENDS)
        return
    text = text.replace("\r\n", "\n")
    if merges := tuple(unfinished_merges(file, text)):
        yield from merges
        return
    start, line, one_list = 0, 1, False
    while start < len(text):
        end = next_head(text, start)
        block = _Block(file, text[start:end], line)
        parsed: dict[str, Any] | Broken
        piece = Piece.of(block.text, line) if start and not one_list else None
        if piece and piece.digest in known:
            yield piece
            line, start = line + text.count("\n", start, end), end
            continue
        if head := mistyped_head(block.text):
            yield block.fault(0, f"{head} does not begin an entry (did you mean [[question]]?)")
            block = _Block(file, block.text.replace(head, "[[question]]", 1), line)
        parsed = parse_block(block.text)
        if isinstance(parsed, Broken):
            if swallowed := swallowed_head(block.text, parsed):
                end = start + swallowed - (len(block.text) - (end - start))
                block = _Block(file, block.text[:swallowed], line)
            yield block.fault(parsed.line, parsed.message)
            yield from _read_around(block, parsed)
        elif one_list:
            yield block.fault(0, _ONE_LIST)
        else:
            one_list = start == 0 and "question" in parsed and not text.lstrip().startswith("[")
            yield from _tables(block, parsed, piece=piece)
        line, start = line + text.count("\n", start, end), end


def _read_around(block: _Block, broken: Broken) -> Iterator[RawTable | Fault]:
    """Read what stands around a faulty value, so that the other faults of the block are told as well."""
    rest = without_statement(block.text, broken)
    parsed = parse_block(rest) if rest is not None else broken
    if rest is not None and not isinstance(parsed, Broken):
        yield from _tables(_Block(block.file, rest, block.line), parsed, partial=True)


def _tables(
    block: _Block, parsed: dict[str, Any], *, partial: bool = False, piece: Piece | None = None
) -> Iterator[RawTable | Fault]:
    @cache
    def lines() -> TomlLines:
        return TomlLines(block.text)

    def line_of(loc: Loc) -> int:
        return block.line + max(lines().line(loc) - 1, 0)

    for key in parsed:
        if key not in _KINDS:
            yield Fault(block.file, line_of((key,)), explain_top_key(key))
    for kind in _KINDS:
        tables = parsed.get(kind, [])
        if not isinstance(tables, list):
            alone = kind == "question" and "answers" in tables
            told = _NO_QUESTION if alone else f"write [[{kind}]] in double brackets, once for each"
            yield Fault(block.file, line_of((kind,)), told)
            continue
        for number, value in enumerate(tables):
            # A piece begins with its question: the lines of ten thousand of them need not be looked for.
            line = piece.line if piece and kind == "question" and not number else line_of((kind, number))
            yield RawTable(kind, value, line, _below(line_of, (kind, number)), partial, piece)


def _below(line_of: Callable[[Loc], int], start: Loc) -> Callable[[Loc], int]:
    return lambda loc: line_of((*start, *loc))
