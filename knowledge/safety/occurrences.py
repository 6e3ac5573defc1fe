"""Where words and concepts stand in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.safety.reading import Reading

Span = tuple[int, int]
"""Positions of words, first included, last not."""


class Occurrences:
    """Where words and concepts stand in one reading."""

    def __init__(self, reading: Reading, places: Mapping[str, list[Span]]) -> None:
        self.reading = reading
        self._places = places
        self._symbols = frozenset(places)
        self._of: dict[frozenset[str], list[Span]] = {}

    def has_all(self, elements: Iterable[frozenset[str]]) -> bool:
        """Whether every element stands somewhere."""
        symbols = self._symbols
        for element in elements:  # noqa: SIM110  # asked a thousand times for each text: a generator takes twice as long
            if element.isdisjoint(symbols):
                return False
        return True

    def of(self, element: frozenset[str]) -> list[Span]:
        """Give the places of any of the symbols of an element, in order."""
        known = self._of.get(element)
        if known is None:
            here = [self._places[symbol] for symbol in element & self._symbols]
            known = here[0] if len(here) == 1 else sorted({span for spans in here for span in spans})
            self._of[element] = known
        return known

    def between(self, element: frozenset[str], earliest: int, latest: int) -> list[Span]:
        """Give the places of the element that start from `earliest` to `latest`, in order, the longest there first."""
        spans = self.of(element)
        here = spans[bisect_left(spans, (earliest, 0)) : bisect_left(spans, (latest + 1, 0))]
        return sorted(here, key=lambda span: (span[0], -span[1])) if len(here) > 1 else here

    def nearest(self, element: frozenset[str], parts: Sequence[Span], within: int, *, across: bool) -> list[Span]:
        """Give the places of the element at most `within` words from the first part, upon none, the nearest first."""
        start, end = parts[0]
        spans = self.of(element)
        here = spans[bisect_left(spans, (start - within, 0)) : bisect_left(spans, (end + within + 1, 0))]
        free = [
            span
            for span in here
            if not any(span[0] < other[1] and other[0] < span[1] for other in parts)
            and (across or self.same_sentence(start, span[0]))
        ]
        return sorted(free, key=lambda span: abs(span[0] - start)) if len(free) > 1 else free

    def same_sentence(self, one: int, other: int) -> bool:
        """Whether two words stand in one sentence."""
        return self.reading.sentences[one] == self.reading.sentences[other]


class Lexicon:
    """Which symbols the words of a text stand for: concepts by their terms, and the words that patterns name."""

    def __init__(self, terms: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._longer: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        self._first_of_longer = {term[0] for term in terms if len(term) > 1}
        for term, symbols in terms.items():
            if len(term) == 1:
                self._words[term[0]] = symbols
            else:
                self._longer.setdefault(term[:2], []).append((term, symbols))

    def places(self, reading: Reading) -> dict[str, list[Span]]:
        """Give the places of every symbol in the reading. A term does not run over the end of a sentence."""
        places: dict[str, list[Span]] = defaultdict(list)
        words, sentences = reading.words, reading.sentences
        for i, word in enumerate(words):
            for symbol in self._words.get(word, ()):
                places[symbol].append((i, i + 1))
            if word not in self._first_of_longer:
                continue
            for term, symbols in self._longer.get(words[i : i + 2], ()):
                end = i + len(term)
                if words[i:end] == term and sentences[i] == sentences[end - 1]:
                    for symbol in symbols:
                        places[symbol].append((i, end))
        return dict(places)
