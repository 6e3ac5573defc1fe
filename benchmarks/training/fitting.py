"""Fit the two logistic models: which of a line's candidates is meant, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from knowledge.matching.features import together
from knowledge.matching.guards import by_features
from knowledge.matching.matcher import beside
from knowledge.matching.model import Logistic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

# What each set counts for: those made to mislead teach the guards more than the odds.
SET_WEIGHTS = {"lookalikes": 0.1, "chatter": 0.15, "talk": 0.15}
# A line whose right entry is taken away has no right answer, only near ones: the hardest kind of unanswerable line, and
# there in every set. How much these count, beside the lines as they are.
_TAKEN_AWAY = 0.08
# What the lines asked of a set's small books count together, beside those asked of the whole set.
_SMALL_BOOKS = 0.1
# The confidence is that of a text put to the bot. Sets made to mislead, and overheard lines, count half of what they
# count above when it is calibrated; none at all would let answers on near questions fall below nine in ten.
_MISLEADING_WHEN_CALIBRATED = 0.5
_RANK_PENALTY = 2e-3
_CONFIDENCE_C = 0.1
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One asked text: the right id, and its candidates' ids and features (a row each)."""

    text: str
    id: str | None
    kind: str
    ids: tuple[str, ...]
    rows: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Collected:
    """The lines of each set, asked of the whole set and of small books cut out of it; the names of the features."""

    names: tuple[str, ...]
    whole: Mapping[str, list[Line]]
    small: Mapping[str, list[Line]]

    def but(self, left_out: str) -> Collected:
        """Give all sets but one."""
        whole = {name: lines for name, lines in self.whole.items() if name != left_out}
        return Collected(self.names, whole, {name: self.small[name] for name in self.small if name != left_out})


def fit(sets: Collected) -> tuple[Logistic, Logistic]:
    """Fit both models. Look-alikes have no right order to learn from."""
    rank = fit_rank({name: lines for name, lines in sets.whole.items() if name != "lookalikes"}, sets.names)
    return rank, fit_confidence(sets.whole, sets.small, rank, sets.names)


def fit_rank(sets: Mapping[str, Sequence[Line]], names: Sequence[str]) -> Logistic:
    """Fit the order: the weights that make the right candidate the likeliest of its line; each set counts the same."""
    chosen = [
        (line, 1.0 / len(lines))
        for lines in sets.values()
        for line in lines
        if line.id is not None and line.id in line.ids
    ]
    x = np.vstack([line.rows for line, _ in chosen]).astype(np.float64)
    starts = np.cumsum([0, *(len(line.rows) for line, _ in chosen)])
    line_of = np.repeat(np.arange(len(chosen)), np.diff(starts))
    goal = starts[:-1] + np.asarray([line.ids.index(line.id or "") for line, _ in chosen])
    weight = np.asarray([share for _, share in chosen]) / len(sets)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = x @ w
        top = np.maximum.reduceat(scores, starts[:-1])
        raised = np.exp(scores - top[line_of])
        sums = np.add.reduceat(raised, starts[:-1])
        value = float(weight @ (np.log(sums) + top - scores[goal])) + _RANK_PENALTY * float(w @ w)
        shares = raised / sums[line_of] * weight[line_of]
        return value, x.T @ shares - x[goal].T @ weight + 2 * _RANK_PENALTY * w

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return Logistic(0.0, dict(zip(names, map(float, best.x), strict=True)))


def confidence_rows(line: Line, rank: Logistic, names: Sequence[str]) -> list[tuple[str, dict[str, float]]]:
    """Give a line's candidates in the rank model's order, with all features the confidence model sees."""
    if not line.ids:
        return []
    scores = line.rows @ np.asarray([rank.weights.get(name, 0.0) for name in names]) + rank.intercept
    order = np.argsort(-scores, kind="stable")
    ranks = [float(scores[place]) for place in order]
    found = []
    for place, row in enumerate(order):
        values = dict(zip(names, map(float, line.rows[row]), strict=True)) | beside(ranks, place)
        found.append((line.ids[row], values | together(values)))
    return found


