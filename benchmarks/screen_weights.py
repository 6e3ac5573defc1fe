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
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.screen_lines import CALM, CALM_SETS, KINDS, Line, all_lines
from knowledge.model import Tier
from knowledge.safety.emergency import second_look
from knowledge.safety.ruleset import ABOUT_ANOTHER, ABOUT_ONESELF, ABOUT_ONESELF_OR_ANOTHER
from knowledge.safety.weighing import MOST_WORDS, WEIGHTS_FILE, Bars, Weights, features, passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.model import Verdict

# Chosen on authors that took no part: alarms in about six of a hundred harmless lines that were written to mislead, and
# in about two of ten such long posts; an alarm of the rules is lowered where most were false.
SCRAP = Bars(alarm=3.0, self_harm=2.5, calm=-3.0, calm_of_self_harm=-4.0)
SHORT = Bars(alarm=0.75, self_harm=-0.5, calm=-3.0, calm_of_self_harm=-4.0)
LONG = Bars(alarm=2.0, self_harm=1.25, calm=0.75, calm_of_self_harm=0.0)
# An alarm in a watched channel that is lowered leaves nothing behind. With this, two in three of the false ones on
# ordinary lines are taken back, and one or two of a hundred true ones.
OVERHEARD = 2.0
# Between these a card that fits both is shown.
ONESELF_AT, ANOTHER_AT = -2.0, 1.0
# Softer weights (a smaller figure) find less that is new.
_SOFTNESS = 20.0
# Question sets, and passages of long calm lines, are plenty and easy, so that each of them counts less.
_PLENTY = 0.3
# From how many words on.
_LONG = 25
# What stands in one line alone tells of that line. To choose the features by their weights instead finds a twentieth
# less: the greatest weights are those of single lines.
_LEAST_LINES = 2
# Weights under this change no verdict: without them the file is a third shorter and nothing else differs.
_LEAST_WEIGHT = 1.5
_TURNS = 6
ABOUT = (ABOUT_ONESELF, ABOUT_ONESELF_OR_ANOTHER, ABOUT_ANOTHER)


@dataclass(frozen=True, slots=True)
class Judged:
    """A line that took no part: whether it alarms by the weights alone, and by rules and weights together.

    `about` is the category that chooses the card, where both alarm.
    """

    line: Line
    alone: bool
    both: bool
    about: str


@dataclass(frozen=True, slots=True)
class _Taught:
    """A text that is learned from, by its features: a line or a passage of it, and how much it counts."""

    line: Line
    features: list[str]
    counts: float


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
    tell_about(together)
    if write:
        WEIGHTS_FILE.write_text(_as_json(fit(lines)), "utf-8")


def judge(line: Line, by_rules: Verdict, weights: Weights) -> Judged:
    """Judge one line by weights, and by what the rules make of it with a second look."""
    weighed = weights.weigh(line.reading)
    both = second_look(by_rules, weighed)
    alarms = both.tier is Tier.EMERGENCY
    return Judged(line, alone=weighed.alarming, both=alarms, about=both.category if alarms else "")


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


def tell_about(judged: Sequence[Judged]) -> None:
    """Print who the cards for alarms about suicide speak to, by whom the line is about."""
    for another in (False, True):
        cards = Counter(
            one.about
            for one in judged
            if one.about in ABOUT and one.line.kind == "suicide" and one.line.another is another
        )
        shares = ", ".join(f"{name} {cards[name] / cards.total():.3f}" for name in ABOUT)
        print(f"card of a line about {'another' if another else 'oneself'}: {shares}")


def fit(lines: Sequence[Line]) -> Weights:
    """Fit one model of calm texts and all kinds of alarm, and one of whom those about suicide are about.

    The same lines give the same weights.
    """
    taught = [one for line in lines if not line.tolerated for one in _taught_by(line)]
    seen = Counter(feature for one in taught for feature in set(one.features))
    names = sorted(feature for feature, count in seen.items() if count >= _LEAST_LINES)
    # A rare feature tells more than a common one: it is given more room.
    room = np.log(len(taught) / np.array([seen[name] for name in names]))
    matrix = _matrix(taught, names).multiply(room).tocsr()
    model = LogisticRegression(C=_SOFTNESS, max_iter=300)
    model.fit(matrix, [one.line.kind for one in taught], sample_weight=[one.counts for one in taught])
    kinds = list(model.classes_)
    order = [kinds.index(kind) for kind in KINDS]
    against_calm = model.coef_[order] - model.coef_[kinds.index(CALM)]
    start = model.intercept_[order] - model.intercept_[kinds.index(CALM)]
    about = LogisticRegression(C=_SOFTNESS, max_iter=300)
    of_suicide = [row for row, one in enumerate(taught) if one.line.kind == "suicide"]
    about.fit(matrix[of_suicide], [taught[row].line.another for row in of_suicide])
    columns = np.vstack([against_calm, about.coef_]) * room
    return Weights(
        kinds=KINDS,
        start=tuple(round(float(one), 3) for one in (*start, *about.intercept_)),
        features={
            name: " ".join(str(round(10 * one)) for one in column)
            for name, column in zip(names, columns.T, strict=True)
            if max(abs(column)) >= _LEAST_WEIGHT
        },
        scrap=SCRAP,
        short=SHORT,
        long=LONG,
        overheard=OVERHEARD,
        oneself_at=ONESELF_AT,
        another_at=ANOTHER_AT,
    )


def _taught_by(line: Line) -> Iterator[_Taught]:
    """Give a line whole, and every passage of a long calm one: none of them alarms."""
    words = line.reading.words[:MOST_WORDS]
    yield _Taught(line, list(features(words, asks=line.reading.asks)), _PLENTY if line.author in CALM_SETS else 1.0)
    if line.kind == CALM and line.author not in CALM_SETS and len(words) > _LONG:
        for start, end in chain(*passages(line.reading)):
            yield _Taught(line, list(features(words[start:end])), _PLENTY)


def _matrix(taught: Sequence[_Taught], names: Sequence[str]) -> csr_matrix:
    """Give the features of each text, the length of its row taken out."""
    column = {name: at for at, name in enumerate(names)}
    values, rows, columns = [], [], []
    for row, one in enumerate(taught):
        known = [column[feature] for feature in one.features if feature in column]
        values += [len(one.features) ** -0.5] * len(known)
        rows += [row] * len(known)
        columns += known
    return csr_matrix((values, (rows, columns)), shape=(len(taught), len(names)))


def _by_rules(judged: Judged) -> bool:
    return judged.line.by_rules is not None and judged.line.by_rules.tier is Tier.EMERGENCY


def _as_json(weights: Weights) -> str:
    about = {
        "made": datetime.now(UTC).date().isoformat(),
        "by": "python -m benchmarks.screen_weights --write",
        "scrap": asdict(weights.scrap),
        "short": asdict(weights.short),
        "long": asdict(weights.long),
        "overheard": weights.overheard,
        "oneself_at": weights.oneself_at,
        "another_at": weights.another_at,
        "kinds": weights.kinds,
        "start": weights.start,
    }
    lines = (f'{json.dumps(name, ensure_ascii=False)}: "{each}"' for name, each in weights.features.items())
    return json.dumps(about, indent=1)[:-2] + ',\n "features": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    main()
