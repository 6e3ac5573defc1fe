"""Stored wordings as the features and guards read them: each taken apart once while it is in use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.matching.letters import Letters, letters_of
from knowledge.matching.phrases import without_filler
from knowledge.matching.question import asking_part
from knowledge.text import words

if TYPE_CHECKING:
    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.model import Logistic

# Some ten megabytes at most.
_REMEMBERED = 1 << 12


@dataclass(frozen=True, slots=True)
class Wording:
    """A stored wording and its terms; `drugs` are those of its terms that name medicines."""

    text: str
    words: tuple[str, ...]
    terms: tuple[str, ...]
    focus: tuple[str, ...]
    focus_terms: frozenset[str]
    drugs: tuple[str, ...]
    letters: Letters


@dataclass(frozen=True, slots=True)
class Title:
    """The words of an entry's title, and their terms."""

    words: tuple[str, ...]
    terms: tuple[str, ...]


class WordingReader:
    """Takes stored wordings apart, and remembers those that were used last; what members write never comes here."""

    def __init__(self, lexicon: Lexicon, asks: Logistic) -> None:
        self._lexicon = lexicon
        self._asks = asks
        self.wording = lru_cache(_REMEMBERED)(self._wording)
        self.title = lru_cache(_REMEMBERED)(self._title)

    def _wording(self, text: str) -> Wording:
        stored = without_filler(words(text))
        focus = asking_part(text, stored, self._asks)
        terms = tuple(self._lexicon.terms(stored))
        focus_terms = frozenset(terms) if focus == stored else frozenset(self._lexicon.terms(focus))
        drugs = tuple(term for term in terms if self._lexicon.is_drug(term))
        return Wording(text, stored, terms, focus, focus_terms, drugs, letters_of(stored))

    def _title(self, text: str) -> Title:
        found = words(text)
        return Title(found, tuple(self._lexicon.terms(found)))
