"""Telling systemd how the program stands: ready, stopping, still alive (sd_notify(3), sd_watchdog_enabled(3)).

By hand, as it is one datagram to a socket whose name stands in the environment. The libraries for it do no more, and
the one that systemd's own project keeps has to be compiled.
"""

from __future__ import annotations

import logging
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServiceManager:
    """`address` is that of systemd's socket, "" where nobody listens.

    `watchdog_seconds` is how long systemd waits for a sign of life before it starts the program anew; 0 is for ever.
    """

    address: str = ""
    watchdog_seconds: float = 0.0

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> ServiceManager:
        """Read what systemd tells a service that it has started."""
        watched = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        microseconds = environment.get("WATCHDOG_USEC", "")
        seconds = int(microseconds) / 1e6 if watched and microseconds.isdecimal() else 0.0
        return cls(environment.get("NOTIFY_SOCKET", ""), seconds)

    def ready(self) -> None:
        """Say that the program serves."""
        self._say("READY=1")

    def stopping(self) -> None:
        """Say that the program ends."""
        self._say("STOPPING=1")

    def alive(self) -> None:
        """Give the sign of life that the watchdog waits for."""
        self._say("WATCHDOG=1")

    def status(self, sentence: str) -> None:
        """Say what `systemctl status` shows."""
        self._say(f"STATUS={sentence}")

    def _say(self, line: str) -> None:
        if not self.address:
            return
        # A name that begins with @ is in the kernel's own namespace, where a null byte stands for it.
        address = f"\0{self.address[1:]}" if self.address.startswith("@") else self.address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sending:
            sending.setblocking(False)
            sending.sendto(line.encode(), address)
            return
        _log.debug("systemd could not be told: %s", line)
