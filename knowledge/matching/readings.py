"""Reads texts for what guards compare: stored ones as they stand, an asked one in each way it may be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.matching import _numbers, _opposites, _order, _polarity, _prefixes, _purpose
from knowledge.matching.claims import Claims

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.matching._kinds import Kind
    from knowledge.matching.query import Query


def claims_of(words: tuple[str, ...], terms: tuple[str, ...], kinds: Mapping[str, Kind]) -> Claims:
    """Read normalised words, and their terms, for what guards compare."""
    things = {name: named for name, kind in kinds.items() if (named := kind.named(terms))}
    return Claims(
        words=words,
        terms=terms,
        amounts=_numbers.amounts(words),
        members=_opposites.members(words),
        denied=_polarity.denied(words),
        prefixed=_prefixes.prefixed(words),
        things=things,
        purposes=_purpose.purposes(terms, kinds["treatment"], kinds["illness"]),
        anchors=_order.anchors(terms),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What the asking part of a text says, and all of it (`story`); `drugs` are the generics that it names, sorted."""

    asked: Claims
    story: Claims
    drugs: tuple[str, ...]


class Readings:
    """The readings of one text: most candidates take its words for the same, so each is made once."""

    def __init__(self, query: Query, kinds: Mapping[str, Kind]) -> None:
        self._query = query
        self._kinds = kinds
        self._made: dict[tuple[tuple[str, str], ...], Reading] = {}

    def __call__(self, mended: Mapping[str, str]) -> Reading:
        """Give the text as it reads where each misspelt word is `mended`: taken for a stored term."""
        key = tuple(mended.items())
        reading = self._made.get(key)
        if reading is None:
            reading = self._made[key] = self._read(mended)
        return reading

    def _read(self, mended: Mapping[str, str]) -> Reading:
        query = self._query
        terms = [(mended.get(term.word, term.text), term.asked) for term in query.terms]
        asked = claims_of(
            tuple([mended.get(word, word) for word in query.words]),
            tuple([term for term, in_asking_part in terms if in_asking_part]),
            self._kinds,
        )
        story = asked
        if query.story:
            said = tuple([mended.get(word, word) for word in query.story])
            story = claims_of(said, tuple([term for term, _ in terms]), self._kinds)
        return Reading(asked, story, self._drugs({term for term, _ in terms}, mended))

    def _drugs(self, meant: set[str], mended: Mapping[str, str]) -> tuple[str, ...]:
        named = self._query.drugs
        return tuple(sorted(named & meant if mended else named))
