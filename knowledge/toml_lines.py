"""On which line of a TOML text each table and key stands, so that every fault is told with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*+"
# Texts and comments are matched whole, so that nothing inside them is taken for a key. Possessive groups keep hostile
# files linear.
_TOKENS = re.compile(
    r'"""(?>[^"\\]+|\\.|"(?!""))*+(?:""""{0,2}|\Z)'
    r"|'''(?>[^']+|'(?!''))*+(?:''''{0,2}|\Z)"
    rf"|^[ \t]*+(?P<open>\[\[?)[ \t]*+(?P<table>{_DOTTED})[ \t]*+\]\]?"
    rf"|^[ \t]*+(?P<key>{_DOTTED})[ \t]*+="
    r'|"(?>[^"\\\n]+|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+",
    re.DOTALL | re.MULTILINE,
)

TomlPath = tuple[str | int, ...]
"""Keys and list positions from the top of a text, as pydantic gives them: `("question", 0, "answers", 1, "body")`."""


class TomlLines:
    """The lines of a TOML text, faultless or not: of every table head and key that begins a line."""

    def __init__(self, text: str) -> None:
        self._found: dict[TomlPath, int] = {}
        self._counts: dict[TomlPath, int] = {}
        table: TomlPath = ()
        line, counted = 1, 0
        for token in _TOKENS.finditer(text):
            line += text.count("\n", counted, token.start())
            counted = token.start()
            if token["table"]:
                table = self._table(_parts(token["table"]), array=token["open"] == "[[")
                self._note((), table, line)
            elif token["key"]:
                self._note(table, _parts(token["key"]), line)

    def line(self, path: Sequence[str | int]) -> int:
        """Give the line, from 1, of what stands at `path`, else of the nearest thing around it, else 0."""
        place = tuple(path)
        return next((self._found[place[:end]] for end in range(len(place), 0, -1) if place[:end] in self._found), 0)

    @property
    def last(self) -> int:
        """The line, from 1, of the last table head or key, or 0."""
        return max(self._found.values(), default=0)

    def _note(self, table: TomlPath, names: TomlPath, line: int) -> None:
        for end in range(1, len(names) + 1):
            self._found.setdefault((*table, *names[:end]), line)

    def _table(self, names: TomlPath, *, array: bool) -> TomlPath:
        """Give the path of a table: the n-th `[[name]]` is `("name", n)`, and so is what is written below it."""
        path: TomlPath = ()
        for number, name in enumerate(names, start=1):
            path = (*path, name)
            if array and number == len(names):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path


def _parts(dotted: str) -> TomlPath:
    return tuple(found.strip("\"'") for found in re.findall(_NAME, dotted))
