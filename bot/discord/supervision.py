"""Keeping the bot on Discord: beginning anew whatever ends the connection, and an orderly end from any state."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.cooldowns import Cooldowns
from bot.discord.client import build_client
from bot.discord.connection import Unreachable, connect, point_at
from bot.discord.sessions import SessionBudget
from bot.health.pulse import Pulse
from bot.traffic import Traffic
from knowledge.errors import CannotRun
from knowledge.incidents import report
from knowledge.tasks import break_off

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.backend import Backend
    from bot.config import DiscordSettings
    from bot.discord.client import Client
    from bot.process.signals import End
    from bot.process.systemd import ServiceManager

log = logging.getLogger(__name__)

# All in seconds.
_FINISH = 5.0
_CLOSE = 2.0
_LONGEST_PAUSE = 45.0
# discord.py waits longer and longer between its attempts, at last a quarter of an hour: after a while we begin anew.
_GIVE_UP = 60.0


class Supervisor:
    """Runs the bot on Discord. `state` is a folder for what may be forgotten; `manager` is told how it stands."""

    def __init__(
        self, backend: Backend, settings: DiscordSettings, state: Path, *, end: End, manager: ServiceManager
    ) -> None:
        self._backend = backend
        self._settings = settings
        self._synced = state / "discord-commands.txt"
        self._end = end
        self._manager = manager
        self._traffic = Traffic(time.monotonic)
        self._cooldowns = Cooldowns(time.monotonic)
        self._pulse = Pulse(time.monotonic)
        self._sessions = SessionBudget(time.monotonic)
        self._client: Client | None = None

    @property
    def pulse(self) -> Pulse:
        """Whether the connection to Discord lives."""
        return self._pulse

    @property
    def traffic(self) -> Traffic:
        """What is on its way."""
        return self._traffic

    async def run(self, token: str) -> None:
        """Run until the end is asked for. Raises `CannotRun` when it cannot start or may not go on.

        Once it was connected, whatever ends the connection for good starts it anew, after a pause that grows.
        """
        point_at(self._settings.api_url, self._settings.gateway_url)
        failures = 0
        was_ready = False
        async with self._watched_over():
            while not self._end.asked.is_set():
                client, began = self._build(), time.monotonic()
                try:
                    await self._serve(client, token)
                except CannotRun as refusal:
                    if not ((was_ready or client.was_ready) and isinstance(refusal, Unreachable)):
                        raise
                    log.warning("%s", refusal)
                except Exception as error:
                    if not (was_ready or client.was_ready):
                        raise
                    report(error)
                was_ready = was_ready or client.was_ready
                failures = 1 if time.monotonic() - began > _LONGEST_PAUSE else failures + 1
                await self._pause(failures)

    def _build(self) -> Client:
        backend = self._backend
        client = build_client(
            backend.desk,
            self._settings,
            traffic=self._traffic,
            cooldowns=self._cooldowns,
            synced=self._synced,
            backend=backend,
            followed=backend.book,
        )
        client.pulse, client.sessions = self._pulse, self._sessions
        self._pulse.begin()
        self._client = client
        return client

    async def _serve(self, client: Client, token: str) -> None:
        """Serve until the connection ends for good or an end is asked for; then finish what is in flight."""
        serving = asyncio.create_task(connect(client, client.sessions, token))
        asked = asyncio.create_task(self._end.asked.wait())
        lost = asyncio.create_task(self._pulse.lost_for(_GIVE_UP))
        ready = asyncio.create_task(self._tell_ready())
        try:
            await asyncio.wait((serving, asked, lost), return_when=asyncio.FIRST_COMPLETED)
            if self._end.asked.is_set():
                self._manager.stopping()
                await self._finish()
            elif serving.done():
                await serving
            else:
                raise Unreachable("The connection to Discord did not come back for a minute; it is begun anew.")
        finally:
            await _close(client)
            await break_off(serving, asked, lost, ready)

    async def _finish(self) -> None:
        finishing = asyncio.create_task(self._traffic.finish(_FINISH))
        hurried = asyncio.create_task(self._end.quickly.wait())
        await asyncio.wait((finishing, hurried), return_when=asyncio.FIRST_COMPLETED)
        if finishing.done() and (left := finishing.result()):
            log.warning("Ended with %d replies left undone", left)
        await break_off(finishing, hurried)

    async def _pause(self, failures: int) -> None:
        if self._end.asked.is_set():
            return
        seconds = min(2.0**failures, _LONGEST_PAUSE) * random.uniform(0.5, 1.0)  # noqa: S311  # spreads restarts
        log.warning("The connection to Discord ended; starting again in %.0f seconds", seconds)
        self._manager.status("Waiting to connect to Discord again")
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._end.asked.wait()

    # --- The service manager -------------------------------------------------------------------

    @asynccontextmanager
    async def _watched_over(self) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._give_signs())
        try:
            yield
        finally:
            self._manager.stopping()
            await break_off(watching)

    async def _give_signs(self) -> None:
        """Give the signs of life that systemd waits for, as long as the loop and the gateway give them."""
        while self._manager.watchdog_seconds:
            if self._pulse.beats(self._client.latency if self._client else 0.0):
                self._manager.alive()
            await asyncio.sleep(self._manager.watchdog_seconds / 3)

    async def _tell_ready(self) -> None:
        await self._pulse.found()
        self._manager.ready()
        self._manager.status("Connected to Discord")


async def _close(client: Client) -> None:
    """Close the connection. A network that swallows everything, the farewell too, is not waited for."""
    closing = asyncio.create_task(client.close())
    done, _ = await asyncio.wait((closing,), timeout=_CLOSE)
    if not done:
        log.warning("The connection to Discord did not close; it is left behind")
    await break_off(closing)
