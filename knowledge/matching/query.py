"""An asked text, taken apart: its terms, what each weighs, and what a misspelt one may have meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.matching._prefixes import opposed
from knowledge.matching.aspects import aspects, opening
from knowledge.matching.letters import pairs_of, trigrams_of
from knowledge.matching.phrases import without_filler
from knowledge.matching.spelling import mend_blanks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.segment import Segment

# More distinct words than this carry no more meaning, and only cost time.
MOST_TERMS = 24
_MOST_WORDS = 60
_MOST_UNKNOWN = 12
_LONGEST_WORD = 40
# What a word of the story around a question weighs beside a word of the question.
_STORY = 0.8


@dataclass(frozen=True, slots=True)
class Term:
    """One distinct term of an asked text, and the word it was read from.

    `known`: it stands in a stored wording. `ordinary`: it is ordinary English. `near`: for a word that is neither, the
    known terms it may be a misspelling of, nearest first. `asked`: it stands in the asking part of the text.
    """

    text: str
    word: str
    weight: float
    known: bool
    ordinary: bool
    asked: bool
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """An asked text as the index and the features see it.

    `words` is its asking part, `story` all of it where that is more. `line` is the asking part in one line, and what
    follows is of that too. `weight` is that of all terms, `asked_weight` that of the terms of the asking part.
    """

    words: tuple[str, ...]
    line: str
    trigrams: AbstractSet[str]
    pairs: AbstractSet[tuple[str, str]]
    aspects: frozenset[str]
    opening: str
    story: tuple[str, ...]
    terms: tuple[Term, ...]
    drugs: frozenset[str]
    weight: float
    asked_weight: float


class Weights(dict[str, float]):
    """What terms weigh in these segments together, looked up by term: 0 for one that everybody uses, 7 for a rare one.

    Terms that stand in a stored wording are remembered, others are not: members write them.
    """

    def __init__(self, segments: Sequence[Segment], lexicon: Lexicon) -> None:
        super().__init__()
        self._segments = segments
        self._lexicon = lexicon
        self.entries = sum(len(segment.questions) for segment in segments)

    def __missing__(self, term: str) -> float:
        entries = sum([segment.entries(term) for segment in self._segments])
        weight = self._lexicon.weight(term, entries, self.entries)
        if entries:
            self[term] = weight
        return weight


class Reader:
    """Takes asked texts apart, with the words of some segments."""

    def __init__(self, segments: Sequence[Segment], lexicon: Lexicon, weights: Weights) -> None:
        self._segments = segments
        self._lexicon = lexicon
        self._weights = weights
        self._found_near: dict[str, tuple[str, ...]] = {}

    def read(self, focus: Sequence[str], words: Sequence[str]) -> Query:
        """Take apart the normalised `words` of a text, of which `focus` ask."""
        asked = self._mended(without_filler(focus) or focus)
        story = self._mended(words[:_MOST_WORDS]) if len(focus) < len(words) else ()
        terms: dict[str, Term] = {}
        for part, in_focus in ((asked, True), (story, False)):
            for text, word in self._lexicon.spelled_terms(part):
                if text not in terms and len(terms) < MOST_TERMS:
                    terms[text] = self._term(text, word, in_focus)
        drugs = {
            text
            for term in terms.values()
            for text in (term.text, *term.near)
            if self._lexicon.is_drug(text, term.word)
        }
        line = " ".join(asked)
        return Query(
            words=asked,
            line=line,
            trigrams=trigrams_of(line),
            pairs=pairs_of(asked),
            aspects=aspects(asked),
            opening=opening(asked),
            story=story,
            terms=tuple(terms.values()),
            drugs=frozenset(drugs),
            weight=sum(term.weight for term in terms.values()),
            asked_weight=sum(term.weight for term in terms.values() if term.asked),
        )

    def _mended(self, words: Sequence[str]) -> tuple[str, ...]:
        return mend_blanks(words[:_MOST_WORDS], self._knows, lambda word: bool(self._near(word)))

    def _knows(self, word: str) -> bool:
        return self._lexicon.knows(word) or any(word in segment.vocabulary for segment in self._segments)

    def _term(self, text: str, word: str, in_focus: bool) -> Term:  # noqa: FBT001  # the loop above reads well
        known = any(text in segment.wordings.ids for segment in self._segments)
        ordinary = " " in word or not word.isalpha() or self._lexicon.knows(word)
        near = () if known or ordinary else self._near(word)
        weight = max([self._weights[other] for other in near], default=self._weights[text])
        return Term(text, word, weight if in_focus else _STORY * weight, known, ordinary, in_focus, near)

    def _near(self, word: str) -> tuple[str, ...]:
        """Give the known terms that an unknown word may have been meant for, nearest first.

        A medicine's name is near only where it is the one name that is, and no word is near its opposite.
        """
        near = self._found_near.get(word)
        if near is None:
            short = len(word) <= _LONGEST_WORD
            near = self._search(word) if short and len(self._found_near) < _MOST_UNKNOWN else ()
            self._found_near[word] = near
        return near

    def _search(self, word: str) -> tuple[str, ...]:
        found = sorted(
            ((edits, other) for segment in self._segments for other, edits in segment.vocabulary.near(word)),
        )
        generic, drug_edits = self._lexicon.drugs.misspelt(word)
        terms: dict[str, None] = {}
        for edits, other in found:
            term = self._lexicon.term(other)
            if opposed(word, other) or (
                term in self._lexicon.drug_terms and other in self._lexicon.drugs.generic_of and not generic
            ):
                continue
            if generic and drug_edits <= edits and term != self._lexicon.term(generic):
                continue
            terms[term] = None
        if generic and not (found and found[0][0] < drug_edits):
            terms = {self._lexicon.term(generic): None} | terms
        return tuple(terms)
