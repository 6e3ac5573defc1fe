"""Looks at everything that tells how a serving bot stands, and has it told where the settings say."""

from __future__ import annotations

import shutil
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

from bot.health.lag import LoopLag
from bot.health.server import serving_health
from bot.health.vitals import Vitals

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.backend import Backend
    from bot.config import Config
    from bot.health.pulse import Pulse
    from bot.traffic import Traffic


class Connection(Protocol):
    """The bot's connection to its platform."""

    @property
    def pulse(self) -> Pulse:
        """Whether it lives."""
        ...

    @property
    def traffic(self) -> Traffic:
        """What is on its way."""
        ...


@asynccontextmanager
async def telling_health(config: Config, backend: Backend, connection: Connection) -> AsyncIterator[None]:
    """Tell how the bot stands until this is left, where the settings name a port."""
    if not config.health.port:
        yield
        return
    lag, began, of_program = LoopLag(time.monotonic), time.monotonic(), version("second-opinion")
    pulse, traffic = connection.pulse, connection.traffic

    async def look() -> Vitals:
        return Vitals(
            at=datetime.now(UTC),
            version=of_program,
            uptime=time.monotonic() - began,
            ready=pulse.is_connected,
            quiet=pulse.quiet_for,
            lag=lag.worst,
            waiting=traffic.waiting,
            in_flight=traffic.in_flight,
            rankers=backend.ranking.ready,
            store=await backend.signs(),
            disk_free=shutil.disk_usage(config.storage.path).free,
            book=backend.book.status,
            backup=backend.backups.status,
            backup_every=timedelta(hours=config.backup.every_hours),
            counted=backend.deliveries.counted,
            replies=traffic.replies,
        )

    async with lag.measured(), serving_health(config.health.port, look):
        yield
