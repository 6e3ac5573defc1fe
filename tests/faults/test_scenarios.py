"""The table of what may go wrong names tests that are there, and the page shows it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.faults.scenarios import FIRST, read_scenarios

ROOT = Path(__file__).parents[2]
SCENARIOS = read_scenarios()
MOST_REASONS = 8


def names_in(path: Path) -> set[str]:
    """Give the tests of a file, and its classes."""
    body = ast.parse(path.read_text("utf-8")).body
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in body if isinstance(node, kinds)}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.id)
def test_every_row_is_proven_by_tests_that_are_there(scenario):
    assert scenario.by or scenario.reason or scenario.waits_for
    for test in scenario.by:
        file, _, name = test.partition("::")
        assert (ROOT / file).is_file(), f"{scenario.id}: there is no {file}"
        assert name in names_in(ROOT / file), f"{scenario.id}: there is no {name} in {file}"
    assert len(set(scenario.by)) == len(scenario.by)


def test_all_rows_are_there_once():
    ids = [scenario.id for scenario in SCENARIOS]
    sizes = {"A": 13, "B": 14, "C": 11, "D": 14, "E": 12, "F": 9, "G": 8}
    assert ids == [f"{group}{number}" for group, size in sizes.items() for number in range(1, size + 1)]


def test_few_rows_have_a_reason_instead_and_none_of_the_first_ones():
    excused = {scenario.id for scenario in SCENARIOS if scenario.reason}
    assert len(excused) <= MOST_REASONS
    assert not excused & FIRST


def test_the_page_shows_every_row():
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    rows = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
    assert [row for row in rows if row in {scenario.id for scenario in SCENARIOS}] == [one.id for one in SCENARIOS]
    for scenario in SCENARIOS:
        assert scenario.fault in page
