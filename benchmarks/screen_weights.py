"""Fit the weights of the emergency screen's second look, and tell what they do to lines that took no part.

    python -m benchmarks.screen_weights [--write]

Learned from the labelled lines of the tests, the rules' own lines, the development lines beside the project and, as
lines that must stay calm, the shipped book's wordings and the question sets beside the project. Prints, for each fifth
of our own lines and for each question set, what the weights alone make of it when it took no part. `--write` replaces
knowledge/safety/weights.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.config import Config
from knowledge.content.book import read_book
from knowledge.model import Tier
from knowledge.safety.emergency import Screen
from knowledge.safety.rules import load_rules
from knowledge.safety.weighing import MOST_WORDS, WEIGHTS_FILE, Weights, features

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parents[1]
OWN = HERE / "tests/knowledge/safety/data/lines.jsonl"
ASKED = HERE / "tests/data/labelled.jsonl"
SHARED = HERE.parent / "shared"
# The question sets, and how many of their lines are enough.
CALM = {
    "assistant": (SHARED / "matching/assistant/asked.jsonl", 2605),
    "stackfaq": (SHARED / "matching/stackfaq/asked.jsonl", 795),
    "diseases-typos": (SHARED / "matching/diseases-typos/asked.jsonl", 1000),
    "medical-pairs": (SHARED / "matching/medical-pairs/asked.jsonl", 1538),
    "chatter": (SHARED / "chatter/asked.jsonl", 500),
}
# An alarm asks for odds of twelve to one, a text that reads calm for one to twelve. Chosen on lines that took no
# part: what is found beyond the rules, against alarms in ordinary chat.
ALARM_AT = 2.5
_SOFTNESS = 30.0
_KEPT = 20_000
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """What is weighed of one labelled text."""

    words: tuple[str, ...]
    emergency: bool
    self_harm: bool
    group: str


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--write", action="store_true", help="replace knowledge/safety/weights.json")
    write = options.parse_args().write
    lines = all_lines()
    print(f"{'took no part':<22}{'lines':>7}{'found':>8}{'self-harm':>11}{'false':>8}")
    for group in sorted({line.group for line in lines} - {"always"}):
        weights = fit([line for line in lines if line.group != group])
        tell(group, [line for line in lines if line.group == group], weights)
    weights = fit(lines)
    tell("none: all lines", lines, weights)
    if write:
        WEIGHTS_FILE.write_text(_as_json(weights), "utf-8")


def all_lines() -> list[Line]:
    """Read every labelled line; our own are dealt into fifths by the set they came in."""
    rules = load_rules()
    screen = Screen(rules)
    own, shared = _read(OWN), _read(SHARED / "emergency/dev.jsonl")
    fold = {half: f"own {at % _FOLDS + 1}" for at, half in enumerate(dict.fromkeys(line["half"] for line in own))}
    found = [_line(screen, line, fold.get(line.get("half", ""), "always")) for line in (*own, *shared)]
    strong = (rule for rule in rules.rules if rule.strength == "strong")
    found += [Line(screen.words(rule.example), True, rule.about_self_harm, "always") for rule in strong]  # named above
    stored = (wording for question in read_book(Config().knowledge.path).questions for wording in question.wordings)
    found += [Line(screen.words(wording), False, False, "always") for wording in stored]  # named above
    for line in _read(ASKED):
        emergency = line["want"] == "emergency"
        found.append(Line(screen.words(line["text"]), emergency, self_harm=False, group="always"))
    for name, (path, count) in CALM.items():
        texts = [line["text"] for line in _read(path)]
        random.Random(name).shuffle(texts)  # a sample, the same each time
        # Questions to doctors do hold emergencies; those that the rules find are left out.
        calm = (text for text in texts[:count] if screen(text).tier is not Tier.EMERGENCY)
        found += [Line(screen.words(text), emergency=False, self_harm=False, group=name) for text in calm]
    return found


def fit(lines: Sequence[Line]) -> Weights:
    """Fit both models on the features that tell most; the same lines give the same weights."""
    emergency = np.array([line.emergency for line in lines])
    self_harm = np.array([line.self_harm for line in lines])
    names = sorted({feature for line in lines for feature in features(line.words)})
    _, weights = _fitted(lines, names, emergency)
    kept = sorted(names[at] for at in np.argsort(-np.abs(weights))[:_KEPT])
    intercept, alarm = _fitted(lines, kept, emergency)
    alarming = [line for line in lines if line.emergency]
    self_harm_intercept, about_self_harm = _fitted(alarming, kept, self_harm[emergency])
    return Weights(
        intercept=round(intercept, 3),
        alarm={name: round(float(weight), 2) for name, weight in zip(kept, alarm, strict=True)},
        self_harm_intercept=round(self_harm_intercept, 3),
        self_harm={name: round(float(weight), 1) for name, weight in zip(kept, about_self_harm, strict=True)},
        alarm_at=ALARM_AT,
    )


def tell(group: str, lines: Sequence[Line], weights: Weights) -> None:
    """Print what the weights alone make of `lines`."""
    shares: dict[str, list[bool]] = defaultdict(list)
    for line in lines:
        alarming = weights.weigh(line.words).alarming
        shares["found" if line.emergency else "false"].append(alarming)
        if line.self_harm:
            shares["self-harm"].append(alarming)
    told = [f"{np.mean(shares[kind]):.3f}" if kind in shares else "-" for kind in ("found", "self-harm", "false")]
    print(f"{group:<22}{len(lines):>7}{told[0]:>8}{told[1]:>11}{told[2]:>8}")


def _fitted(lines: Sequence[Line], names: Sequence[str], labels: np.ndarray) -> tuple[float, np.ndarray]:
    column = {name: at for at, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, line in enumerate(lines):
        known = [column[feature] for feature in features(line.words) if feature in column]
        rows += [row] * len(known)
        columns += known
        values += [max(1, len(known)) ** -0.5] * len(known)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(lines), len(names)))
    model = LogisticRegression(C=_SOFTNESS, max_iter=400).fit(matrix, labels)
    return float(model.intercept_[0]), model.coef_[0]


def _line(screen: Screen, line: dict[str, str], group: str) -> Line:
    words = screen.words(line["text"])[:MOST_WORDS]
    return Line(words, bool(line["emergency"]), line["category"] == "suicide_self_harm", group)


def _read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        raise SystemExit(f"The lines to learn from are not all here: {path} is missing.")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _as_json(weights: Weights) -> str:
    about = {
        "made": datetime.now(UTC).date().isoformat(),
        "by": "python -m benchmarks.screen_weights --write",
        "intercept": weights.intercept,
        "self_harm_intercept": weights.self_harm_intercept,
        "alarm_at": weights.alarm_at,
    }
    features = (
        f"{json.dumps(name, ensure_ascii=False)}: [{alarm}, {weights.self_harm[name]}]"
        for name, alarm in weights.alarm.items()
    )
    return json.dumps(about, indent=1)[:-2] + ',\n "features": {\n' + ",\n".join(features) + "\n}}\n"


if __name__ == "__main__":
    main()
