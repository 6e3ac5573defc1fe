"""Work in the background of something else, which ends with it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from typing import Any


@asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Have `work` go on until this is left; then break it off and wait until it has ended."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        await break_off(task)


async def break_off(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks, and wait until each has ended in whatever way."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
