"""On which line of a TOML block a value stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.content._blocks import masked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.content._raw import Loc

_HEAD = re.compile(r"[ \t]*(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"[ \t]*([A-Za-z0-9_.\- \t]+?)[ \t]*=")


def key_lines(text: str) -> dict[Loc, int]:
    """Give the line of every table head and key that begins a line of `text`, counted from 0.

    The n-th `[[question.answers]]` of a question is `("question", 0, "answers", n)`.
    """
    found: dict[Loc, int] = {}
    counts: dict[Loc, int] = {}
    table: Loc = ()
    for number, line in enumerate(masked(text).split("\n")):
        if head := _HEAD.match(line):
            table = _table_path(_parts(head[2]), counts, array=head[1] == "[[")
            found.setdefault(table, number)
            found.setdefault(table[:-1], number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_parts(key[1])), number)
    return found


def nearest_line(loc: Loc, lines: Mapping[Loc, int]) -> int:
    """Give the line of `loc`, or of the nearest thing around it whose line is known, or 0."""
    for length in range(len(loc), 0, -1):
        if loc[:length] in lines:
            return lines[loc[:length]]
    return 0


def _table_path(parts: Loc, counts: dict[Loc, int], *, array: bool) -> Loc:
    path: Loc = ()
    for number, part in enumerate(parts, start=1):
        path = (*path, part)
        if array and number == len(parts):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> Loc:
    return tuple(part.strip() for part in dotted.split("."))
