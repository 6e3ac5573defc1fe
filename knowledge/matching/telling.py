"""Which words of a text and of a stored wording meet, as a person would point them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching.features import CONTENT
from knowledge.matching.phrases import AUXILIARIES, INTERROGATIVES, SUBJECTS
from knowledge.matching.stem import stem
from knowledge.model import TellingWords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.matching.features import Pairing
    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.query import Query
    from knowledge.matching.wordings import Wording

_GRAMMAR = AUXILIARIES | INTERROGATIVES | SUBJECTS


def telling_words(
    query: Query, wording: Wording, paired: Pairing, lexicon: Lexicon, weights: Mapping[str, float]
) -> TellingWords:
    """Compare the words that say what a text and a wording are about; those that everybody uses are left out."""
    spelled = dict(lexicon.spelled_terms(wording.words))
    paired_terms = [term for term in query.terms if term.text in paired.credit and term.word not in paired.mended]
    literal = {term.word for term in paired_terms if stem(term.word) == stem(spelled.get(term.text, ""))}
    return TellingWords(
        shared=tuple(term.word for term in paired_terms if term.word in literal and _tells(term.word, term.weight)),
        alike=tuple(term.word for term in paired_terms if term.word not in literal and _tells(term.word, term.weight)),
        read_as=tuple((word, spelled.get(term, term)) for word, term in paired.mended.items()),
        only_asked=tuple(term.word for term in paired.missing_asked if _tells(term.word, term.weight)),
        only_stored=tuple(
            word for term in paired.missing_stored if _tells(word := spelled.get(term, term), weights[term])
        ),
    )


def _tells(word: str, weight: float) -> bool:
    return weight > CONTENT and word not in _GRAMMAR
