"""Every asked text of a set, put to a matcher over the set's stored questions: candidates and features, for fitting."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.training.fitting import Collected, Line
from benchmarks.training.sets import FOLDERS, Asked, load, load_pairs
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.model import Logistic

# The largest first, so that two processes end together.
NAMES = ("diseases-typos", "assistant", "medical-pairs", "stackfaq", "chatter", "talk", "lookalikes")
_PROCESSES = 2
# Books of so many entries are cut out of a set, so many of them; each is asked what is near it.
_SMALL_BOOKS = {1: 120, 4: 40, 16: 12}
_ASKED_PER_ENTRY = 4
_NEAR = 3
_FAR = 4

assert set(NAMES) == {*FOLDERS, "lookalikes"}


def collect_all(asks: Logistic, lexicon: Lexicon | None = None) -> Collected:
    """Collect the lines of every set; `asks` is the gate, `lexicon` what is known of English if not the shipped one."""
    with ProcessPoolExecutor(_PROCESSES) as pool:
        found = dict(zip(NAMES, pool.map(partial(_collect, asks=asks, lexicon=lexicon), NAMES), strict=True))
    names = found["stackfaq"][0]
    whole = {name: lines for name, (_, lines, _) in found.items()}
    return Collected(names, whole, {name: small for name, (_, _, small) in found.items() if small})


def _collect(name: str, asks: Logistic, lexicon: Lexicon | None) -> tuple[tuple[str, ...], list[Line], list[Line]]:
    shipped = load_matching_data()
    data = replace(shipped, asks=asks, lexicon=lexicon or shipped.lexicon)
    chosen = load_pairs() if name == "lookalikes" else load(name)
    matcher = Matcher.build(chosen.stored, data)
    names = _names(matcher, chosen.asked)
    lines = [_line(matcher, asked, names) for asked in chosen.asked]
    if name == "lookalikes":
        return names, lines, []
    small = []
    for size, count in _SMALL_BOOKS.items():
        for book, asked in _small_books(name, lines, size, count):
            entries = Matcher.build([question for question in chosen.stored if question.id in book], data)
            small += [_line(entries, one, names) for one in asked]
    return names, lines, small


def _small_books(
    name: str, lines: Sequence[Line], size: int, count: int
) -> Iterable[tuple[frozenset[str], list[Asked]]]:
    """Cut books of `size` entries out of those of a set that somebody asks for, with what to ask of each.

    Asked is what its entries answer, what came near them in the whole set and asks something else, and some lines from
    anywhere. A book without rivals makes every text look sure: this is what teaches otherwise.
    """
    dice = Random(name)  # the same books at every run, no secret
    ids = sorted({line.id for line in lines if line.id})
    shuffled = dice.sample(ids, len(ids))
    for start in range(0, min(size * count, len(ids) - size + 1), size):
        book = frozenset(shuffled[start : start + size])
        own = [line for line in lines if line.id in book]
        near = [line for line in lines if line.id not in book and not book.isdisjoint(line.ids[:_NEAR])]
        most = _ASKED_PER_ENTRY * size
        chosen = dice.sample(own, min(most, len(own))) + dice.sample(near, min(most, len(near)))
        chosen += [line for line in dice.sample(lines, _FAR) if line.id not in book]
        yield book, [Asked(line.text, line.id if line.id in book else None, line.kind) for line in chosen]


def _names(matcher: Matcher, asked: Sequence[Asked]) -> tuple[str, ...]:
    scored = next(filter(None, (matcher.scored(one.text)[2] for one in asked)))
    return tuple(scored[0].features)


def _line(matcher: Matcher, asked: Asked, names: Sequence[str]) -> Line:
    _, _, scored = matcher.scored(asked.text)
    rows = np.array([[one.features[name] for name in names] for one in scored], dtype=np.float32)
    ids = tuple(one.candidate.question.id for one in scored)
    return Line(asked.text, asked.id, asked.kind, ids, rows.reshape(len(ids), len(names)))
