"""How a running program is asked to end."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import signal
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# How long a quick end may take before the process is simply gone.
_QUICK_SECONDS = 0.7
# How long the log's last lines may then take: whoever reads it may have stopped reading.
_LOG_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class End:
    """The first signal asks for an orderly end, a second one for a quick one."""

    asked: asyncio.Event
    quickly: asyncio.Event

    def signalled(self) -> None:
        """Take note of a signal."""
        (self.quickly if self.asked.is_set() else self.asked).set()


@contextmanager
def end_on_signals() -> Iterator[End]:
    """Listen for Ctrl-C and SIGTERM beside the running loop.

    The second signal is obeyed within a second, whatever holds the loop, a thread or a connection: all that anybody was
    told is saved lies on the disk already.
    """
    end, loop, signals = End(asyncio.Event(), asyncio.Event()), asyncio.get_running_loop(), itertools.count(1)

    def signalled(_number: int, _frame: object) -> None:
        if next(signals) > 1:
            leaving = threading.Timer(_QUICK_SECONDS, _leave)
            leaving.daemon = True
            leaving.start()
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(end.signalled)

    before = {number: signal.signal(number, signalled) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield end
    finally:
        if not end.asked.is_set():  # else a further signal must not kill what is being closed
            for number, handler in before.items():
                signal.signal(number, handler)


def _leave() -> None:
    writing = threading.Thread(target=logging.shutdown, daemon=True)
    writing.start()
    writing.join(_LOG_SECONDS)
    os._exit(0)
