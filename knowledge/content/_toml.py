"""Read the text of a TOML knowledge file: its tables, and every block's first syntax fault."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from knowledge.content._blocks import RAW_HEAD, long_texts, next_head
from knowledge.content._raw import RawTable
from knowledge.content._syntax import explain, place
from knowledge.content._unknown_keys import did_you_mean
from knowledge.errors import Fault
from knowledge.toml_lines import TomlLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from knowledge.content._raw import Loc

_ID_LINE = re.compile(r"""^[ \t]*id[ \t]*=[ \t]*["']([^"'\n]*)["']""", re.MULTILINE)
_KINDS: tuple[Literal["question", "nothing"], ...] = ("question", "nothing")
_CLOSE = 'write """ behind its last line'
_ONE_LIST = (
    "the file writes question = [...] as one list above, and no entry can follow that; "
    "write each entry under a [[question]] of its own"
)
_TOP_LEVEL = "only [[question]], [[question.answers]] and [[nothing]] stand at the top of a file"


@dataclass(frozen=True, slots=True)
class _Broken:
    """Why a block cannot be parsed. `line` counts from 0 in the block; None means that its end was reached."""

    line: int | None
    message: str
    open_text: bool = False


def read_toml(file: str, text: str) -> Iterator[RawTable | Fault]:
    """Give the tables of `text` in order, and the faults that keep some from being read."""
    text = text.replace("\r\n", "\n")
    start, line, inline = 0, 1, False
    while start < len(text):
        end = next_head(text, start)
        block = text[start:end]
        parsed = _parse(block)
        if isinstance(parsed, _Broken):
            if swallowed := _swallowed_head(block, parsed):
                end = start + swallowed
                block, parsed = text[start:end], _Broken(None, parsed.message, open_text=True)
            yield Fault(file, *_where_broken(block, line, parsed), entry=_entry(block))
            yield from _read_around(file, block, line, parsed)
        else:
            if inline and start and "question" in parsed:
                yield Fault(file, line, _ONE_LIST)
            inline = inline or (start == 0 and not RAW_HEAD.match(block) and "question" in parsed)
            yield from _tables(file, block, line, parsed)
        line += text.count("\n", start, end)
        start = end


def _parse(block: str) -> dict[str, Any] | _Broken:
    try:
        return tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        message, line, column = place(str(error))
        if line is None:
            open_text = message.startswith(("Unterminated string", "Expected \"'''\""))
            return _Broken(None, explain(message, "", 0), open_text)
        return _Broken(line - 1, explain(message, block.split("\n")[line - 1], column))
    except RecursionError:
        return _Broken(0, "values are nested too deeply; a list or a table in braces is probably not closed")
    except ValueError:
        return _Broken(_line_of_digits(block), "a number has too many digits; write it as 4.9 or 32")


def _line_of_digits(block: str) -> int:
    found = re.search(r"\d{4000}", block.replace("_", ""))
    return block.count("\n", 0, found.start()) if found else 0


def _swallowed_head(block: str, broken: _Broken) -> int:
    """Give the offset of a head that a text which was never closed took in, or 0.

    It did so if parsing failed only behind the head: what should have closed the text opened another.
    """
    for begin, end in long_texts(block):
        head = RAW_HEAD.search(block, begin, end)
        if head and (broken.line is None or broken.line >= block.count("\n", 0, end)):
            return head.start()
    return 0


def _where_broken(block: str, first: int, broken: _Broken) -> tuple[int, str]:
    """Give the line in the file and the words for what is broken."""
    if broken.line is None and broken.open_text:
        opened = max((begin for begin, _ in long_texts(block)), default=0)
        return first + block.count("\n", 0, opened), f"the text that opens here is never closed; {_CLOSE}"
    if broken.line is None:
        return first + max(TomlLines(block).last - 1, 0), broken.message
    return first + broken.line, broken.message


def _read_around(file: str, block: str, first: int, broken: _Broken) -> Iterator[RawTable | Fault]:
    """Read what stands around a faulty value, so that the other faults of the block are told as well."""
    begin, end = _statement(block, broken)
    if block[begin:end].lstrip().startswith("["):
        return
    blanked = block[:begin] + "\n" * block.count("\n", begin, end) + block[end:]
    parsed = _parse(blanked)
    if not isinstance(parsed, _Broken):
        yield from _tables(file, blanked, first, parsed, partial=True)


def _statement(block: str, broken: _Broken) -> tuple[int, int]:
    """Give the span of the lines that hold the broken value, all lines of a long text among them."""
    ends = [match.start() for match in re.finditer(r"\n|\Z", block)]
    number = len(ends) - 1 if broken.line is None else broken.line
    begin, end = (ends[number - 1] + 1 if number else 0), ends[number]
    for text_begin, text_end in long_texts(block):
        if text_begin <= end and text_end > begin:
            begin = min(begin, block.rfind("\n", 0, text_begin) + 1)
            end = max(end, next(e for e in ends if e >= text_end))
    return begin, end


def _entry(block: str) -> str:
    found = _ID_LINE.search(block)
    return found[1] if found else ""


def _tables(
    file: str, block: str, first: int, parsed: dict[str, Any], *, partial: bool = False
) -> Iterator[RawTable | Fault]:
    @cache
    def lines() -> TomlLines:
        return TomlLines(block)

    def line_of(loc: Loc) -> int:
        return first + max(lines().line(loc) - 1, 0)

    for key in parsed:
        if key not in _KINDS:
            yield Fault(file, line_of((key,)), f"{key} is unknown here{did_you_mean(key, _KINDS)}; {_TOP_LEVEL}")
    for kind in _KINDS:
        tables = parsed.get(kind, [])
        if not isinstance(tables, list):
            yield Fault(file, line_of((kind,)), f"write [[{kind}]] in double brackets, once for each entry")
            continue
        for number, value in enumerate(tables):
            yield _raw_table(kind, value, number, line_of, partial=partial)


def _raw_table(
    kind: Literal["question", "nothing"], value: object, number: int, line_of: Callable[[Loc], int], *, partial: bool
) -> RawTable:
    start: Loc = (kind, number)
    return RawTable(kind, value, line_of(start), lambda loc: line_of((*start, *loc)), partial)
