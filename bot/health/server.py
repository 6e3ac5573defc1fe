"""Tells this machine, and nobody else, how the bot stands: `/healthz` for health checks, `/metrics` for Prometheus."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.health.vitals import Vitals

_log = logging.getLogger(__name__)

# Numbers about members' questions are nobody else's, and there is no password: so never another address.
LOOPBACK = "127.0.0.1"
_NO_METRICS = "The extra `metrics` is not installed: pip install -c constraints.txt -e '.[metrics]'\n"
_CLOSE_SECONDS = 1.0


@asynccontextmanager
async def serving_health(port: int, look: Callable[[], Awaitable[Vitals]]) -> AsyncIterator[None]:
    """Serve until this is left. A port that is taken is logged: the bot runs without."""
    told = _Told(look)
    app = web.Application()
    app.add_routes([web.get("/healthz", told.healthz), web.get("/metrics", told.metrics)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_CLOSE_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, LOOPBACK, port).start()
        except OSError as error:
            _log.error("Health is not told, as port %d cannot be used: %s", port, error.strerror)  # no crash
        yield
    finally:
        await runner.cleanup()


class _Told:
    def __init__(self, look: Callable[[], Awaitable[Vitals]]) -> None:
        self._look = look

    async def healthz(self, _request: web.Request) -> web.Response:
        """200 where members are answered as they should be, else 503; why in plain words."""
        vitals = await self._look()
        made = vitals.backup.made
        told = {
            "healthy": not vitals.reasons,
            "reasons": vitals.reasons,
            "notes": vitals.notes,
            "version": vitals.version,
            "ready": vitals.ready,
            "quiet_seconds": round(vitals.quiet, 1),
            "loop_lag_seconds": round(vitals.lag, 3),
            "waiting": vitals.waiting,
            "open_claims": vitals.store.open_claims,
            "outbox_waiting": vitals.store.outbox,
            "wal_bytes": vitals.store.log_bytes,
            "book_loaded": vitals.book.loaded.isoformat(timespec="seconds"),
            "backup_made": made.isoformat(timespec="seconds") if made else None,
        }
        return web.json_response(told, status=503 if vitals.reasons else 200)

    async def metrics(self, _request: web.Request) -> web.Response:
        """Give the metrics, or say what is missing for them."""
        try:
            from bot.health.metrics import CONTENT_TYPE, exposition  # noqa: PLC0415  # the extra may be missing
        except ModuleNotFoundError:
            return web.Response(status=501, text=_NO_METRICS)
        return web.Response(body=exposition(await self._look()), headers={"Content-Type": CONTENT_TYPE})
