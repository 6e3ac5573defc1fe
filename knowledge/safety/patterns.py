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
        for first in _starts(self.elements, found, back=sum(self.gaps) + _LONGEST_TERM * len(self.gaps), ahead=0):
            parts = self._from(first, found)
            if parts:
                yield Hit(parts[0][0], parts[-1][1], parts)

    def _from(self, first: Span, found: Occurrences) -> tuple[Span, ...]:
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
    """Elements in any order, within one sentence unless `across`: each stands at most `within` words from the first."""

    elements: tuple[Element, ...]
    within: int
    across: bool = False

    def find(self, found: Occurrences) -> Iterator[Hit]:
        """Give the places where all elements stand near the first."""
        reach = self.within + _LONGEST_TERM
        for first in _starts(self.elements, found, back=reach, ahead=reach):
            parts = [first]
            for element in self.elements[1:]:
                near = found.nearest(element, parts, self.within, across=self.across)
                if near is None:
                    break
                parts.append(near)
            else:
                yield Hit(min(part[0] for part in parts), max(part[1] for part in parts), tuple(parts))


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
