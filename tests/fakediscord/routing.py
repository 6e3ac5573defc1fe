"""The table of REST routes, and what a route is handed."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakediscord.server import FakeDiscord
    from tests.fakediscord.state import File, Json


@dataclass(frozen=True, slots=True)
class Call:
    """One request: JSON body, files, query and what the path's placeholders stood for."""

    method: str
    path: str
    body: Any = None
    files: tuple[File, ...] = ()
    query: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Give what stood for a placeholder of the path."""
        return self.parameters[name]

    @property
    def data(self) -> Json:
        """The body of a request that has an object for one."""
        return self.body or {}


Handler = Callable[["FakeDiscord", Call], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    pattern: str
    expression: re.Pattern[str]
    handler: Handler


class Routes:
    """Routes in the order in which they were added."""

    def __init__(self) -> None:
        self._all: list[Route] = []

    def add(self, method: str, pattern: str) -> Callable[[Handler], Handler]:
        """Register the decorated handler for a pattern with {placeholders}."""
        expression = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern))

        def register(handler: Handler) -> Handler:
            self._all.append(Route(method, pattern, expression, handler))
            return handler

        return register

    def include(self, other: Routes) -> None:
        self._all.extend(other._all)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        for route in self._all:
            if route.method == method and (found := route.expression.fullmatch(path)):
                return route, found.groupdict()
        return None
