"""Train the matcher's weights on the question sets beside the project, and tell how far they may be trusted.

    python -m benchmarks.training [--write]

Prints each set's figures when it took no part in anything that is learned: neither weights nor calibration nor the
counts of words (leave one set out), with the reliability of the confidences given there; what overheard lines get (a
fifth of them left out in turn); and the figures of weights trained on all sets. `--write` replaces
knowledge/matching/weights.json by those, and knowledge/curation/care.json by what sets that were left out got. The same
sets give the same weights.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import care
from benchmarks.training.collecting import collect_all
from benchmarks.training.fitting import Collected, fit
from benchmarks.training.gate import OVERHEARD, examples, fit_gate, gate_score
from benchmarks.training.judging import POLICY, Judged, figures, judge, mean, reliability
from benchmarks.training.leaving_out import left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    sets = collect_all(asks)
    heard = _gate_scores()
    judged = left_out(sets, asks)
    _leave_one_out(sets, judged, heard)
    rank, confidence = fit(sets)
    print("\ntrained on all sets")
    _print_figures({name: figures(judge(lines, rank, confidence, sets.names)) for name, lines in sets.whole.items()})
    print("\nthe same, asked of books of 1 to 16 entries cut out of each set, most lines near and not answered there")
    small = {name: figures(judge(lines, rank, confidence, sets.names)) for name, lines in sets.small.items()}
    _print_figures(small)
    _overheard(sets, heard)
    if write:
        care.keep(care.measured(judged))
        TARGET.write_text(
            json.dumps(_data(rank, confidence, asks, sorted(sets.whole)), indent=1) + "\n", encoding="utf-8"
        )


def _leave_one_out(sets: Collected, judged: Mapping[str, Sequence[Judged]], heard: Mapping[str, float]) -> None:
    print("each set left out of the training in turn")
    _print_figures({name: figures(lines) for name, lines in judged.items()})
    asking = {
        f"{name} that asks": [one for one in judged[name] if heard[one.line.text] >= POLICY.asks_at]
        for name in OVERHEARD
    }
    for name, lines in {**judged, **asking}.items():
        print(f"\nreliability on {name}, left out: confidence, lines, mean confidence, share that is right")
        for band, count, sure, right in reliability(lines):
            print(f"  {band}  {count:5d}  {sure:.3f}  {right:.3f}")
    for name in OVERHEARD:
        print(f"\n{name} left out, overheard, behind a gate that has not seen the fifth of the lines that it judges")
        _print_spoken(_spoken(judged[name], heard), sets.whole[name])


def _print_figures(rows: Mapping[str, Mapping[str, float]]) -> None:
    print(f"{'':16s}" + "".join(f"{key:>12s}" for key in rows["stackfaq"]))
    for name, row in {**rows, "mean of four": mean([rows[name] for name in FOUR])}.items():
        print(f"{name:16s}" + "".join(f"{value:12.3f}" for value in row.values()))


def _gate_scores() -> dict[str, float]:
    """Give for each overheard line how surely it asks, by a gate fitted without the fifth that the line is in."""
    lines = examples()
    overheard = [asked.text for asked, _, _, share in lines if share == 1.0]
    scores: dict[str, float] = {}
    for fold in range(_FOLDS):
        held = set(overheard[fold::_FOLDS])
        gate = fit_gate([one for one in lines if one[0].text not in held])
        scores |= {asked.text: gate_score(gate, signs) for asked, signs, _, _ in lines if asked.text in held}
    return scores


def _overheard(sets: Collected, heard: Mapping[str, float]) -> None:
    column = sets.names.index("asks")
    for name in OVERHEARD:
        lines = [_heard_as(line, column, heard[line.text]) for line in sets.whole[name]]
        spoken: list[Judged] = []
        for fold in range(_FOLDS):
            rest = [line for place, line in enumerate(lines) if place % _FOLDS != fold]
            rank, confidence = fit(Collected(sets.names, {**sets.whole, name: rest}, sets.but(name).small))
            spoken += _spoken(judge(lines[fold::_FOLDS], rank, confidence, sets.names), heard)
        print(f"\n{name} overheard, a fifth left out in turn")
        _print_spoken(spoken, lines)


def _heard_as(line: Line, column: int, score: float) -> Line:
    rows = line.rows.copy()
    rows[:, column] = score
    return replace(line, rows=rows)


def _spoken(judged: Iterable[Judged], heard: Mapping[str, float]) -> list[Judged]:
    """Give the overheard lines that would be answered."""
    return [one for one in judged if one.spoken_up_for(heard[one.line.text])]


def _print_spoken(spoken: Sequence[Judged], lines: Sequence[Line]) -> None:
    right = sum(one.right for one in spoken)
    answerable = sum(line.id is not None for line in lines)
    print(f"  precision {right / len(spoken):.3f}, answered {right / answerable:.3f}")
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
