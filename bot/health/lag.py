"""How late the event loop comes: what holds it holds every answer, and the heartbeat to Discord."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from knowledge.tasks import in_background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

# Both in seconds: how often is looked, and for how long the worst is remembered.
EVERY, REMEMBERED = 0.5, 60.0


class LoopLag:
    """`clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, float]] = deque()

    @asynccontextmanager
    async def measured(self) -> AsyncIterator[None]:
        """Measure until this is left."""
        async with in_background(self._measure()):
            yield

    @property
    def worst(self) -> float:
        """By how many seconds the loop came too late at the worst in the last minute."""
        self._forget()
        return max((late for _, late in self._seen), default=0.0)

    async def _measure(self) -> None:
        while True:
            due = self._clock() + EVERY
            await asyncio.sleep(EVERY)
            self._seen.append((self._clock(), max(self._clock() - due, 0.0)))
            self._forget()

    def _forget(self) -> None:
        while self._seen and self._clock() - self._seen[0][0] > REMEMBERED:
            self._seen.popleft()
