"""Train the matcher's weights on the question sets beside the project, and tell how far they may be trusted.

    python -m benchmarks.training [--write]

Prints each set's figures when its lines took no part in the training (leave one set out) with the reliability of the
confidences given there, what overheard lines get (a fifth of them left out in turn), and the figures of weights
trained on all sets. `--write` replaces knowledge/matching/weights.json by those. The same sets give the same weights.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.training.collecting import collect_all
from benchmarks.training.fitting import fit
from benchmarks.training.gate import examples, fit_gate, gate_score
from benchmarks.training.judging import OVERHEARD_AT, POLICY, Judged, figures, judge, left_out, mean, reliability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.training.fitting import Line
    from knowledge.matching.model import Logistic

TARGET = Path(__file__).resolve().parents[2] / "knowledge" / "matching" / "weights.json"
FOUR = ("stackfaq", "medical-pairs", "assistant", "diseases-typos")
_FOLDS = 5


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="replace knowledge/matching/weights.json")
    write = options.parse_args().write
    asks = fit_gate(examples())
    names, sets = collect_all(asks)
    _leave_one_out(sets, names)
    rank, confidence = fit(sets, names)
    print("\ntrained on all sets")
    rows = {name: figures(judge(lines, rank, confidence, names)) for name, lines in sets.items()}
    _print_figures(rows)
    _overheard(sets, names)
    if write:
        TARGET.write_text(json.dumps(_data(rank, confidence, asks, sorted(sets)), indent=1) + "\n", encoding="utf-8")


def _leave_one_out(sets: Mapping[str, Sequence[Line]], names: Sequence[str]) -> None:
    judged = left_out(sets, names)
    print("each set left out of the training in turn")
    _print_figures({name: figures(lines) for name, lines in judged.items()})
    for name, lines in judged.items():
        print(f"\nreliability on {name}, left out: confidence, lines, mean confidence, share that is right")
        for band, count, sure, right in reliability(lines):
            print(f"  {band}  {count:5d}  {sure:.3f}  {right:.3f}")


def _print_figures(rows: Mapping[str, Mapping[str, float]]) -> None:
    print(f"{'':16s}" + "".join(f"{key:>12s}" for key in rows["stackfaq"]))
    for name, row in {**rows, "mean of four": mean([rows[name] for name in FOUR])}.items():
        print(f"{name:16s}" + "".join(f"{value:12.3f}" for value in row.values()))


def _overheard(sets: Mapping[str, list[Line]], names: Sequence[str]) -> None:
    lines, column = sets["chatter"], names.index("asks")
    gate_lines = examples()
    spoken: list[Judged] = []
    for fold in range(_FOLDS):
        held = {line.text for place, line in enumerate(lines) if place % _FOLDS == fold}
        gate = fit_gate([one for one in gate_lines if one[0].text not in held])
        scores = {asked.text: gate_score(gate, signs) for asked, signs, _, _ in gate_lines}
        for line in lines:
            if line.ids:
                line.rows[:, column] = scores[line.text]
        rest = [line for line in lines if line.text not in held]
        rank, confidence = fit({**sets, "chatter": rest}, names)
        judged = judge([line for line in lines if line.text in held], rank, confidence, names)
        spoken += [
            one
            for one in judged
            if scores[one.line.text] >= POLICY.asks_at and one.sure >= OVERHEARD_AT and not one.guarded
        ]
    right = sum(one.right for one in spoken)
    answerable = sum(line.id is not None for line in lines)
    print(
        f"\noverheard, a fifth left out in turn: precision {right / len(spoken):.3f}, answered {right / answerable:.3f}"
    )
    for kind in sorted({one.line.kind for one in spoken if not one.right}):
        print(f"  {kind}: {sum(not one.right for one in spoken if one.line.kind == kind)} wrongly")


def _data(rank: Logistic, confidence: Logistic, asks: Logistic, sets: list[str]) -> dict[str, object]:
    def dumped(model: Logistic) -> dict[str, object]:
        weights = {name: round(weight, 4) for name, weight in model.weights.items()}
        return {"intercept": round(model.intercept, 4), "weights": weights}

    return {
        "made": datetime.now(UTC).date().isoformat(),
        "by": "python -m benchmarks.training --write",
        "from": sets,
        "rank": dumped(rank),
        "confidence": dumped(confidence),
        "asks": dumped(asks),
    }


if __name__ == "__main__":
    main()
