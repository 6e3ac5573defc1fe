"""Patterns over the words of a text: concepts, phrases with gaps, and frames of concepts that stand near each other.

An element of a pattern is a word ("arm"), a word in its regular forms ("ache~" a verb, "pill+" a noun), several words
("left_arm"), a concept in capitals ("CHEST"), or several of these ("arm|leg|LIMB"). In a phrase ".." allows up to three
words between two elements, "..6" up to six.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knowledge.safety.reading import Reading

_GAP = re.compile(r"\.\.(\d{0,2})$")
_USUAL_GAP = 3
_VOWELS = "aeiou"
# Consonant, vowel, consonant: the last letter is doubled ("stop", "stopped").
_SHORT_SYLLABLE = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")
# What one pattern is tried on in one text: more places than any honest message has.
_MOST_PLACES = 40

Span = tuple[int, int]
"""Positions of words, first included, last not."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern was found: from the first to the last word of it, and the words that make it up."""

    start: int
    end: int
    parts: tuple[Span, ...]

    def covers(self, position: int) -> bool:
        """Whether the word at `position` is itself part of what was found."""
        return any(start <= position < end for start, end in self.parts)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Elements in this order; `gaps[i]` is how many words may stand between element i and the next."""

    elements: tuple[tuple[str, ...], ...]
    gaps: tuple[int, ...]
    across: bool = False

    def find(self, found: Occurrences) -> Iterator[Hit]:
        """Give the places where all elements follow each other, within one sentence unless `across`."""
        for span in found.of(self.elements[0])[:_MOST_PLACES]:
            parts = self._rest(found, span)
            if parts:
                yield Hit(parts[0][0], parts[-1][1], parts)

    def _rest(self, found: Occurrences, first: Span) -> tuple[Span, ...]:
        parts = [first]
        for element, gap in zip(self.elements[1:], self.gaps, strict=True):
            end = parts[-1][1]
            following = found.first_between(element, end, end + gap)
            if following is None or not (self.across or found.same_sentence(first[0], following[0])):
                return ()
            parts.append(following)
        return tuple(parts)


@dataclass(frozen=True, slots=True)
class Frame:
    """Elements in any order: every other one stands at most `within` words from the first."""

    elements: tuple[tuple[str, ...], ...]
    within: int
    across: bool = False

    def find(self, found: Occurrences) -> Iterator[Hit]:
        """Give the places where all elements stand near the first, within one sentence unless `across`."""
        for span in found.of(self.elements[0])[:_MOST_PLACES]:
            parts = [span]
            for element in self.elements[1:]:
                near = found.nearest(element, parts, self.within, across=self.across)
                if near is None:
                    break
                parts.append(near)
            else:
                yield Hit(min(p[0] for p in parts), max(p[1] for p in parts), tuple(parts))


class Occurrences:
    """Where words and concepts stand in one reading."""

    def __init__(self, reading: Reading, places: Mapping[str, list[Span]]) -> None:
        self.reading = reading
        self._places = places
        self._of: dict[tuple[str, ...], list[Span]] = {}

    def of(self, element: tuple[str, ...]) -> list[Span]:
        """Give the places of any of the symbols of an element, in order."""
        if len(element) == 1:
            return self._places.get(element[0], [])
        known = self._of.get(element)
        if known is None:
            known = sorted({span for symbol in element for span in self._places.get(symbol, ())})
            self._of[element] = known
        return known

    def first_between(self, element: tuple[str, ...], earliest: int, latest: int) -> Span | None:
        """Give the first place of the element that starts from `earliest` to `latest`; the longest one there."""
        spans = self.of(element)
        at = bisect_left(spans, (earliest, 0))
        if at == len(spans) or spans[at][0] > latest:
            return None
        while at + 1 < len(spans) and spans[at + 1][0] == spans[at][0]:
            at += 1
        return spans[at]

    def nearest(self, element: tuple[str, ...], parts: list[Span], within: int, *, across: bool) -> Span | None:
        """Give a place of the element at most `within` words from the first part and upon none of the parts."""
        start, end = parts[0]
        spans = self.of(element)
        at = bisect_left(spans, (start - within, 0))
        best: Span | None = None
        while at < len(spans) and spans[at][0] <= end + within:
            span = spans[at]
            at += 1
            if any(span[0] < other[1] and other[0] < span[1] for other in parts):
                continue
            if not (across or self.same_sentence(start, span[0])):
                continue
            if best is None or abs(span[0] - start) < abs(best[0] - start):
                best = span
        return best

    def same_sentence(self, one: int, other: int) -> bool:
        """Whether two words stand in one sentence."""
        return self.reading.sentences[one] == self.reading.sentences[other]


class Lexicon:
    """Which symbols the words of a text stand for: concepts by their terms, and the words that patterns name."""

    def __init__(self, terms: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._longer: dict[tuple[str, ...], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
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
            for term, symbols in self._longer.get(words[i : i + 2], ()):
                end = i + len(term)
                if words[i:end] == term and sentences[i] == sentences[end - 1]:
                    for symbol in symbols:
                        places[symbol].append((i, end))
        return dict(places)


def forms(word: str) -> tuple[str, ...]:
    """Give a word's regular forms: "ache~" is ache, aches, ached, aching; "pill+" is pill, pills; "arm" is arm."""
    stem = word[:-1]
    if word.endswith("+"):
        return (stem, stem + "s")
    if not word.endswith("~"):
        return (word,)
    if stem.endswith("e"):
        return (stem, stem + "s", stem + "d", stem[:-1] + "ing")
    if stem.endswith("y") and stem[-2] not in _VOWELS:
        return (stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing")
    plural = "es" if stem.endswith(("s", "x", "ch", "sh")) else "s"
    short = _SHORT_SYLLABLE.search(stem)
    doubled = (stem + stem[-1] + "ed", stem + stem[-1] + "ing") if short else ()
    return (stem, stem + plural, stem + "ed", stem + "ing", *doubled)


def element(text: str) -> tuple[str, ...]:
    """Give the symbols of an element such as "arm|leg|hurt~|LIMB"."""
    return tuple(
        symbol.replace("_", " ") if symbol.islower() else symbol for part in text.split("|") for symbol in forms(part)
    )


def phrase(text: str, *, across: bool = False) -> Phrase:
    """Read a phrase such as "took .. pill~|PILLS"."""
    elements: list[tuple[str, ...]] = []
    gaps: list[int] = []
    gap = 0
    for part in text.split():
        dots = _GAP.match(part)
        if dots:
            gap = int(dots[1] or _USUAL_GAP)
            continue
        if elements:
            gaps.append(gap)
        elements.append(element(part))
        gap = 0
    return Phrase(tuple(elements), tuple(gaps), across)
