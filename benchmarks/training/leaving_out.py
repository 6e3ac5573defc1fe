"""Each set judged by what was learned without it: neither weights nor calibration nor word counts have seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.training.background import COUNTED, counted, lexicon_without_counts, without
from benchmarks.training.collecting import collect_all
from benchmarks.training.fitting import fit
from benchmarks.training.judging import judge
from knowledge.matching.data import load_matching_data

if TYPE_CHECKING:
    from benchmarks.training.fitting import Collected
    from benchmarks.training.judging import Judged
    from knowledge.matching.model import Logistic


def left_out(sets: Collected, asks: Logistic) -> dict[str, list[Judged]]:
    """Judge every set by models that were fitted on all the others. Takes about three minutes."""
    bare, lexicon = lexicon_without_counts(), load_matching_data().lexicon
    counts = {name: counted(name, bare) for name in COUNTED}
    judged = {}
    for name in sets.whole:
        seen = collect_all(asks, without(name, counts, lexicon)) if name in counts else sets
        judged[name] = judge(seen.whole[name], *fit(seen.but(name)), sets.names)
    return judged
