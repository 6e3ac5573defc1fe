"""Long work in a thread that nobody has to wait for at the end."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")


async def in_own_thread(work: Callable[[], Made]) -> Made:
    """Give what `work` gives, or raise what it raises, from a thread of its own.

    Unlike with `asyncio.to_thread`, a program that ends meanwhile does not wait. For work that may be cut off anywhere:
    it writes nothing, or puts what it wrote in place with one step at its end.
    """
    loop = asyncio.get_running_loop()
    made: asyncio.Future[Made] = loop.create_future()

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001  # it is raised where it is waited for
            tell(partial(made.set_exception, error))
        else:
            tell(partial(made.set_result, result))

    def tell(settle: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(lambda: None if made.done() else settle())

    threading.Thread(target=run, daemon=True).start()
    return await made
