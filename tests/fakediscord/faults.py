"""What goes wrong on purpose: the next requests of a route fail, before or after they took effect."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

# Without this header discord.py takes a 429 for a ban of the whole address, and does not try again.
RATE_LIMITED_BY = {"Via": "1.1 google"}


@dataclass(slots=True)
class Fault:
    """One planned failure. `after`: the request takes effect and only its answer is lost. `abort`: no answer at all."""

    method: str
    path: re.Pattern[str]
    status: int
    times: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    after: bool = False
    abort: bool = False
    released: asyncio.Event | None = None


class Faults:
    """The failures that are still to happen, in the order in which they were planned."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def fail(
        self,
        method: str,
        path: str,
        status: int,
        *,
        times: int = 1,
        body: Any = None,
        headers: dict[str, str] | None = None,
        delay: float = 0.0,
        after: bool = False,
    ) -> None:
        """Let the next `times` requests of a route answer `status`; `path` is searched as a regular expression."""
        self._planned.append(Fault(method, re.compile(path), status, times, body, headers or {}, delay, after=after))

    def hang_up(self, method: str, path: str, *, times: int = 1, after: bool = False) -> None:
        """Cut the connection instead of answering the next `times` requests of a route."""
        self._planned.append(Fault(method, re.compile(path), 0, times, after=after, abort=True))

    def slow(self, method: str, path: str, seconds: float, *, times: int = 1_000_000) -> None:
        """Let requests of a route take effect and be answered late."""
        self._planned.append(Fault(method, re.compile(path), 0, times, delay=seconds))

    def hold(self, method: str, path: str) -> asyncio.Event:
        """Let requests of a route wait, before they take effect, until the event that is given is set."""
        released = asyncio.Event()
        self._planned.append(Fault(method, re.compile(path), 0, 1_000_000, released=released))
        return released

    def rate_limit(
        self, method: str, path: str, retry_after: float, *, everywhere: bool = False, times: int = 1
    ) -> None:
        """Answer the next `times` requests of a route with 429; `everywhere` for the bot's limit over all routes."""
        headers = {
            **RATE_LIMITED_BY,
            "Retry-After": str(int(retry_after) + 1),
            "X-RateLimit-Scope": "global" if everywhere else "user",
        }
        if everywhere:
            headers["X-RateLimit-Global"] = "true"
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
        self.fail(method, path, 429, times=times, headers=headers, body=body)

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._planned.clear()

    def too_many_old_edits(self, path: str, retry_after: float, *, times: int = 1) -> None:
        """Answer the next `times` edits as Discord does to those of messages older than an hour; no header tells."""
        headers = {**RATE_LIMITED_BY, "Retry-After": str(int(retry_after) + 1), "X-RateLimit-Scope": "user"}
        message = "Maximum number of edits to messages older than 1 hour reached. Try again later"
        body = {"message": message, "retry_after": retry_after, "global": False, "code": 30046}
        self.fail("PATCH", path, 429, times=times, headers=headers, body=body)

    def left(self, method: str) -> int:
        """Give how many failures of a method are still to happen."""
        return sum(fault.times for fault in self._planned if fault.method == method)

    def next_for(self, method: str, path: str) -> Fault | None:
        """Give the failure that is due for this request, and count it."""
        for fault in self._planned:
            if fault.times > 0 and fault.method in ("*", method) and fault.path.search(path):
                fault.times -= 1
                return fault
        return None
