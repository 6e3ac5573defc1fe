"""What the readers of TOML and JSON Lines hand on: tables as they were parsed, not yet checked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

# A path of keys and list positions to a value, as pydantic gives it.
Loc = tuple[int | str, ...]


class Piece(NamedTuple):
    """A piece of a file that can be read by itself: the digest of its text, and its first line."""

    digest: bytes
    line: int

    @classmethod
    def of(cls, text: str, line: int) -> Piece:
        """Give the piece with this text that begins on `line`."""
        return cls(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), line)


@dataclass(frozen=True, slots=True)
class RawTable:
    """One `question` or `nothing` of a file.

    `line` is where it begins, `line_of` finds the line of a value in it. `partial` says that a part which could
    not be read was left out, so what is missing may only seem to be. `piece` is what it was read from, where that can
    be read by itself.
    """

    kind: Literal["question", "nothing"]
    value: object
    line: int
    line_of: Callable[[Loc], int]
    partial: bool = False
    piece: Piece | None = None

    @property
    def entry(self) -> str:
        """The id that the file gives the entry, or nothing."""
        given = self.value.get("id") if isinstance(self.value, dict) else None
        return given if isinstance(given, str) else ""
