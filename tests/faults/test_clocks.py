"""The clock of the machine may jump: durations are measured by one that never does."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Who hands the present moment to the rest, to be stored or shown. What takes time is measured by time.monotonic.
TELLS_THE_TIME = {
    "bot/app.py",
    "bot/backend.py",
    "bot/book/reload.py",
    "bot/cli/accept.py",
    "bot/cli/backup.py",
    "bot/cli/check.py",
    "bot/cli/doctor.py",
    "bot/health/running.py",
}
WALL = {"time.time", "datetime.now", "datetime.datetime.now", "datetime.today", "date.today", "datetime.utcnow"}


def test_durations_are_measured_by_a_clock_that_never_jumps():
    found = {
        str(path.relative_to(ROOT))
        for package in ("bot", "cogs", "knowledge")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in WALL
    }
    assert found <= TELLS_THE_TIME
