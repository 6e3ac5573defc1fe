"""Known words near a misspelt one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEAST = 4
_LONG = 8


def allowed_edits(word: str) -> int:
    """Give how many letters of a word may be wrong: none in short ones, 1, and 2 from eight letters on."""
    return 0 if len(word) < _LEAST else 1 if len(word) < _LONG else 2


class Vocabulary:
    """The words of some wordings, in rows by their first and by their last letter.

    Both kinds of row are needed: by first letter alone, a word with a wrong first letter is never found.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._sorted = sorted(self._words)
        self._first: dict[str, list[str]] = defaultdict(list)
        self._last: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._sorted, key=len):
            if len(word) >= _LEAST - 1 and word[0].isalpha():
                self._first[word[0]].append(word)
                self._last[word[-1]].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def __len__(self) -> int:
        return len(self._words)

    def beginning(self, start: str, limit: int) -> tuple[str, ...]:
        """Give the first known words, by alphabet, that begin with `start`."""
        place = bisect_left(self._sorted, start)
        return tuple(word for word in self._sorted[place : place + limit] if word.startswith(start))

    def near(self, word: str, limit: int = 6) -> tuple[tuple[str, int], ...]:
        """Give known words within the edits allowed, each with its distance, nearest first.

        The distance is optimal string alignment: two letters swapped count once.
        """
        edits = allowed_edits(word)
        if not edits:
            return ()
        pool = [
            *_of_length(self._first.get(word[0], ()), len(word), edits),
            *_of_length(self._last.get(word[-1], ()), len(word), edits),
        ]
        # Words that stand in both rows are measured twice, which costs less than to leave them out.
        measured = extract(word, pool, scorer=OSA.distance, score_cutoff=edits, limit=None)
        found = {near: int(distance) for near, distance, _ in measured}
        nearest = sorted(found, key=lambda near: (found[near], len(near), near[0] != word[0], near))[:limit]
        return tuple((near, found[near]) for near in nearest if found[near])


def _of_length(row: Sequence[str], length: int, edits: int) -> Sequence[str]:
    """Give the words of a row, which are in the order of their lengths, that are at most `edits` longer or shorter."""
    return row[bisect_left(row, length - edits, key=len) : bisect_right(row, length + edits, key=len)]
