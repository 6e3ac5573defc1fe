"""How far this machine's clock is from Discord's, read off every answer."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta


class DiscordTime:
    """`ahead` is by how much this clock is ahead, None until Discord answered. `clock` gives aware times."""

    def __init__(self, clock: Callable[[], datetime] = discord.utils.utcnow) -> None:
        self._clock = clock
        self.ahead: timedelta | None = None
        # Discord tells whole seconds: the first answer in each tells most.
        self._told = ""

    def trace(self) -> aiohttp.TraceConfig:
        """Give what has to be handed to discord.py, so that every answer is looked at."""
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(self._answered)
        return trace

    async def _answered(self, _session: object, _context: object, told: Any) -> None:  # noqa: ANN401  # aiohttp's
        date = told.response.headers.get("Date", "")
        if date == self._told:
            return
        self._told = date
        try:
            self.ahead = self._clock() - parsedate_to_datetime(date)
        except (ValueError, TypeError):
            return
