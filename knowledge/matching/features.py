"""What speaks for and against a stored question being what a text asks: numbers by name, each about 0 to 1."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from knowledge.matching.letters import dice, pairs_of
from knowledge.matching.stem import stem
from knowledge.matching.wording_features import of_aspects, of_letters

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.query import Query, Term
    from knowledge.matching.wordings import Wording
    from knowledge.model import GuardFinding

# From this weight on a word carries meaning: about one in thirty general texts holds it, or fewer.
CONTENT = 3.2
# From this weight on it may be the word that decides what is asked, where a third of an entry's wordings hold it.
_TELLING = 4.0
_CORE = 1 / 3
_RELATED = 0.5
_MOST_COUNTED = 5
_LIKE_LETTERS = 0.65
_LONG_WORD = 6
# From this weight on a word is no mere grammar; one that half of a book is about weighs no more.
_SAID = 3.5


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which terms of a text and of a wording are found on the other side.

    `credit` gives for each shared asked term how surely it is the same: 1, or less for a related word. `mended` gives
    for each misspelt word the stored term it was taken for.
    """

    credit: Mapping[str, float]
    mended: Mapping[str, str]
    missing_asked: tuple[Term, ...]
    missing_stored: tuple[str, ...]
    shared: float
    asked: float
    stored: float
    residue: float

    @property
    def coverage_asked(self) -> float:
        """The share of the text's weight that the wording has too."""
        return self.shared / (self.asked or 1.0)

    @property
    def coverage_stored(self) -> float:
        """The share of the wording's weight that the text has too."""
        return self.shared / (self.shared + self.stored or 1.0)

    @property
    def closeness(self) -> float:
        """Both coverages in one number, 0 to 1."""
        return 2 * self.shared / (self.asked + self.shared + self.stored or 1.0)


def pair(query: Query, wording: Wording, lexicon: Lexicon, weights: Mapping[str, float]) -> Pairing:
    """Pair the terms of a text with those of a wording: the same, misspelt, or related ones."""
    left = dict.fromkeys(wording.terms)
    credit: dict[str, float] = {}
    mended: dict[str, str] = {}
    rest: list[Term] = []
    shared = 0.0
    for term in query.terms:
        partner = term.text if term.text in left else _respelled(term, left)
        if partner is None:
            rest.append(term)
        else:
            del left[partner]
            credit[term.text] = 1.0
            shared += term.weight
            if partner != term.text:
                mended[term.word] = partner
    missing: list[Term] = []
    for term in rest:
        partner = lexicon.first_related(term.text, left) if term.text in lexicon.groups else None
        if partner is None:
            missing.append(term)
        else:
            del left[partner]
            credit[term.text] = _RELATED
            shared += _RELATED * term.weight
    return Pairing(
        credit=credit,
        mended=mended,
        missing_asked=tuple(missing),
        missing_stored=tuple(left),
        shared=shared,
        asked=query.weight,
        stored=sum([weights[term] for term in left]),
        residue=_residue(missing, tuple(left)),
    )


def _respelled(term: Term, stored: Container[str]) -> str | None:
    """Give the first of `stored` that a term may be a misspelling of."""
    for near in term.near:
        if near in stored:
            return near
    return None


