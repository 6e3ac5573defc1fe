"""A checked TOML file, and which line of it a key stands on, so that every fault is told with its place."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.errors import Fault, RulesFaults

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_M = TypeVar("_M", bound=BaseModel)
TomlPath = tuple[str | int, ...]
"""Keys and indexes from the top of a file, as pydantic gives them: `("rule", 3, "id")`."""

_HEADER = re.compile(r"\s*\[\[?\s*([^\]\[]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*\"?([\w.-]+)\"?\s*=")


class LineFinder:
    """Finds the lines of one file."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def line(self, path: Sequence[str | int]) -> int:
        """Give the line (from 1) of the key at `path`, else of the nearest thing around it; 0 when there is none."""
        names = [part for part in path if isinstance(part, str)]
        if not names:
            return 0
        index = path[1] if len(path) > 1 and isinstance(path[1], int) else None
        start, depth = self._table(names, index)
        if depth == len(names) or start is None:
            return (start or -1) + 1
        for at in range(start + 1 if depth else start, len(self._lines)):
            if _HEADER.match(self._lines[at]):
                break
            key = _KEY.match(self._lines[at])
            if key and key[1] == names[depth]:
                return at + 1
        return start + 1

    def _table(self, names: Sequence[str], index: int | None) -> tuple[int | None, int]:
        """Give the line (from 0) of the deepest table header along `names`, and how many names it stands for."""
        headers = [(at, found[1]) for at, line in enumerate(self._lines) if (found := _HEADER.match(line))]
        for depth in range(len(names), 0, -1):
            wanted = ".".join(names[:depth])
            places = [at for at, name in headers if name == wanted]
            if places:
                return places[min(index or 0, len(places) - 1)], depth
        return 0, 0


def read_toml(path: Path, model: type[_M]) -> tuple[_M, dict[str, Any], LineFinder]:
    """Give the file at `path` checked against `model`, as it was parsed, and its lines.

    Raises RulesFaults with everything that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(path.name, 0, f"The file cannot be read as text ({type(error).__name__}).")
        raise RulesFaults([fault]) from error
    except tomllib.TOMLDecodeError as error:
        raise RulesFaults([Fault(path.name, _line_in(str(error)), f"This is not valid TOML: {error}.")]) from error
    lines = LineFinder(text)
    try:
        return model.model_validate(content), content, lines
    except ValidationError as error:
        problems = error.errors(include_url=False)
    raise RulesFaults(
        [
            Fault(path.name, lines.line(problem["loc"]), f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}.")
            for problem in problems
        ]
    )


def _line_in(message: str) -> int:
    """Give the line that a TOML error names ("... (at line 3, column 1)")."""
    found = re.search(r"line (\d+)", message)
    return int(found[1]) if found else 0
