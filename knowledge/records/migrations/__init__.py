"""The database's schema, step by step, forward only. `0001_*.sql` leads from nothing to version 1, and so on.

A step that was ever released is never edited: databases that took it keep what it made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the schema and the version that a database has after it."""

    version: int
    sql: str

    @property
    def script(self) -> str:
        """The step and its record as one transaction: after a crash at any point, both are there or neither is."""
        return f"BEGIN IMMEDIATE;\n{self.sql}\nPRAGMA user_version = {self.version};\nCOMMIT;"


def read_steps(folder: Path = Path(__file__).parent) -> tuple[Step, ...]:
    """Read all steps in order. Their numbers are 1, 2, 3 ... without gaps."""
    steps = [
        Step(int(name[1]), path.read_text(encoding="utf-8"))
        for path in sorted(folder.iterdir())
        if (name := _NAME.fullmatch(path.name))
    ]
    if [step.version for step in steps] != list(range(1, len(steps) + 1)):
        raise ValueError(f"The migrations in {folder} are not numbered 1, 2, 3 ...")
    return tuple(steps)
