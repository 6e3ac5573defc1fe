"""What operators install agrees with the program: the board, the container, the unit, the pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bot.health.metrics import exposition
from tests.bot.health.test_vitals import WELL

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs/operations"


def metrics():
    text = exposition(WELL).decode()
    return set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE)) | set(re.findall(r"^(\w+)", text, re.MULTILINE))


def test_the_board_names_metrics_that_exist_and_every_one_of_ours():
    board = json.loads((PAGES / "grafana.json").read_text("utf-8"))
    asked = {
        name
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"\b(?:second_opinion|process)_\w+", target["expr"])
    }
    assert asked <= metrics()
    ours = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in metrics() if name.startswith("second_opinion")}
    shown = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in asked}
    assert ours - shown == {
        f"second_opinion_{name}" for name in ("build_info", "uptime_seconds", "book_loaded_timestamp_seconds")
    }
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_the_page_on_watching_names_metrics_that_exist():
    named = set(re.findall(r"second_opinion_\w+", (PAGES / "watch.md").read_text("utf-8")))
    assert named
    assert named <= metrics()
