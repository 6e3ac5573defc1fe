"""Every fault scenario with its tests, row by row: `python -m benchmarks.faults [--full] [ID...]`.

Prints the table as it fills, and with `--write` puts the rows into docs/reliability.md. Without `--full` the long ones
are repeated a tenth as often, and properties try fewer texts. Run it with little else on the machine; it says how busy
that was.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.faults.scenarios import read_scenarios

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.faults.scenarios import Scenario

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- the table: python -m benchmarks.faults --full --write -->", "<!-- end of the table -->"


@dataclass(frozen=True, slots=True)
class Row:
    """What the tests of a scenario found. `count` is how often it was tried; `held` is None where nothing was run."""

    scenario: Scenario
    held: bool | None = None
    full: bool = False
    count: int = 0
    lost: int = 0
    doubled: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        """Give the row as it stands on the page."""
        one = self.scenario
        if self.held is None:
            waits = f"not yet: waits for {one.waits_for}" if one.waits_for else "proven by tests; not measured yet"
            told = [one.reason or waits, *[""] * 4]
        else:
            result = ("holds" if self.full else "holds, a tenth") if self.held else "**does not hold**"
            told = [result, f"{self.count:,}", str(self.lost), str(self.doubled), f"{self.seconds:.0f}"]
        return f"| {one.id} | {one.fault} | {one.must} | {one.figure} | {' | '.join(told)} |"


HEAD = (
    "| # | fault | what must happen | to reach | result | count | lost | doubled | seconds |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


def run(scenario: Scenario, *, full: bool) -> Row:
    """Run the tests of a row by themselves."""
    if not scenario.by:
        return Row(scenario)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        chosen = [
            "-n",
            "0",
            "-q",
            "-p",
            "no:cacheprovider",
            "-o",
            "junit_family=xunit1",
            "-m",
            "slow or not slow",
            "-o",
            "timeout=0",
            f"--hypothesis-profile={'thorough' if full else 'quick'}",
        ]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *chosen, f"--junitxml={report}", *scenario.by],
            cwd=ROOT,
            env={**os.environ, **({"FULL_SCALE": "1"} if full else {})},
            capture_output=True,
            text=True,
            check=False,
        )
        cases = list(ET.parse(report).iter("testcase")) if report.exists() else []
    if done.returncode:
        sys.stderr.write(done.stdout[-4_000:])
    count = lost = doubled = 0
    for case in cases:
        told = {one.attrib["name"]: int(one.attrib["value"]) for one in case.iter("property")}
        count += told.get("count", 1)
        lost += told.get("lost", 0)
        doubled += told.get("doubled", 0)
    return Row(scenario, done.returncode == 0, full, count, lost, doubled, time.monotonic() - began)


def written(rows: Iterable[Row]) -> None:
    """Put rows into the page's table, in place of those that stood there."""
    new = {row.scenario.id: str(row) for row in rows}
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    table, _, after = rest.partition(END)
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    old = {line.split("|")[1].strip(): line for line in lines}
    measured = {number: line for number, line in old.items() if line.split("|")[6].strip()}
    every = [new.get(one.id) or measured.get(one.id) or str(Row(one)) for one in read_scenarios()]
    PAGE.write_text("\n".join([f"{before}{BEGIN}\n", HEAD, *every, f"\n{END}{after}"]), "utf-8")


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("ids", nargs="*")
    reading.add_argument("--full", action="store_true")
    reading.add_argument("--write", action="store_true")
    asked = reading.parse_args()
    print(HEAD)
    rows = []
    for scenario in read_scenarios():
        if not asked.ids or scenario.id in asked.ids:
            rows.append(run(scenario, full=asked.full))
            print(rows[-1], flush=True)
    if asked.write:
        written(rows)
    print(f"\nload: {os.getloadavg()}, cores: {os.cpu_count()}")
    sys.exit(any(row.held is False for row in rows))


if __name__ == "__main__":
    main()
