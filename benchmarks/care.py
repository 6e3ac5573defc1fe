"""What `careful`, `usual` and `eager` mean in figures, measured on questions that took no part in the training.

    python -m benchmarks.care [--write]

Every question set is put to models that were trained on all the others, as in `python -m benchmarks.training`. For each
bar of confidence: of 100 answers given at or above it, how many are right (on average, and in the set where fewest
are), and of 100 questions that a set's book can answer, how many are. Each set that people wrote counts the same;
look-alikes, made to mislead, are left out, and so is chatter, which nobody put to the bot. `--write` replaces
knowledge/curation/care.json, from which the settings panel reads; so does `python -m benchmarks.training --write`, by
the same figures.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.training.collecting import collect_all
from benchmarks.training.gate import examples, fit_gate
from benchmarks.training.leaving_out import left_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.training.judging import Judged

TARGET = Path(__file__).resolve().parents[1] / "knowledge" / "curation" / "care.json"
SETS = ("stackfaq", "medical-pairs", "assistant", "diseases-typos")
BARS = (0.50, 0.60, 0.70, 0.75, 0.80, 0.85, 0.90, 0.93, 0.95, 0.97, 0.98)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="replace knowledge/curation/care.json")
    write = options.parse_args().write
    asks = fit_gate(examples())
    table = measured(left_out(collect_all(asks), asks))
    print(f"{'answer_at':>9s}{'right of 100':>14s}{'in the worst set':>18s}{'answered of 100':>17s}")
    for row in table:
        shares = (100 * row[key] for key in ("right", "right_where_least", "answered"))
        print(f"{row['answer_at']:9.2f}" + "{:14.1f}{:18.1f}{:17.1f}".format(*shares))
    if write:
        keep(table)


def keep(table: Sequence[Mapping[str, float]]) -> None:
    """Replace what the settings panel reads."""
    data = {
        "made": datetime.now(UTC).date().isoformat(),
        "by": "python -m benchmarks.care --write",
        "from": list(SETS),
        "bars": table,
    }
    TARGET.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def measured(judged: Mapping[str, Sequence[Judged]]) -> list[dict[str, float]]:
    """Give for each bar, as means of the sets, the share of given answers that is right, and of questions answered."""
    table = []
    for bar in BARS:
        rows = [_at(bar, judged[name]) for name in SETS]
        right, answered = (round(float(np.mean(column)), 3) for column in zip(*rows, strict=True))
        least = round(min(right for right, _ in rows), 3)
        table.append({"answer_at": bar, "right": right, "right_where_least": least, "answered": answered})
    return table


def _at(bar: float, judged: Sequence[Judged]) -> tuple[float, float]:
    """Give the share of the answers given at `bar` that is right, and of the answerable questions that get those."""
    given = [one for one in judged if one.sure >= bar and not one.guarded]
    right = sum(one.right for one in given)
    return right / len(given), right / sum(one.line.id is not None for one in judged)


if __name__ == "__main__":
    main()
