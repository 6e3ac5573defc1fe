"""What speaks for and against a stored wording being what a text asks: numbers, each 0 to 1 or nearly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.matching.query import Query

_LIGHT = 3.2
_STEEP = 6.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored wording with its terms; `answer_terms` are those asked terms that its answers or details hold."""

    number: int
    segment: int
    wording: str
    words: tuple[str, ...]
    terms: tuple[str, ...]
    answer_terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Which terms of a text and of a wording are found on the other side, and the weights of those that are not."""

    shared: float
    missing_asked: tuple[float, ...]
    missing_stored: tuple[float, ...]
    missing_known: float
    in_answer: float


def overlap(query: Query, candidate: Candidate, weigh: Callable[[str], float]) -> Overlap:
    """Pair the terms of a text with those of a wording; a misspelt term pairs with what it may have meant."""
    stored = set(candidate.terms)
    found: set[str] = set()
    shared = in_answer = missing_known = 0.0
    missing: list[float] = []
    for term in query.terms:
        partner = term.text if term.text in stored else next((near for near in term.near if near in stored), None)
        if partner is not None:
            found.add(partner)
            shared += term.weight
            continue
        missing.append(term.weight)
        if term.text in candidate.answer_terms:
            in_answer += term.weight
        if term.known:
            missing_known += term.weight
    return Overlap(shared, tuple(missing), tuple(weigh(term) for term in stored - found), missing_known, in_answer)


def features(query: Query, candidate: Candidate, weigh: Callable[[str], float]) -> dict[str, float]:
    """Give the features of one candidate by name."""
    both = overlap(query, candidate, weigh)
    asked = both.shared + sum(both.missing_asked) or 1.0
    stored = both.shared + sum(both.missing_stored) or 1.0
    heavy_asked = [weight for weight in both.missing_asked if weight > _LIGHT]
    heavy_stored = [weight for weight in both.missing_stored if weight > _LIGHT]
    asked_text, stored_text = " ".join(query.words), " ".join(candidate.words)
    coverage_asked, coverage_stored = both.shared / asked, both.shared / stored
    return {
        "coverage_asked": coverage_asked,
        "coverage_stored": coverage_stored,
        "coverage_both": 2 * coverage_asked * coverage_stored / ((coverage_asked + coverage_stored) or 1.0),
        "shared_weight": math.log1p(both.shared) / 4,
        "missing_asked": math.log1p(sum(heavy_asked)) / 3,
        "missing_stored": math.log1p(sum(heavy_stored)) / 3,
        "missing_asked_count": min(len(heavy_asked), 5) / 5,
        "missing_stored_count": min(len(heavy_stored), 5) / 5,
        "missing_asked_max": max(both.missing_asked, default=0.0) / 8,
        "missing_stored_max": max(both.missing_stored, default=0.0) / 8,
        "substituted": float(bool(heavy_asked) and bool(heavy_stored)),
        "missing_known": both.missing_known / asked,
        "in_answer": both.in_answer / asked,
        "ratio": fuzz.ratio(asked_text, stored_text) / 100,
        "token_sort": fuzz.token_sort_ratio(asked_text, stored_text) / 100,
        "token_set": fuzz.token_set_ratio(asked_text, stored_text) / 100,
        "squeezed": fuzz.ratio(asked_text.replace(" ", ""), stored_text.replace(" ", "")) / 100,
        "trigrams": _dice(_trigrams(asked_text), _trigrams(stored_text)),
        "same_words": float(query.words == candidate.words),
        "length_asked": math.log1p(len(query.words)) / 4,
        "length_stored": math.log1p(len(candidate.words)) / 4,
        "same_opening": float(_opening(query.words) == _opening(candidate.words)),
    }


def _trigrams(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)


_OPENINGS = {"what", "how", "why", "when", "where", "who", "which", "can", "should", "is", "are", "do", "does"}


def _opening(words: Sequence[str]) -> str:
    for place, word in enumerate(words):
        if word == "how" and place + 1 < len(words) and words[place + 1] in {"long", "many", "much", "often"}:
            return f"how {words[place + 1]}"
        if word in _OPENINGS:
            return word
    return ""
