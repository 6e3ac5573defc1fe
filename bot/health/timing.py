"""How long things took, counted in classes: what a histogram needs, and nothing of the things themselves."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate


class Timing:
    """Counts durations in seconds. `bounds` are the upper ends of the classes, ascending; the last class has none."""

    def __init__(self, bounds: tuple[float, ...] = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)) -> None:
        self.bounds = bounds
        self.sum = 0.0
        self._counts = [0] * (len(bounds) + 1)

    def took(self, seconds: float) -> None:
        """Count one."""
        self._counts[bisect_left(self.bounds, seconds)] += 1
        self.sum += seconds

    @property
    def cumulative(self) -> tuple[int, ...]:
        """How many took at most each of the bounds, and at last how many there were."""
        return tuple(accumulate(self._counts))
