"""Texts as their letters are compared."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet


def trigrams_of(line: str) -> AbstractSet[str]:
    """Give every three letters in a row of words in one line, with a blank before it and behind."""
    padded = f" {line} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def pairs_of(words: Sequence[str]) -> AbstractSet[tuple[str, str]]:
    """Give every two words in a row."""
    return set(pairwise(words))


def dice(one: AbstractSet[object], other: AbstractSet[object]) -> float:
    """Give Dice's coefficient of two sets: twice what they share, of the members of both; 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other) or 1)
