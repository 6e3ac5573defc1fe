"""Fit the weights of the emergency screen's second look, and tell what they do to lines that took no part.

    python -m benchmarks.screen_weights [--write]

Learned from the labelled lines of the tests, the rules' own lines, the development lines beside the project and, as
lines that must stay calm, the shipped book's wordings and the question sets beside the project. Authors are left out in
turns, some at a time, and each question set by itself. For each is printed what it is judged by: what the rules made of
its lines before they were widened by them, what weights that never saw the author do alone, and what both do together.
`--write` replaces knowledge/safety/weights.json.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.screen_lines import CALM, CALM_SETS, KINDS, Line, all_lines
from knowledge.model import Tier
from knowledge.safety.emergency import second_look
from knowledge.safety.weighing import WEIGHTS_FILE, Weights, features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.model import Verdict

# From which log-odds on a text alarms, and up to which it surely reads calm. Chosen on authors that took no part:
# alarms in about six of a hundred harmless lines that were written to mislead; an alarm of the rules is lowered where
# nine of ten were false, and less than one of two hundred emergencies is lost by it.
ALARM_AT, SELF_HARM_AT = 1.2, 0.3
CALM_AT, CALM_OF_SELF_HARM_AT = -3.0, -5.0
# Softer weights (a smaller figure) find less that is new.
_SOFTNESS = 20.0
# Question sets are plenty and easy, so that each of their lines counts less.
_CALM_SETS_COUNT = 0.3
# What stands in one line alone tells of that line. To choose the features by their weights instead finds a twentieth
# less: the greatest weights are those of single lines.
_LEAST_LINES = 2
# Weights under this change no verdict: without them the file is a third shorter and nothing else differs.
_LEAST_WEIGHT = 1.5
_TURNS = 6


@dataclass(frozen=True, slots=True)
class Judged:
    """A line that took no part: whether it alarms by the weights alone, and by rules and weights together."""

    line: Line
    alone: bool
    both: bool


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="replace knowledge/safety/weights.json")
    write = options.parse_args().write
    lines = all_lines()
    authors = list(dict.fromkeys(line.author for line in lines if line.by_rules and line.author not in CALM_SETS))
    print(f"{'':<20}{'lines':>6}   by the rules at first   by weights alone        both")
    print(f"{'left out':<20}{'':>6}   {'found  self-harm  false   ' * 3}")
    together: list[Judged] = []
    for out in (*(authors[turn::_TURNS] for turn in range(_TURNS)), *([name] for name in CALM_SETS)):
        weights = fit([line for line in lines if line.author not in out])
        for author in out:
            judged = [judge(line, line.by_rules, weights) for line in lines if line.author == author and line.by_rules]
            tell(author, judged)
            together += judged if author in authors else []
    tell("all authors", together)
    if write:
        WEIGHTS_FILE.write_text(_as_json(fit(lines)), "utf-8")


def judge(line: Line, by_rules: Verdict, weights: Weights) -> Judged:
    """Judge one line by weights, and by what the rules make of it with a second look."""
    weighed = weights.weigh(line.reading)
    both = second_look(by_rules, weighed)
    return Judged(line, alone=weighed.alarming, both=both.tier is Tier.EMERGENCY)


def tell(name: str, judged: Sequence[Judged]) -> None:
    """Print the shares of lines that alarm."""
    found = [one for one in judged if one.line.kind != CALM]
    self_harm = [one for one in found if one.line.kind == "suicide"]
    calm = [one for one in judged if one.line.kind == CALM and not one.line.tolerated]
    told = ""
    for alarms in (_by_rules, attrgetter("alone"), attrgetter("both")):
        shares = (f"{np.mean([alarms(one) for one in some]):.3f}" if some else "-" for some in (found, self_harm, calm))
        told += "   {:>5}  {:>9}  {:>5}".format(*shares)
    print(f"{name:<20}{len(judged):>6}{told}", flush=True)


def fit(lines: Sequence[Line]) -> Weights:
    """Fit one model of calm texts and all kinds of alarm; the same lines give the same weights."""
    lines = [line for line in lines if not line.tolerated]
    seen = Counter(feature for line in lines for feature in features(line.reading))
    names = sorted(feature for feature, count in seen.items() if count >= _LEAST_LINES)
    # A rare feature tells more than a common one: it is given more room.
    room = np.log(len(lines) / np.array([seen[name] for name in names]))
    model = LogisticRegression(C=_SOFTNESS, max_iter=300)
    counts = [_CALM_SETS_COUNT if line.author in CALM_SETS else 1.0 for line in lines]
    model.fit(_matrix(lines, names).multiply(room).tocsr(), [line.kind for line in lines], sample_weight=counts)
    kinds = list(model.classes_)
    order = [kinds.index(kind) for kind in KINDS]
    against_calm = model.coef_[order] - model.coef_[kinds.index(CALM)]
    start = model.intercept_[order] - model.intercept_[kinds.index(CALM)]
    return Weights(
        kinds=KINDS,
        start=tuple(round(float(one), 3) for one in start),
        features={
            name: " ".join(str(round(10 * one)) for one in column)
            for name, column in zip(names, (against_calm * room).T, strict=True)
            if max(abs(column)) >= _LEAST_WEIGHT
        },
        alarm_at=ALARM_AT,
        self_harm_at=SELF_HARM_AT,
        calm_at=CALM_AT,
        calm_of_self_harm_at=CALM_OF_SELF_HARM_AT,
    )


def _matrix(lines: Sequence[Line], names: Sequence[str]) -> csr_matrix:
    """Give the features of each line, the length of its row taken out."""
    column = {name: at for at, name in enumerate(names)}
    values, rows, columns = [], [], []
    for row, line in enumerate(lines):
        every = features(line.reading)
        known = [column[feature] for feature in every if feature in column]
        values += [len(every) ** -0.5] * len(known)
        rows += [row] * len(known)
        columns += known
    return csr_matrix((values, (rows, columns)), shape=(len(lines), len(names)))


def _by_rules(judged: Judged) -> bool:
    return judged.line.by_rules is not None and judged.line.by_rules.tier is Tier.EMERGENCY


def _as_json(weights: Weights) -> str:
    about = {
        "made": datetime.now(UTC).date().isoformat(),
        "by": "python -m benchmarks.screen_weights --write",
        "alarm_at": weights.alarm_at,
        "self_harm_at": weights.self_harm_at,
        "calm_at": weights.calm_at,
        "calm_of_self_harm_at": weights.calm_of_self_harm_at,
        "kinds": weights.kinds,
        "start": weights.start,
    }
    lines = (f'{json.dumps(name, ensure_ascii=False)}: "{each}"' for name, each in weights.features.items())
    return json.dumps(about, indent=1)[:-2] + ',\n "features": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    main()
