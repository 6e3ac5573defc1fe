"""On which line of a settings file each key stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Strings and comments are skipped whole, so that nothing inside them is taken for a key.
_TOKENS = re.compile(
    r'''
      """(?:[^"\\]+|\\.|"(?!""))*+(?:"""|\Z)
    | \'\'\'(?:[^']+|'(?!''))*+(?:\'\'\'|\Z)
    | ^[ \t]*+\[{1,2}[ \t]*+(?P<table>[^\]\n"']+?)[ \t]*+\]
    | ^[ \t]*+(?P<key>[\w."'-]++(?:[ \t]*+\.[ \t]*+[\w"'-]++)*+)[ \t]*+=
    | "(?:[^"\\\n]+|\\.)*+"? | '[^'\n]*+'? | \#[^\n]*+
    ''',
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def key_lines(text: str) -> Mapping[tuple[str, ...], int]:
    """Give the line, from 1, of every table and key of a TOML text, whether or not the text is faultless."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    line, counted = 1, 0
    for token in _TOKENS.finditer(text):
        line += text.count("\n", counted, token.start())
        counted = token.start()
        if token["table"]:
            table = _parts(token["table"])
            found.setdefault(table, line)
        elif token["key"]:
            parts = _parts(token["key"])
            for end in range(1, len(parts) + 1):
                found.setdefault((*table, *parts[:end]), line)
    return found


def line_of(lines: Mapping[tuple[str, ...], int], place: Sequence[object]) -> int:
    """Give the line of the key at `place`, else of the nearest table around it, else 0."""
    names = tuple(str(part) for part in place)
    return next((lines[names[:end]] for end in range(len(names), 0, -1) if names[:end] in lines), 0)


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
