"""How a running program is asked to end."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class End:
    """The first signal asks for an orderly end, a second one for a quick one."""

    asked: asyncio.Event
    quickly: asyncio.Event

    @classmethod
    def on_signals(cls) -> End:
        """Listen for Ctrl-C and SIGTERM on the running loop."""
        end = cls(asyncio.Event(), asyncio.Event())
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, end.signalled)
        return end

    def signalled(self) -> None:
        """Take note of a signal."""
        (self.quickly if self.asked.is_set() else self.asked).set()
