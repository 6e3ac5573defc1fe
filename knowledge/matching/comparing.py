"""A text held against the wordings of one stored question after the other: which is nearest, and what guards find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.matching.features import Pairing, pair
from knowledge.matching.guards import disagreements, other_things
from knowledge.matching.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.matching.claims import Claims
    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.query import Query, Weights
    from knowledge.matching.segment import Segment
    from knowledge.matching.wordings import Wording, WordingReader
    from knowledge.model import GuardFinding

# A wording that contradicts the text gives way to another of the same entry that is nearly as near.
_CONTRADICTED = 0.3


@dataclass(frozen=True, slots=True)
class Nearest:
    """The wording of an entry nearest to a text, and what guards find in it.

    `second` is how near the next nearest is (0 without one).
    """

    wording: Wording
    paired: Pairing
    findings: tuple[GuardFinding, ...]
    second: float


class Comparing:
    """Holds one text against stored wordings."""

    def __init__(self, query: Query, lexicon: Lexicon, stored: WordingReader, weights: Weights) -> None:
        self._query = query
        self._lexicon = lexicon
        self._stored = stored
        self._weights = weights
        self._readings = Readings(query, lexicon.kinds)

    def nearest(self, segment: Segment, rows: Sequence[int]) -> Nearest:
        """Give which of the wordings in `rows`, all of one entry, is nearest to the text."""
        found = []
        title = self._stored.whole(segment.questions[int(segment.question_of[rows[0]])].title)
        for row in rows:
            wording = self._stored.wording(segment.wording(row))
            paired = pair(self._query, wording, self._lexicon, self._weights)
            findings = self._findings(wording, paired, title)
            hard = any(finding.hard for finding in findings)
            found.append((paired.closeness - _CONTRADICTED * hard, wording, paired, findings))
        found.sort(key=lambda one: -one[0])
        second = found[1][0] if len(found) > 1 else 0.0
        _, wording, paired, findings = found[0]
        denied = _denied_elsewhere(wording, findings, [one[3] for one in found[1:]])
        return Nearest(wording, paired, findings + denied, second)

    def _findings(self, wording: Wording, paired: Pairing, title: Claims) -> tuple[GuardFinding, ...]:
        text = self._readings(paired.mended)
        found = disagreements(text, wording.claims, title, wording.drugs)
        return found + other_things(text, wording.claims, title, self._lexicon.kinds)


def _denied_elsewhere(
    wording: Wording, findings: Sequence[GuardFinding], others: Sequence[Sequence[GuardFinding]]
) -> tuple[GuardFinding, ...]:
    """Give what a text denies and another wording of the entry asks, where the nearest wording does not name it."""
    if not others or any(finding.guard == "polarity" for finding in findings):
        return ()
    denied = [one for other in others for one in other if one.guard == "polarity" and one.asked.startswith("not ")]
    return tuple(replace(one, hard=False) for one in denied[:1] if one.stored not in wording.words)
