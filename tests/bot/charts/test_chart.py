"""The chart is drawn by a process of its own, and where it cannot be drawn there is none and nothing worse."""

from __future__ import annotations

import io
import sys
from datetime import date, timedelta

import pytest
from PIL import Image

from bot.charts import chart
from knowledge.statistics.summary import Bar

BARS = [Bar(date(2026, 10, 24) + timedelta(days=day), day % 7, day % 3, day % 2) for day in range(30)]


def test_it_is_a_picture_of_its_own_colour():
    with Image.open(io.BytesIO(chart.draw_chart(BARS))) as picture:
        assert picture.format == "PNG"
        assert picture.size == (1000, 450)
        corners = {picture.convert("RGB").getpixel(place) for place in ((0, 0), (999, 0), (0, 449), (999, 449))}
    assert corners == {(0x1E, 0x22, 0x27)}


def test_without_the_extra_there_is_none(monkeypatch):
    monkeypatch.setattr(chart, "find_spec", lambda _: None)
    assert chart.draw_chart(BARS) is None


@pytest.mark.parametrize("fault", ["fails", "hangs", "is-missing"])
def test_a_process_that_does_not_draw_is_reported_and_there_is_none(monkeypatch, caplog, tmp_path, fault):
    program = tmp_path / "python"
    if fault != "is-missing":
        program.write_text("#!/bin/sh\nexit 3\n" if fault == "fails" else "#!/bin/sh\nexec sleep 30\n")
        program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(chart, "_SECONDS", 0.2)
    assert chart.draw_chart(BARS) is None
    assert caplog.records
