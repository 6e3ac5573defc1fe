"""Reads the table of what may go wrong."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("scenarios.toml")
FIRST = frozenset("A1 A4 A5 A8 B1 B3 B8 B10 C1 C2 C3 D1 D2 D9 D11 E1 E4 E5 E6 F1 F4 F7".split())
"""What no reason excuses."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What may go wrong and what must happen then; `by` names the tests that prove it, from the repository's root.

    `figure` is what is to be reached. Without a test there is a `reason`, or something that it waits for.
    """

    id: str
    fault: str
    must: str
    figure: str = ""
    by: tuple[str, ...] = ()
    reason: str = ""
    waits_for: str = ""


def read_scenarios() -> tuple[Scenario, ...]:
    """Give all rows in order."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["scenario"]
    return tuple(Scenario(**{**row, "by": tuple(row.get("by", ()))}) for row in rows)
