"""A chart of what was asked, drawn in a process of its own.

Drawing takes a second and 60 MB, and from a thread of this process it would hold up everybody's answers.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import asdict
from importlib.util import find_spec
from typing import TYPE_CHECKING

from knowledge.incidents import report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.statistics.summary import Bar

_log = logging.getLogger(__name__)

_SECONDS = 20.0


def can_draw() -> bool:
    """Whether the extra `charts` is installed."""
    return find_spec("matplotlib") is not None


def draw_chart(bars: Sequence[Bar]) -> bytes | None:
    """Give a PNG with a bar for each day or week, or None where it cannot be drawn. Call it beside the loop.

    What it shows always stands in words too, so nobody goes without the figures.
    """
    if not can_draw():
        return None
    numbers = json.dumps([asdict(bar) for bar in bars], default=str).encode()
    command = [sys.executable, "-m", "bot.charts.drawing"]
    try:
        drawn = subprocess.run(command, input=numbers, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603  # this very program
    except (OSError, subprocess.SubprocessError) as error:
        report(error)
        return None
    return drawn.stdout
