"""Whether the connection to the gateway lives."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Three heartbeats and some. What moves within it: events, acknowledged heartbeats, attempts to connect.
STILL_SECONDS = 180.0


class Pulse:
    """`clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._moved_at = clock()
        self._latency = 0.0
        self._lost = asyncio.Event()
        self._found = asyncio.Event()

    def begin(self) -> None:
        """Take note that a connection is begun."""
        self.moved()
        self._lost.clear()
        self._found.clear()

    def moved(self) -> None:
        """Take note of any sign of life: an event, or an attempt to connect."""
        self._moved_at = self._clock()

    def connected(self) -> None:
        """Take note that the gateway took the bot in, or took it up again."""
        self.moved()
        self._lost.clear()
        self._found.set()

    def disconnected(self) -> None:
        """Take note that the connection broke, or that an attempt to mend it failed."""
        self.moved()
        self._found.clear()
        self._lost.set()

    @property
    def is_connected(self) -> bool:
        """Whether the gateway has taken the bot in and the connection did not break since."""
        return self._found.is_set()

    @property
    def quiet_for(self) -> float:
        """For how many seconds there was no sign of life."""
        return self._clock() - self._moved_at

    async def found(self) -> None:
        """Wait until the gateway has taken the bot in."""
        await self._found.wait()

    async def lost_for(self, seconds: float) -> None:
        """Wait until the connection, once it was there, is gone for so long without a break."""
        while True:
            await self._lost.wait()
            try:
                async with asyncio.timeout(seconds):
                    await self._found.wait()
            except TimeoutError:
                return

    def beats(self, latency: float) -> bool:
        """Whether there was a sign of life lately. `latency` is the last heartbeat's: each has its own, or none."""
        if math.isfinite(latency) and latency != self._latency:
            self._latency = latency
            self.moved()
        return self._clock() - self._moved_at < STILL_SECONDS
