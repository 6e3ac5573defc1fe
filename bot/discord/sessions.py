"""How many gateway sessions Discord lets the bot begin: who begins too many a day loses the token."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# With so few left, what is left is spread over the time until there are new ones.
_FEW = 20
# Seconds between two sessions, as Discord asks.
BETWEEN = 5.0


class SessionBudget:
    """`clock` gives seconds that never go back. Nothing is held back before Discord has told how many are left."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left: int | None = None
        self._renewed_at = 0.0
        self._begun_at = -math.inf

    def told(self, left: int, renewed_in: float) -> None:
        """Take note of what Discord tells: sessions left, and seconds until there are new ones."""
        self._left, self._renewed_at = left, self._clock() + renewed_in

    def spend(self) -> None:
        """Take note that a session is begun."""
        self._begun_at = self._clock()
        if self._left is not None:
            self._left = max(self._left - 1, 0)

    @property
    def pause(self) -> float:
        """Seconds to wait before the next session."""
        return max(self.spread, self._begun_at + BETWEEN - self._clock(), 0.0)

    @property
    def spread(self) -> float:
        """Seconds to wait because few sessions are left; 0 where there are enough."""
        wait = self._renewed_at - self._clock()
        if self._left is None or self._left >= _FEW or wait <= 0:
            return 0.0
        return wait / (self._left + 1)