def held_back(values: Mapping[str, float]) -> bool:
    """Tell from a candidate's features whether a guard keeps it from being answered."""
    return bool(values["guard_hard"] or values["guard_soft"] or by_features(values))


@dataclass(frozen=True, slots=True)
class _Table:
    """The first candidates of many lines, ready to fit: features, whether right, weight, number of the line.

    `natural` are lines as members typed them, of which no guard holds the answer back.
    """

    columns: tuple[str, ...]
    x: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: NDArray[np.float64]
    line: NDArray[np.int64]
    natural: NDArray[np.bool_]
    calibrating: NDArray[np.float64]


def _table(
    whole: Mapping[str, Sequence[Line]], small: Mapping[str, Sequence[Line]], rank: Logistic, names: Sequence[str]
) -> _Table:
    rows: list[list[float]] = []
    marks: list[tuple[bool, float, int, bool, float]] = []
    columns: tuple[str, ...] = ()
    for number, line, weight, natural, calibrating in _weighed(whole, small):
        for first, values in confidence_rows(line, rank, names)[:1]:
            columns = tuple(values)
            rows.append(list(values.values()))
            marks.append((first == line.id, weight, number, natural and not held_back(values), calibrating))
    right, weights, numbers, natural_rows, scale = (np.asarray(column) for column in zip(*marks, strict=True))
    return _Table(columns, np.asarray(rows), right, 1000.0 * weights, numbers, natural_rows, 1000.0 * scale)


def _weighed(
    whole: Mapping[str, Sequence[Line]], small: Mapping[str, Sequence[Line]]
) -> Iterator[tuple[int, Line, float, bool, float]]:
    """Give lines to fit: number, line, weight, whether it is as members typed it, and its weight in the calibration."""
    for name, lines in whole.items():
        share = SET_WEIGHTS.get(name, 1.0) / len(lines)
        calibrating = share * (_MISLEADING_WHEN_CALIBRATED if name in SET_WEIGHTS else 1.0)
        for number, line in enumerate(lines):
            yield number, line, share, True, calibrating
            yield number, _without_right(line), share * _TAKEN_AWAY, False, 0.0
    for name, lines in small.items():
        share = _SMALL_BOOKS * SET_WEIGHTS.get(name, 1.0) / len(lines)
        for number, line in enumerate(lines):
            yield number, line, share, False, 0.0


def _without_right(line: Line) -> Line:
    if line.id is None or line.id not in line.ids:
        return replace(line, ids=())
    keep = [place for place, number in enumerate(line.ids) if number != line.id]
    return replace(line, id=None, ids=tuple(line.ids[place] for place in keep), rows=line.rows[keep])


def fit_confidence(
    whole: Mapping[str, Sequence[Line]], small: Mapping[str, Sequence[Line]], rank: Logistic, names: Sequence[str]
) -> Logistic:
    """Fit the probability that a line's first candidate is the one meant, and calibrate it.

    `whole` are the lines asked of each set, `small` those asked of small books cut out of it.

    The calibration (Platt, "Probabilistic outputs for support vector machines", 1999) is fitted on what lines got while
    they took no part in the fitting, a fifth of them in turn; without the lines whose right entry was taken away,
    those asked of small books, and those that a guard keeps from being answered.
    """
    table = _table(whole, small, rank, names)
    odds = np.zeros(len(table.x))
    for fold in range(_FOLDS):
        held = table.line % _FOLDS == fold
        odds[held] = _fit(table, ~held)(table.x[held])
    natural = table.natural
    platt = LogisticRegression(C=100.0)
    platt.fit(odds[natural, None], table.right[natural], sample_weight=table.calibrating[natural])
    slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    weights, intercept = _fitted(table, np.ones(len(table.x), dtype=bool))
    return Logistic(slope * intercept + shift, dict(zip(table.columns, map(float, slope * weights), strict=True)))


def _fit(table: _Table, rows: NDArray[np.bool_]) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    weights, intercept = _fitted(table, rows)
    return lambda x: x @ weights + intercept


def _fitted(table: _Table, rows: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    x = table.x[rows]
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=_CONFIDENCE_C, max_iter=1000)
    model.fit((x - middle) / spread, table.right[rows], sample_weight=table.weight[rows])
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ middle)
