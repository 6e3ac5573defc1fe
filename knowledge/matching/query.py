"""An asked text, taken apart: its terms, what each weighs, and what a misspelt one may have meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.segment import Segment

# More distinct words than this carry no more meaning, and only cost time.
MOST_TERMS = 24
_MOST_UNKNOWN = 12


@dataclass(frozen=True, slots=True)
class Term:
    """One distinct term of an asked text.

    `known`: it stands in a stored wording. `near`: for a word that is neither known nor ordinary English, the known
    terms it may be a misspelling of, nearest first.
    """

    text: str
    weight: float
    known: bool
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """An asked text as the index and the features see it."""

    words: tuple[str, ...]
    terms: tuple[Term, ...]

    @property
    def weight(self) -> float:
        """The weights of all terms together."""
        return sum(term.weight for term in self.terms)


class Weigher:
    """What terms weigh in these segments together; remembers for the length of one question."""

    def __init__(self, segments: Sequence[Segment], lexicon: Lexicon) -> None:
        self._segments = segments
        self._lexicon = lexicon
        self._rows = sum(segment.wordings.size for segment in segments)
        self._seen: dict[str, float] = {}

    def __call__(self, term: str) -> float:
        """Give the weight of a term: at least 0, about 8 for one that nobody uses."""
        weight = self._seen.get(term)
        if weight is None:
            rows = sum(segment.wordings.count(term) for segment in self._segments)
            weight = self._seen[term] = self._lexicon.weight(term, rows, self._rows)
        return weight


def read_query(words: tuple[str, ...], segments: Sequence[Segment], lexicon: Lexicon, weigh: Weigher) -> Query:
    """Take apart the normalised words of a text."""
    terms: dict[str, Term] = {}
    unknown = 0
    for text in dict.fromkeys(lexicon.terms(words)):
        if len(terms) == MOST_TERMS:
            break
        known = any(text in segment.wordings.ids for segment in segments)
        near: tuple[str, ...] = ()
        if not known and not lexicon.knows(text) and text.isalpha() and unknown < _MOST_UNKNOWN:
            unknown += 1
            near = _near(text, segments, lexicon)
        weight = max((weigh(other) for other in near), default=weigh(text))
        terms[text] = Term(text, weight, known, near)
    return Query(words, tuple(terms.values()))


def _near(word: str, segments: Sequence[Segment], lexicon: Lexicon) -> tuple[str, ...]:
    found = [pair for segment in segments for pair in segment.vocabulary.near(word)]
    return tuple(dict.fromkeys(lexicon.term(near) for near, _ in sorted(found, key=lambda pair: (pair[1], pair[0]))))
