"""The event loop of a program that serves: uvloop where the extra `speed` is installed, else Python's own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

Result = TypeVar("Result")


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """Run `main` to its end on an event loop of its own, as `asyncio.run` does."""
    try:
        import uvloop  # noqa: PLC0415  # an extra, which is not made for every system
    except ImportError:
        return asyncio.run(main)
    result: Result = uvloop.run(main)
    return result
