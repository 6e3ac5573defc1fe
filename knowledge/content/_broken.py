"""Parse one block of a TOML knowledge file; where it is broken, find the place and what can be read around it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from knowledge.content._blocks import RAW_HEAD, long_texts
from knowledge.toml_lines import TomlLines
from knowledge.toml_syntax import explain, place

_OPEN_TEXT = 'the text that opens here is never closed; write """ behind its last line'


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a block cannot be parsed; `line` counts from 0, `opened` is where a text begins that is never closed."""

    line: int
    message: str
    opened: int | None = None


def parse_block(block: str) -> dict[str, Any] | Broken:
    """Parse a block, or tell its first syntax fault."""
    try:
        return tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        return _broken(block, str(error))
    except RecursionError:
        lines = block.split("\n")
        deepest = max(range(len(lines)), key=lambda number: lines[number].count("[") + lines[number].count("{"))
        return Broken(deepest, "values are nested too deeply; a list or a table in braces is probably not closed")
    except ValueError:
        return Broken(_line_of_digits(block), "a number has too many digits; write it as 4.9 or 32")


def swallowed_head(block: str, broken: Broken) -> int:
    """Give the offset of a `[[question]]` that a text which was never closed took in, or 0."""
    if broken.opened is None:
        return 0
    heads = RAW_HEAD.finditer(block, broken.opened)
    return next((head.start() for head in heads if not head["answers"]), 0)


def without_statement(block: str, broken: Broken) -> str | None:
    """Give `block` with the lines of the faulty value blank, or None where a table's head is at fault."""
    begin, end = _statement(block, broken.line)
    if block[begin:end].lstrip().startswith("["):
        return None
    return block[:begin] + "\n" * block.count("\n", begin, end) + block[end:]


def _broken(block: str, message: str) -> Broken:
    told, line, column = place(message)
    spans = list(long_texts(block))
    if line is None:
        if told.startswith(("Unterminated string", "Expected \"'''\"")):
            return _open_text(block, spans[-1][0] if spans else 0)
        return Broken(max(TomlLines(block).last - 1, 0), explain(told, "", 0))
    number = line - 1
    for begin, end in spans:
        # Parsing failed behind a text that holds the next head: what should have closed that text opened another.
        if number >= block.count("\n", 0, end) and RAW_HEAD.search(block, begin, end):
            return _open_text(block, begin)
    return Broken(number, explain(told, block.split("\n")[number], column))


def _open_text(block: str, begin: int) -> Broken:
    return Broken(block.count("\n", 0, begin), _OPEN_TEXT, begin)


def _line_of_digits(block: str) -> int:
    found = re.search(r"\d{4000}", block.replace("_", ""))
    return block.count("\n", 0, found.start()) if found else 0


def _statement(block: str, number: int) -> tuple[int, int]:
    """Give the span of the lines that hold the broken value, all lines of a long text among them."""
    ends = [match.start() for match in re.finditer(r"\n|\Z", block)]
    begin, end = (ends[number - 1] + 1 if number else 0), ends[number]
    for text_begin, text_end in long_texts(block):
        if text_begin <= end and text_end > begin:
            begin = min(begin, block.rfind("\n", 0, text_begin) + 1)
            end = max(end, next(e for e in ends if e >= text_end))
    return begin, end
