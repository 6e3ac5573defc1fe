"""Texts as their letters are compared."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet


def padded(line: str) -> str:
    """Give words in one line with a blank before it and behind, as their trigrams are read."""
    return f" {line} "


def trigrams_of(line: str) -> AbstractSet[str]:
    """Give every three letters in a row of words in one line, padded."""
    letters = padded(line)
    return {letters[place : place + 3] for place in range(len(letters) - 2)}


def pairs_of(words: Sequence[str]) -> AbstractSet[tuple[str, str]]:
    """Give every two words in a row."""
    return set(pairwise(words))


def dice(one: AbstractSet[object], other: AbstractSet[object]) -> float:
    """Give Dice's coefficient of two sets: twice what they share, of the members of both; 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def dice_of_trigrams(one: AbstractSet[str], line: str, trigrams: int) -> float:
    """Give Dice's coefficient of some trigrams and those of a line, of which it has so many: none of them is made."""
    return 2 * sum(map(padded(line).__contains__, one)) / (len(one) + trigrams or 1)
