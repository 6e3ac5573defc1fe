"""Every asked text of a set, put to a matcher over the set's stored questions: candidates and features, for fitting."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.training.fitting import Line
from benchmarks.training.sets import FOLDERS, load, load_pairs
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher

if TYPE_CHECKING:
    from knowledge.matching.model import Logistic

# The largest first, so that two processes end together.
NAMES = ("diseases-typos", "assistant", "medical-pairs", "stackfaq", "chatter", "lookalikes")
_PROCESSES = 2

assert set(NAMES) == {*FOLDERS, "lookalikes"}


def collect_all(asks: Logistic) -> tuple[list[str], dict[str, list[Line]]]:
    """Give the names of the features, and the lines of every set; `asks` is the gate."""
    with ProcessPoolExecutor(_PROCESSES) as pool:
        found = dict(zip(NAMES, pool.map(partial(_collect, asks=asks), NAMES), strict=True))
    return found["stackfaq"][0], {name: lines for name, (_, lines) in found.items()}


def _collect(name: str, asks: Logistic) -> tuple[list[str], list[Line]]:
    chosen = load_pairs() if name == "lookalikes" else load(name)
    matcher = Matcher.build(chosen.stored, replace(load_matching_data(), asks=asks))
    lines: list[Line] = []
    names: list[str] = []
    for asked in chosen.asked:
        _, _, scored = matcher.scored(asked.text)
        names = names or [name for one in scored[:1] for name in one.features]
        rows = np.array([[one.features[name] for name in names] for one in scored], dtype=np.float32)
        ids = tuple(one.candidate.question.id for one in scored)
        lines.append(Line(asked.text, asked.id, asked.kind, ids, rows.reshape(len(ids), len(names))))
    return names, lines
