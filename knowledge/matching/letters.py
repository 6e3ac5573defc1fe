"""Words side by side as their letters are compared: made once for a text, however many others it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Letters:
    """A text's normalised words in one line, that line without its blanks, its trigrams, and its pairs of words.

    Trigrams and pairs stand once each, in no order.
    """

    line: str
    squeezed: str
    trigrams: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def letters_of(words: Sequence[str]) -> Letters:
    """Take apart the letters of normalised words."""
    line = " ".join(words)
    padded = f" {line} "
    trigrams = tuple({padded[place : place + 3] for place in range(len(padded) - 2)})
    return Letters(line, line.replace(" ", ""), trigrams, tuple(set(pairwise(words))))
