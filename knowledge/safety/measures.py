"""Numbers with a meaning: a low oxygen reading, a newborn's age, a fever, a count of tablets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.safety.occurrences import Span
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


# More numbers than any honest message has; later ones are not looked at.
_MOST_NUMBERS = 40


def add_measures(measures: Iterable[Measure], reading: Reading, places: dict[str, list[Span]]) -> None:
    """Add to `places` where the numbers of the reading mean one of the measures."""
    numbers = list(reading.numbers.items())[:_MOST_NUMBERS]
    if not numbers:
        return
    for measure in measures:
        found = list(_spans(measure, numbers, reading, places))
        if found:
            places[measure.name] = sorted({*places.get(measure.name, ()), *found})


def _spans(
    measure: Measure, numbers: Iterable[tuple[int, float]], reading: Reading, places: dict[str, list[Span]]
) -> Iterator[Span]:
    fitting = [position for position, value in numbers if measure.least <= value <= measure.most]
    if not fitting:
        return
    unit_ends = {start: end for unit in measure.units for start, end in places.get(unit, ())}
    company = sorted(start for symbol in measure.near for start, _ in places.get(symbol, ()))
    for position in fitting:
        following = range(position + 1, position + 1 + measure.reach)
        ends = [unit_ends[start] for start in following if start in unit_ends] if measure.units else [position + 1]
        if ends and (not measure.near or _has_near(company, position, measure.near_within, reading)):
            yield position, max(ends)


def _has_near(company: list[int], position: int, within: int, reading: Reading) -> bool:
    first = bisect_left(company, position - within)
    last = bisect_right(company, position + within)
    return any(reading.sentences[start] == reading.sentences[position] for start in company[first:last])
