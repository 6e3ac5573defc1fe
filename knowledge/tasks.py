"""Tasks that end with what they serve, and tasks that go on to their end without the one who asked for them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from knowledge import incidents
from knowledge.errors import SafeToShow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from typing import Any

Result = TypeVar("Result")


@asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Have `work` go on until this is left; then break it off and wait for its end. A crash of it is logged at once."""
    task = asyncio.create_task(work)
    task.add_done_callback(_report_crash)
    try:
        yield
    finally:
        await break_off(task)


async def break_off(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks, and wait until each has ended in whatever way."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class UnbrokenWork:
    """Runs each piece of work as a task of its own, so that a half-done change never hangs on its caller's life.

    A caller that is cancelled stops waiting; the work does not stop. What it raises then is retrieved, and logged where
    it is a crash.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do `work`; give what it gives and raise what it raises."""
        return await self.end_of(self.begin(work))

    def begin(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Have `work` done, whoever waits for it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def end_of(self, work: asyncio.Future[Result]) -> Result:
        """Give what `work` gives and raise what it raises; it goes on without its caller."""
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            work.add_done_callback(_report_unheard)
            raise

    async def finish(self) -> None:
        """Wait until no work is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)


def _report_crash(work: asyncio.Future[Any]) -> None:
    error = None if work.cancelled() else work.exception()
    if error is not None:
        incidents.report(error)


def _report_unheard(work: asyncio.Future[Any]) -> None:
    """Report what nobody waits for any more, but for a refusal: there is nobody left to tell."""
    if work.cancelled() or not isinstance(work.exception(), SafeToShow):
        _report_crash(work)
