"""The process that draws a chart: numbers as JSON come in, a PNG goes out. Needs the extra `charts`."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

# A card of its own colour, so that it reads the same on a dark and on a light page.
_PAPER, _INK, _GRID = "#1e2227", "#f2f3f5", "#4b5058"
# Colours that those who see few of them tell apart (after Okabe and Ito), and a pattern each for those who see none.
_SERIES = (
    ("answered", "Answered", "#56b4e9", ""),
    ("asked_back", "Asked back", "#f0e442", "//"),
    ("missed", "Missed", "#d55e00", "xx"),
)
_INCHES, _DOTS = (8.0, 3.6), 125
_MOST_DATES = 8
# An axis that ends below this looks as if one question were many.
_LEAST_HEIGHT = 4


def draw(bars: Sequence[dict[str, Any]]) -> bytes:
    """Draw a bar for each of `bars`, whose keys are `begins`, an ISO date, and the names of the series."""
    figure = Figure(figsize=_INCHES, dpi=_DOTS, facecolor=_PAPER, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(facecolor=_PAPER)
    below = [0] * len(bars)
    for name, label, colour, pattern in _SERIES:
        heights = [bar[name] for bar in bars]
        axes.bar(range(len(bars)), heights, bottom=below, color=colour, label=label, hatch=pattern, edgecolor=_PAPER)
        below = [low + height for low, height in zip(below, heights, strict=True)]
    axes.set_ylim(0, max([*below, _LEAST_HEIGHT]) * 1.05)
    _label(axes, [date.fromisoformat(bar["begins"]) for bar in bars])
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", facecolor=_PAPER)
    return drawn.getvalue()


def _label(axes: Axes, days: Sequence[date]) -> None:
    step = -(-len(days) // _MOST_DATES)
    shown = range((len(days) - 1) % step, len(days), step)  # the last one always
    axes.set_xticks(shown, [f"{days[place].day} {days[place]:%b}" for place in shown])
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.margins(x=0.01)
    axes.grid(axis="y", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=_INK, labelsize=11, length=0)
    axes.spines[:].set_visible(False)
    legend = axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(_SERIES), frameon=False, fontsize=12)
    for text in legend.get_texts():
        text.set_color(_INK)


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(json.load(sys.stdin.buffer)))
