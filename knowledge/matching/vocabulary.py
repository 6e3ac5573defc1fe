"""Known words near a misspelt one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST = 4
_LONG = 8


def allowed_edits(word: str) -> int:
    """Give how many letters of a word may be wrong: none in short ones, 1, and 2 from eight letters on."""
    return 0 if len(word) < _LEAST else 1 if len(word) < _LONG else 2


class Vocabulary:
    """The words of some wordings, bucketed by length with first and with last letter.

    Both kinds of bucket are needed: by first letter alone, a word with a wrong first letter is never found.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._sorted = sorted(self._words)
        self._buckets: dict[tuple[str, int, bool], list[str]] = defaultdict(list)
        for word in self._sorted:
            if len(word) >= _LEAST - 1 and word[0].isalpha():
                self._buckets[word[0], len(word), True].append(word)
                self._buckets[word[-1], len(word), False].append(word)

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
        # A word may stand in two buckets: it is cheaper to measure it twice than to join buckets of thousands of words.
        found: dict[str, int] = {}
        for length in range(len(word) - edits, len(word) + edits + 1):
            for bucket in ((word[0], length, True), (word[-1], length, False)):
                pool = self._buckets.get(bucket, ())
                measured = extract(word, pool, scorer=OSA.distance, score_cutoff=edits, limit=None)
                found |= {near: int(distance) for near, distance, _ in measured}
        nearest = sorted(found.items(), key=lambda one: one[1])[:limit]
        return tuple((near, distance) for near, distance in nearest if distance)
