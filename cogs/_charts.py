"""The chart of a server's statistics, where there is anything to see and something to draw it with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cogs import _stats_layout
from cogs._view import Picture

if TYPE_CHECKING:
    from cogs._services import Services
    from knowledge.statistics import Statistics


async def chart(services: Services, told: Statistics) -> Picture | None:
    """Draw the chart beside the loop. Without one, the table says the same."""
    if services.draw_chart is None or not any(bar.answered + bar.asked_back + bar.missed for bar in told.bars):
        return None
    png = await asyncio.to_thread(services.draw_chart, told.bars)
    return Picture("stats.png", png, _stats_layout.alternative(told)) if png else None
