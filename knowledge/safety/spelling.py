"""Typing errors, mended only towards the screen's own small vocabulary and never away from an ordinary word."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Words of fewer letters have too many neighbours; longer tokens are no words.
_LEAST_LETTERS = 5
_TWO_ERRORS_FROM = 9
_MOST_LETTERS = 20
_VOWELS = re.compile("[aeiouy]")
# Looking a word up is slow, for two errors slower: an honest message has few unknown words, a hostile one hundreds.
_LOOKUPS = 160
_LONG_LOOKUPS = 12


class Spelling:
    """Knows a vocabulary and finds the word of it that a mistyped one means.

    A word is mended when it is no ordinary word, begins alike, and is one edit away (two from nine letters) in the
    optimal string alignment distance, where an adjacent swap is one edit; or when it differs in doubled letters only.
    """

    def __init__(
        self, vocabulary: Iterable[str], ordinary: Iterable[str], distance: Callable[[str, str], float]
    ) -> None:
        self._distance = distance
        self._vocabulary = frozenset(word for word in vocabulary if word.isalpha())
        self._ordinary = frozenset(ordinary) - self._vocabulary
        self._without_vowels: dict[str, list[str]] = defaultdict(list)
        self._undoubled: dict[str, list[str]] = defaultdict(list)
        self._neighbours: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._vocabulary):
            self._undoubled[_undoubled(word)].append(word)
            self._without_vowels[_VOWELS.sub("", word)].append(word)
            if len(word) >= _LEAST_LETTERS - 1:
                for shorter in set(_with_deletions(word, 2 if len(word) >= _TWO_ERRORS_FROM else 1)):
                    self._neighbours[shorter].append(word)

    def mender(self) -> Callable[[str], str]:
        """Give a function that mends the words of one text: a known word stays, and so does one with no near word."""
        known: dict[str, str] = {}
        long_lookups = 0

        def mend(word: str) -> str:
            nonlocal long_lookups
            if word in self._vocabulary or word in self._ordinary:
                return word
            if word not in known and len(known) < _LOOKUPS:
                long = _TWO_ERRORS_FROM <= len(word) <= _MOST_LETTERS
                long_lookups += long
                known[word] = self._nearest(word, 2 if long and long_lookups <= _LONG_LOOKUPS else 1)
            return known.get(word, word)

        return mend

    def _nearest(self, word: str, errors: int) -> str:
        if len(word) > _MOST_LETTERS:
            return word
        if len(word) < _LEAST_LETTERS - 1:
            return word
        if not _VOWELS.search(word):
            # No word at all: its vowels were left out ("chst"). Where several words could be meant, none is.
            meant = self._without_vowels.get(word, ())
            return meant[0] if len(meant) == 1 else word
        candidates = self._undoubled.get(_undoubled(word))
        if candidates:
            return min(candidates, key=lambda known: (self._distance(word, known), known))
        near = {known for shorter in _with_deletions(word, errors) for known in self._neighbours.get(shorter, ())}
        ranked = [
            (distance, sorted(known) != sorted(word), known)  # letters that changed places before any other error
            for known in near
            if _begins_alike(word, known) and (distance := self._distance(word, known)) <= _allowed(word, known)
        ]
        return min(ranked)[-1] if ranked else word


def _allowed(word: str, known: str) -> int:
    if len(word) < _LEAST_LETTERS or len(known) < _LEAST_LETTERS:
        # Four letters: only two that changed places.
        return 1 if len(word) == len(known) and sorted(word) == sorted(known) else 0
    return 2 if min(len(word), len(known)) >= _TWO_ERRORS_FROM else 1


def _begins_alike(word: str, known: str) -> bool:
    return word[0] == known[0] or word[:2] == known[1::-1]


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _with_deletions(word: str, count: int) -> Iterator[str]:
    """Give `word` and every string made from it by leaving out up to `count` letters."""
    yield word
    for i in range(len(word)):
        shorter = word[:i] + word[i + 1 :]
        yield shorter
        if count > 1:
            for j in range(i, len(shorter)):
                yield shorter[:j] + shorter[j + 1 :]
