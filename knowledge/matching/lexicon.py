"""Words and what they weigh: inflections joined, synonyms joined, rare words heavy."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.matching._drugs import drug_like
from knowledge.matching.stem import stem
from knowledge.shorthand import WRITTEN_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.matching._drugs import Drugs
    from knowledge.matching._kinds import Kind

# How many texts the background counts for: a book of ten entries takes its weights from the background, one of 100,000
# from itself.
_BACKGROUND_TEXTS = 1000.0
# So that weights mean the same in a book of ten entries and of a million.
_HEAVIEST = 7.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the matcher knows of English: how often words stand in texts in general, and which mean the same.

    `shares` gives the share of general texts that hold a term, 0 to 1. `joined` maps words, or stems, to the one term
    that a synonym group is looked up by; `longest` tells how many words the longest phrase has that begins with a word.
    `groups` gives the numbers of the looser groups that a term belongs to. `drug_terms` are the
    terms of medicines' names, `kinds` the body parts and treatments, by the kind's name.
    """

    shares: Mapping[str, float]
    known: frozenset[str]
    joined: Mapping[tuple[str, ...], str]
    longest: Mapping[str, int]
    groups: Mapping[str, frozenset[int]]
    drugs: Drugs
    drug_terms: frozenset[str]
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    def terms(self, words: Sequence[str]) -> list[str]:
        """Give the terms of a text, in order: each synonym, of one word or several, becomes its group's one term."""
        out = list(map(stem, words))
        # The last one first, so that the others stay in their places.
        for place, length, term in reversed(self._synonyms(words, out)):
            out[place : place + length] = [term]
        return out

    def spelled_terms(self, words: Sequence[str]) -> list[tuple[str, str]]:
        """Give the terms of a text, in order, each with its words as they stand in the text."""
        stems = list(map(stem, words))
        out = list(zip(stems, words, strict=True))
        for place, length, term in reversed(self._synonyms(words, stems)):
            out[place : place + length] = [(term, " ".join(words[place : place + length]))]
        return out

    def _synonyms(self, words: Sequence[str], stems: Sequence[str]) -> list[tuple[int, int, str]]:
        """Give where synonyms stand in a text, of how many words, and the one term of each; none begins in another."""
        found: list[tuple[int, int, str]] = []
        end = 0
        for place, (word, base) in enumerate(zip(words, stems, strict=True)):
            if place >= end and (base in self.longest or word in self.longest):
                length, term = self._at(words, stems, place)
                found.append((place, length, term))
                end = place + length
        return found

    def term(self, word: str) -> str:
        """Give the term of a word that stands alone."""
        return self._at((word,), (stem(word),), 0)[1]

    def phrase_term(self, phrase: str) -> str:
        """Give the one term of a phrase that is a synonym, or of the single word that it is."""
        return "_".join(self.terms(phrase.split()))

    def first_related(self, term: str, others: Iterable[str]) -> str | None:
        """Give the first of `others` that often stands for `term`, or that `term` often stands for."""
        groups = self.groups.get(term)
        if groups is None:
            return None
        return next((other for other in others if not groups.isdisjoint(self.groups.get(other, ()))), None)

    def weight(self, term: str, entries: int, of: int) -> float:
        """Give a term's weight, at least 0, from the entries that hold it, of all, and its share of general texts."""
        expected = self.shares.get(term, 0.0) * _BACKGROUND_TEXTS
        return min(math.log((of + _BACKGROUND_TEXTS + 1.0) / (entries + expected + 1.0)), _HEAVIEST)

    def knows(self, word: str) -> bool:
        """Tell whether a word is ordinary English, so that it is no misspelling of another."""
        return word in self.known or word in self.drugs.generic_of or word in WRITTEN_OUT

    def is_drug(self, term: str, word: str = "") -> bool:
        """Tell whether a term is a medicine's name, listed or, by the ending of its `word`, most likely."""
        return term in self.drug_terms or drug_like(word or term)

    def _at(self, words: Sequence[str], stems: Sequence[str], place: int) -> tuple[int, str]:
        most = self.longest.get(stems[place], 0) or self.longest.get(words[place], 0)
        for length in range(min(most, len(words) - place), 0, -1):
            end = place + length
            term = self.joined.get(tuple(stems[place:end])) or self.joined.get(("!", *words[place:end]))
            if term is not None:
                return length, term
        return 1, stems[place]


def read_synonyms(lines: Iterable[str]) -> tuple[dict[tuple[str, ...], str], dict[str, int], dict[str, frozenset[int]]]:
    """Read synonym groups, a line each, into the three tables of a Lexicon. Raises ValueError on another line."""
    joined: dict[tuple[str, ...], str] = {}
    longest: dict[str, int] = {}
    loose: list[list[str]] = []
    for line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        members = [member.strip() for member in text[1:].split("|")]
        if text[0] == "~":
            loose.append(members)
        elif text[0] == "=":
            _join(members, joined, longest)
        else:
            raise ValueError(f"a line of synonyms starts with = or ~, not as {text[:20]!r}")
    groups: dict[str, set[int]] = {}
    for number, members in enumerate(loose):
        for member in members:
            key = tuple(stem(word) for word in member.split())
            term = joined.get(key, key[0] if len(key) == 1 else "")
            if term:
                groups.setdefault(term, set()).add(number)
    return joined, longest, {term: frozenset(numbers) for term, numbers in groups.items()}


def _join(members: Sequence[str], joined: dict[tuple[str, ...], str], longest: dict[str, int]) -> None:
    target = "_".join(stem(word) for word in members[0].rstrip("!").split())
    for member in members:
        exact = member.endswith("!")
        key = tuple(word if exact else stem(word) for word in member.rstrip("!").split())
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
        joined.setdefault(("!", *key) if exact else key, target)


def join_drugs(drugs: Drugs, joined: dict[tuple[str, ...], str], longest: dict[str, int]) -> frozenset[str]:
    """Let each brand be looked up by its generic, and give the terms of all medicines."""
    terms = set()
    for name, generic in drugs.generic_of.items():
        term = joined.get((stem(generic),), stem(generic))
        joined[stem(name),] = term
        longest[stem(name)] = max(longest.get(stem(name), 0), 1)
        terms.add(term)
    return frozenset(terms)
