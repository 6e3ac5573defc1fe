"""Patterns over the words of a text: phrases with gaps, and frames of concepts that stand near each other.

An element of a pattern is a word ("arm"), a word in its regular forms ("ache~" a verb, "pill+" a noun), several words
("left_arm"), a concept in capitals ("CHEST"), or several of these ("arm|leg|LIMB"). In a phrase ".." allows up to four
words between two elements, "..6" up to six.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.safety.occurrences import Occurrences, Span

_GAP = re.compile(r"\.\.(\d{0,2})$")
_USUAL_GAP = 4
_VOWELS = "aeiou"
# One syllable that ends in vowel and consonant doubles the last letter: "stop", "stopped", but "vomit", "vomited".
_SHORT_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]$")
# The longest term has about this many words; a pattern reaches further by them than by its gaps alone.
_LONGEST_TERM = 6
# What one pattern is tried on in one text: more places than any honest message has.
_MOST_PLACES = 40
# How many places of one element of a frame are tried: the nearest nearly always does.
_MOST_TRIED = 3

Element = frozenset[str]
"""What may stand at one place of a pattern: words and concepts."""


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
    """Elements in this order, within one sentence unless `across`.

    `gaps[i]` is how many words may stand between element i and the next.
    """

    elements: tuple[Element, ...]
    gaps: tuple[int, ...]
    across: bool = False

    def find(self, found: Occurrences) -> Iterator[Hit]:
        """Give the places where all elements follow each other."""
        hopeless: set[tuple[int, int]] = set()
        for first in _starts(self.elements, found, back=sum(self.gaps) + _LONGEST_TERM * len(self.gaps), ahead=0):
            parts = self._from((first,), found, hopeless)
            if parts:
                yield Hit(parts[0][0], parts[-1][1], parts)

    def _from(
        self, parts: tuple[Span, ...], found: Occurrences, hopeless: set[tuple[int, int]]
    ) -> tuple[Span, ...] | None:
        """Complete `parts`: the nearest place first, of those the longest term; a later or shorter one where it must.

        What cannot be completed from an element and the end of what stands before it is `hopeless`, whatever came
        before: each such pair is tried once in a text, which bounds the search.
        """
        if len(parts) == len(self.elements):
            return parts
        end = parts[-1][1]
        if (len(parts), end) in hopeless:
            return None
        for following in found.between(self.elements[len(parts)], end, end + self.gaps[len(parts) - 1]):
            if self.across or found.same_sentence(end - 1, following[0]):
                whole = self._from((*parts, following), found, hopeless)
                if whole:
                    return whole
        hopeless.add((len(parts), end))
        return None


@dataclass(frozen=True, slots=True)
class Frame:
    """Elements in any order, within one sentence unless `across`: each stands at most `within` words from the first."""

    elements: tuple[Element, ...]
    within: int
    across: bool = False

    def find(self, found: Occurrences) -> Iterator[Hit]:
        """Give the places where all elements stand near the first."""
        reach = self.within + _LONGEST_TERM
        for first in _starts(self.elements, found, back=reach, ahead=reach):
            parts = self._around((first,), found)
            if parts:
                yield Hit(min(part[0] for part in parts), max(part[1] for part in parts), parts)

    def _around(self, parts: tuple[Span, ...], found: Occurrences) -> tuple[Span, ...] | None:
        """Complete `parts`: the nearest place of each element, or another where that one is taken by the next."""
        if len(parts) == len(self.elements):
            return parts
        element = self.elements[len(parts)]
        for near in found.nearest(element, parts, self.within, across=self.across)[:_MOST_TRIED]:
            whole = self._around((*parts, near), found)
            if whole:
                return whole
        return None


def _starts(elements: tuple[Element, ...], found: Occurrences, *, back: int, ahead: int) -> list[Span]:
    """Give the places of the first element that have the rarest one near enough; none when any element is missing."""
    if not found.has_all(elements):
        return []
    places = [found.of(element) for element in elements]
    first, rarest = places[0], min(places, key=len)
    if rarest is first:
        return first[:_MOST_PLACES]
    starts: list[Span] = []
    at = 0
    for span in rarest[:_MOST_PLACES]:
        at = max(at, bisect_left(first, (span[0] - back, 0)))
        while at < len(first) and first[at][0] <= span[0] + ahead:
            starts.append(first[at])
            at += 1
    return starts


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
    last = stem[-1] if _SHORT_SYLLABLE.match(stem) else ""
    return (stem, stem + plural, stem + last + "ed", stem + last + "ing")


def element(text: str) -> Element:
    """Give the symbols of an element such as "arm|leg|ache~|LIMB"."""
    return frozenset(
        symbol.replace("_", " ") if symbol.islower() else symbol for part in text.split("|") for symbol in forms(part)
    )


def phrase(text: str, *, across: bool = False) -> Phrase:
    """Read a phrase such as "took .. pill~|PILLS"."""
    elements: list[Element] = []
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
