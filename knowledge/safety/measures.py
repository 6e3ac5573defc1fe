"""Numbers with a meaning: a low oxygen reading, a newborn's age, a fever, a count of tablets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.safety.patterns import Span
    from knowledge.safety.reading import Reading


@dataclass(frozen=True, slots=True)
class Measure:
    """A range of numbers that stands for the concept `name`.

    `units` are words or concepts of which one follows the number within `reach` words; empty means that none is
    needed. `near` names a concept within six words of the number; empty means that none is needed.
    """

    name: str
    least: float
    most: float
    units: tuple[str, ...] = ()
    reach: int = 1
    near: tuple[str, ...] = ()
    near_within: int = 6


def add_measures(measures: Iterable[Measure], reading: Reading, places: dict[str, list[Span]]) -> None:
    """Add to `places` where the numbers of the reading mean one of the measures."""
    if not reading.numbers:
        return
    for measure in measures:
        for position, value in reading.numbers.items():
            if not measure.least <= value <= measure.most:
                continue
            end = _end_with_unit(measure, position, places)
            if end and (not measure.near or _stands_near(measure, position, reading, places)):
                places.setdefault(measure.name, []).append((position, end))
        if measure.name in places:
            places[measure.name].sort()


def _end_with_unit(measure: Measure, position: int, places: dict[str, list[Span]]) -> int:
    if not measure.units:
        return position + 1
    following = range(position + 1, position + 1 + measure.reach)
    ends = [end for unit in measure.units for start, end in places.get(unit, ()) if start in following]
    return max(ends, default=0)


def _stands_near(measure: Measure, position: int, reading: Reading, places: dict[str, list[Span]]) -> bool:
    return any(
        abs(start - position) <= measure.near_within and reading.sentences[start] == reading.sentences[position]
        for symbol in measure.near
        for start, _ in places.get(symbol, ())
    )