def _residue(asked: Sequence[Term], stored: Sequence[str]) -> float:
    """Give how alike the letters of what is left on both sides are, where a word of the text is no known word."""
    if not stored or all(term.ordinary or term.known for term in asked):
        return 0.0
    return fuzz.ratio("".join(term.word for term in asked), "".join(stored)) / 100


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What an entry holds beside the chosen wording.

    `in_wordings` gives for each asked term the share of the entry's wordings that hold it, where any does;
    `in_answers` are the asked terms in its answers, details or topics; `core` gives for each stored term of the chosen
    wording the share of the entry's wordings that hold it: what few of them hold is not what the entry is about.
    """

    in_wordings: Mapping[str, float]
    in_answers: frozenset[str]
    core: Mapping[str, float]


def features(  # noqa: PLR0913, PLR0917  # what one question is judged by
    query: Query,
    wording: Wording,
    paired: Pairing,
    elsewhere: Elsewhere,
    findings: Sequence[GuardFinding],
    weights: Mapping[str, float],
) -> dict[str, float]:
    """Give the features of one stored question, by its nearest wording."""
    return {
        **_of_terms(query, paired, elsewhere, weights),
        **of_letters(query, wording),
        "swapped": _swapped(query, wording, paired, elsewhere, weights),
        **of_aspects(query, wording),
        **_of_focus(query, wording, paired, weights),
        "guard_hard": float(any(finding.hard for finding in findings)),
        "guard_soft": float(not all(finding.hard for finding in findings)),
    }


# Features that say more together: a small lead matters less where every word is found.
_TOGETHER = ("lead", "rank", "coverage_focus", "coverage_core", "anywhere_coverage")
# In a book of few entries no rival stands by, and what is asked is most often not there: then these count for more.
_WITH_FEW = ("lead", "coverage_core", "anywhere_coverage", "nowhere_max", "other_word", "substituted")


_PRODUCTS = tuple(
    (f"{one} * {other}", one, other) for place, one in enumerate(_TOGETHER) for other in _TOGETHER[place:]
) + tuple((f"few * {one}", "few", one) for one in _WITH_FEW)


def together(values: Mapping[str, float]) -> dict[str, float]:
    """Give the products of the leading features, two by two and each by itself, and with how few entries there are."""
    return {name: values[one] * values[other] for name, one, other in _PRODUCTS}


def _of_terms(query: Query, paired: Pairing, elsewhere: Elsewhere, weights: Mapping[str, float]) -> dict[str, float]:
    missing_asked = [term.weight for term in paired.missing_asked if term.asked]
    core = [weights[term] * elsewhere.core.get(term, 1.0) for term in paired.missing_stored]
    heavy_asked = [weight for weight in missing_asked if weight > CONTENT]
    heavy_stored = [weight for weight in core if weight > CONTENT]
    total = query.weight or 1.0
    in_wordings = elsewhere.in_wordings
    in_entry = [term.weight for term in query.terms if term.text in in_wordings or term.text in paired.credit]
    unseen = [term for term in paired.missing_asked if term.text not in in_wordings]
    nowhere = [term for term in unseen if term.text not in elsewhere.in_answers]
    unknown = [term.weight for term in paired.missing_asked if not (term.known or term.ordinary)]
    return {
        "coverage_asked": paired.coverage_asked,
        "coverage_focus": 1.0 - sum(missing_asked) / (query.asked_weight or 1.0),
        "coverage_stored": paired.coverage_stored,
        "coverage_core": paired.shared / (paired.shared + sum(core) or 1.0),
        "closeness": paired.closeness,
        "shared_weight": math.log1p(paired.shared) / 4,
        "missing_asked": math.log1p(sum(heavy_asked)) / 3,
        "missing_stored": math.log1p(sum(heavy_stored)) / 3,
        "missing_asked_count": min(len(heavy_asked), _MOST_COUNTED) / _MOST_COUNTED,
        "missing_stored_count": min(len(heavy_stored), _MOST_COUNTED) / _MOST_COUNTED,
        "missing_asked_max": max(missing_asked, default=0.0) / 7,
        "missing_stored_max": max(core, default=0.0) / 7,
        "substituted": float(bool(heavy_asked) and bool(heavy_stored)),
        "substituted_one": float(len(heavy_asked) == 1 and len(heavy_stored) == 1),
        "nothing_missing": float(not heavy_asked and not heavy_stored),
        "nothing_asked_missing": float(not heavy_asked),
        "nothing_stored_missing": float(not heavy_stored),
        "missing_known": sum([term.weight for term in paired.missing_asked if term.known]) / total,
        "missing_unknown": sum(unknown) / total,
        "residue": paired.residue,
        "entry_coverage": sum(in_entry) / total,
        "anywhere_coverage": 1.0 - sum([term.weight for term in nowhere]) / total,
        "other_word": float(any(map(_says_another, nowhere)) and _lacks(_TELLING, paired, elsewhere, weights)),
        "nowhere_max": max([term.weight for term in nowhere], default=0.0) / 7,
        "entry_density": sum([term.weight * in_wordings.get(term.text, 0.0) for term in query.terms]) / total,
        "content_asked": min(sum([term.weight > CONTENT for term in query.terms]), 8) / 8,
        "story": float(bool(query.story)),
        "story_missing": sum([term.weight for term in paired.missing_asked if not term.asked]) / total,
    }


def _says_another(term: Term) -> bool:
    """Tell whether a term that an entry holds nowhere names something else, and is no misspelling."""
    return term.asked and term.weight > _TELLING and (term.ordinary or term.known)


def _lacks(least: float, paired: Pairing, elsewhere: Elsewhere, weights: Mapping[str, float]) -> bool:
    """Tell whether the text lacks a word, of more than the `least` weight, that tells what the entry is about."""
    return any(weights[term] > least and elsewhere.core.get(term, 1.0) >= _CORE for term in paired.missing_stored)


def _swapped(
    query: Query, wording: Wording, paired: Pairing, elsewhere: Elsewhere, weights: Mapping[str, float]
) -> float:
    """Give how alike a text and a wording are but for the telling words that each has in place of the other's.

    That is Dice's coefficient of what is left, by words in a row; 0 where no word of the text names something else that
    no wording of the entry holds. Letters much alike are one word misspelt.
    """
    if paired.residue >= _LIKE_LETTERS or not _lacks(_SAID, paired, elsewhere, weights):
        return 0.0
    others = (term for term in paired.missing_asked if _says_another(term) or _is_foreign(term))
    if all(term.text in elsewhere.in_wordings for term in others):
        return 0.0
    ours = {word for term in paired.missing_asked if term.weight > CONTENT for word in term.word.split()}
    theirs = {part for term in paired.missing_stored if weights[term] > CONTENT for part in term.split("_")}
    asked = [word for word in query.words if word not in ours]
    stored = [word for word in wording.words if stem(word) not in theirs]
    return dice(pairs_of(asked), pairs_of(stored))


def _is_foreign(term: Term) -> bool:
    """Tell whether a term is a long word that nobody knows and that resembles none: a name, and no misspelling."""
    return term.asked and not (term.ordinary or term.known or term.near) and len(term.word) >= _LONG_WORD


def _of_focus(query: Query, wording: Wording, paired: Pairing, weights: Mapping[str, float]) -> dict[str, float]:
    """Compare the asking parts of text and wording: a story shared is not a question shared."""
    stored = wording.focus_terms
    met, meant = 0.0, set()
    for term in query.terms:
        if term.asked:
            text = paired.mended.get(term.word, term.text)
            meant.add(text)
            if text in stored:
                met += term.weight
    both = sum([weights[term] for term in stored if term in meant])
    return {
        "focus_asked": met / (query.asked_weight or 1.0),
        "focus_stored": both / (sum([weights[term] for term in stored]) or 1.0),
    }
