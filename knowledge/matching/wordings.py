"""Stored wordings as the features and guards read them: each taken apart once while it is in use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge.matching.aspects import aspects, opening
from knowledge.matching.letters import trigrams_of
from knowledge.matching.phrases import without_filler
from knowledge.matching.question import asking_part
from knowledge.matching.readings import claims_of
from knowledge.text import words

if TYPE_CHECKING:
    from knowledge.matching.claims import Claims
    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.model import Logistic

# Two kilobytes each: some 35 megabytes at most, for all wordings of a large book. To take one apart costs as much as to
# judge it.
_REMEMBERED = 1 << 14


@dataclass(frozen=True, slots=True)
class Wording:
    """A stored wording, also in one `line`, and its terms; `drugs` are those of its terms that name medicines.

    `trigrams` is how many different ones the line has: to keep them would take more room than all else. `claims` is
    what it says to the guards. `focus_terms` and `aspects` are those of its asking part, each once. Tuples and no sets,
    because thousands are remembered: the garbage collector goes through a tuple of texts once, and through every set
    each time.
    """

    text: str
    words: tuple[str, ...]
    terms: tuple[str, ...]
    focus_terms: tuple[str, ...]
    aspects: tuple[str, ...]
    opening: str
    drugs: tuple[str, ...]
    line: str
    trigrams: int
    claims: Claims


class WordingReader:
    """Takes stored wordings apart, and remembers those that were used last; what members write never comes here."""

    def __init__(self, lexicon: Lexicon, asks: Logistic) -> None:
        self._lexicon = lexicon
        self._asks = asks
        self.wording = lru_cache(_REMEMBERED)(self._wording)
        self.whole = lru_cache(_REMEMBERED)(self._whole)

    def _whole(self, text: str) -> Claims:
        """Give what all of a wording says, with greetings and the like: so an entry's title is read."""
        found = words(text)
        return claims_of(found, tuple(self._lexicon.terms(found)), self._lexicon.kinds)

    def _wording(self, text: str) -> Wording:
        whole = self.whole(text)
        stored = without_filler(whole.words)
        claims = whole
        if len(stored) < len(whole.words):
            claims = claims_of(stored, tuple(self._lexicon.terms(stored)), self._lexicon.kinds)
        focus = asking_part(text, stored, self._asks)
        return Wording(
            text=text,
            words=stored,
            terms=claims.terms,
            focus_terms=tuple(dict.fromkeys(claims.terms if focus == stored else self._lexicon.terms(focus))),
            aspects=tuple(aspects(focus)),
            opening=opening(stored),
            drugs=tuple([term for term in claims.terms if self._lexicon.is_drug(term)]),
            line=(line := " ".join(stored)),
            trigrams=len(trigrams_of(line)),
            claims=claims,
        )
