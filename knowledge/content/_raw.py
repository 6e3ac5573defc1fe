"""What the readers of TOML and JSON Lines hand on: tables as they were parsed, not yet checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

# A path of keys and list positions to a value, as pydantic gives it.
Loc = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One `question` or `nothing` of a file.

    `line` is where it begins, `line_of` finds the line of a value in it. `partial` says that a piece which could
    not be read was left out, so what is missing may only seem to be.
    """

    kind: Literal["question", "nothing"]
    value: object
    line: int
    line_of: Callable[[Loc], int]
    partial: bool = False

    @property
    def entry(self) -> str:
        """The id that the file gives the entry, or nothing."""
        given = self.value.get("id") if isinstance(self.value, dict) else None
        return given if isinstance(given, str) else ""
