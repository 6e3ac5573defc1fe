"""Broken knowledge files by the thousand: no crash, no empty book, a line for every fault, little time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.scale import scaled, seconds

ROOT = Path(__file__).parents[3]


def tried(number: int) -> dict:
    command = [sys.executable, "-m", "tests.bot.book.mutations", str(number)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def check(report: dict, number: int) -> None:
    trials = report["trials"]
    assert len(trials) == number
    assert not any(trial["empty"] for trial in trials)
    # Where a file is cut off, nothing shorter is ever taken for the whole.
    assert not any(trial["other"] for trial in trials if trial["kind"] == "cut")
    refused = [trial for trial in trials if not trial["taken"]]
    assert all(trial["held"] or trial["lines"] for trial in refused)
    assert all(1 <= line <= trial["last"] for trial in refused for line in trial["lines"])
    assert max(trial["seconds"] for trial in trials) < seconds(2)
    assert report["megabytes"] < 256
    assert Counter(trial["taken"] for trial in trials)[False] > number / 3


def test_a_hundred_mutated_files():
    check(tried(100), 100)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_thousands_of_mutated_files():
    check(tried(scaled(10_000)), scaled(10_000))
