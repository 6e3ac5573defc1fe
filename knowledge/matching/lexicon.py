"""Words and what they weigh: inflections joined, synonyms joined, rare words heavy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.matching.stem import stem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# How many texts the background counts for: a book of ten entries takes its weights from the background, one of 100,000
# from itself.
_BACKGROUND_TEXTS = 2000.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the matcher knows of English: how often words stand in texts in general, and which mean the same.

    `shares` gives the share of general texts that hold a term, 0 to 1. `synonyms` maps a word, or several joined by
    blanks, to the words written for it.
    """

    shares: Mapping[str, float]
    known: frozenset[str]
    synonyms: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: Mapping[str, int]

    def term(self, word: str) -> str:
        """Give the form under which a single word is looked up."""
        return stem(word)

    def terms(self, words: Sequence[str]) -> list[str]:
        """Give the terms of a text, in order: phrases and words of a synonym group become the group's first."""
        out: list[str] = []
        place = 0
        while place < len(words):
            place += self._take(words, place, out)
        return out

    def _take(self, words: Sequence[str], place: int, out: list[str]) -> int:
        for length in range(min(self.longest.get(words[place], 0), len(words) - place), 0, -1):
            group = self.synonyms.get(tuple(words[place : place + length]))
            if group is not None:
                out.extend(group)
                return length
        out.append(self.term(words[place]))
        return 1

    def weight(self, term: str, rows: int, of: int) -> float:
        """Give a term's weight, at least 0, from the rows that hold it, of all, and its share of general texts."""
        expected = self.shares.get(term, 0.0) * _BACKGROUND_TEXTS
        return math.log((of + _BACKGROUND_TEXTS + 1.0) / (rows + expected + 1.0))

    def knows(self, word: str) -> bool:
        """Tell whether a word is ordinary English, so that it is no misspelling of another."""
        return word in self.known
