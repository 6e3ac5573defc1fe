"""Discord's buckets: so many requests of a route in so many seconds, for each channel or server by itself."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass

_PLENTY = (1000, 1.0)
_MAJOR = ("channel_id", "guild_id", "webhook_id")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the bucket says: headers for the answer, and seconds to wait when the request is one too many."""

    headers: dict[str, str]
    wait: float | None


class Buckets:
    """Counts requests. `limits` maps "METHOD pattern" to (requests, seconds); unlisted routes have plenty."""

    def __init__(self) -> None:
        self.limits: dict[str, tuple[int, float]] = {}
        self._left: dict[tuple[str, str | None], tuple[int, float]] = {}

    def limit(self, route: str, requests: int, seconds: float) -> None:
        """Limit a route from now on, its count starting anew."""
        self.limits[route] = (requests, seconds)
        self._left = {key: left for key, left in self._left.items() if key[0] != route}

    def count(self, method: str, pattern: str, parameters: dict[str, str]) -> Ruling:
        """Count one request."""
        route = f"{method} {pattern}"
        most, period = self.limits.get(route, _PLENTY)
        key = (route, next((parameters[name] for name in _MAJOR if name in parameters), None))
        moment = time.monotonic()
        left, resets_at = self._left.get(key, (most, moment + period))
        if moment >= resets_at:
            left, resets_at = most, moment + period
        left -= 1
        self._left[key] = (max(left, 0), resets_at)
        wait = max(resets_at - moment, 0.0)
        headers = {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(max(left, 0)),
            "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": f"{zlib.crc32(route.encode()):08x}",
        }
        return Ruling(headers, round(wait, 3) if left < 0 else None)
