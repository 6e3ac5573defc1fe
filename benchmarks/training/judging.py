"""What fitted models would do with lines: the figures of `../shared/matching/score.py`, and a reliability table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.training.fitting import confidence_rows, held_back
from knowledge.matching.outcome import LEAST_ASKING, bar
from knowledge.model import Place, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.training.fitting import Line
    from knowledge.matching.model import Logistic

POLICY = Policy()
_OVERHEARD = Place(addressed=False)
_PRECISION = 0.95
_EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0000001)


@dataclass(frozen=True, slots=True)
class Judged:
    """One line: how sure the first candidate is, whether it is right, and whether a guard forbids it."""

    line: Line
    sure: float
    right: bool
    guarded: bool

    @property
    def answered(self) -> bool:
        """Whether it would be answered when put to the bot."""
        return self.sure >= POLICY.answer_at and not self.guarded

    def spoken_up_for(self, asks: float) -> bool:
        """Tell whether it would be answered when overheard, where it asks as surely as `asks` and shows no telling."""
        return asks >= LEAST_ASKING and self.sure >= bar(POLICY, _OVERHEARD, asks) and not self.guarded


def judge(lines: Iterable[Line], rank: Logistic, confidence: Logistic, names: Sequence[str]) -> list[Judged]:
    """Put lines to the models. A line without candidates is sure of nothing."""
    found = []
    for line in lines:
        rows = confidence_rows(line, rank, names)
        if not rows:
            found.append(Judged(line, 0.0, right=False, guarded=False))
            continue
        number, values = max(rows, key=lambda row: confidence.log_odds(row[1]))
        found.append(Judged(line, confidence.probability(values), number == line.id, held_back(values)))
    return found


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Give the figures of one set, as shares of its answerable or unanswerable lines."""
    answerable = sum(one.line.id is not None for one in judged) or 1
    given = [one for one in judged if one.answered]
    unanswerable = [one for one in judged if one.line.id is None]
    back = sum(one.sure >= POLICY.choices_at and not one.answered for one in unanswerable)
    return {
        "R@1": sum(one.right for one in judged) / answerable,
        "answered": sum(one.right for one in given) / answerable,
        "precision": sum(one.right for one in given) / (len(given) or 1),
        "asked back": back / (len(unanswerable) or 1),
        "cov@P95": _coverage(judged) / answerable,
    }


def _coverage(judged: Sequence[Judged]) -> int:
    right = best = 0
    for given, one in enumerate(sorted(judged, key=lambda one: -one.sure), 1):
        right += one.right
        if right >= _PRECISION * given:
            best = right
    return best


def reliability(judged: Sequence[Judged]) -> list[tuple[str, int, float, float]]:
    """Give bands of confidence: the band, how many lines fall in it, their mean confidence, the share that is right."""
    rows = []
    for low, high in pairwise(_EDGES):
        inside = [one for one in judged if low <= one.sure < high and not one.guarded]
        if inside:
            sure = float(np.mean([one.sure for one in inside]))
            rows.append(
                (f"{low:.1f}-{min(high, 1.0):.1f}", len(inside), sure, float(np.mean([one.right for one in inside])))
            )
    return rows


def mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Give the mean of each figure."""
    return {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}
