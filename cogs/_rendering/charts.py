"""The chart of a server's statistics, where there is anything to see and something to draw it with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cogs._rendering import stats_layout
from cogs._rendering.view import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knowledge.statistics.summary import Bar, Statistics

    DrawChart = Callable[[Sequence[Bar]], bytes | None]


async def chart(draw: DrawChart | None, told: Statistics) -> Picture | None:
    """Draw the chart beside the loop. Without one, the table says the same."""
    if draw is None or not any(bar.answered + bar.asked_back + bar.missed for bar in told.bars):
        return None
    png = await asyncio.to_thread(draw, told.bars)
    return Picture("stats.png", png, stats_layout.alternative(told)) if png else None
