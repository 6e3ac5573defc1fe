"""A second look by weighed words: how much a text as a whole reads like an emergency.

Rules find what somebody thought of. People in danger also write what nobody thought of, and some words alarm only where
the rest of the text is calm. So the published system with the best figures (Swaminathan et al. 2023) has two stages: a
wide net of words, then a logistic regression over the whole text. Here the weights may raise an alarm where no rule
does; they never take one back, for a text may read calm and hold one alarming line.

The weights are fitted by `python -m benchmarks.screen_weights`, which tells what they do to lines that took no part.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WEIGHTS_FILE = Path(__file__).with_name("weights.json")

# The words that are weighed: a longer text is no cry for help, or says so early.
MOST_WORDS = 120
# Fewer say too little to alarm by their weights.
FEWEST_WORDS = 5
# Beginnings of words, which forms of one word share.
_SHORT_BEGINNING, _LONG_BEGINNING = 4, 6


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds, in log-odds before a text's length is taken out.

    `alarm` is about emergencies at all, `self_harm` tells those about suicide and self-harm from the others. A text
    alarms from `alarm_at` log-odds on.
    """

    intercept: float
    alarm: Mapping[str, float]
    self_harm_intercept: float
    self_harm: Mapping[str, float]
    alarm_at: float

    def weigh(self, words: Sequence[str]) -> Weighed:
        """Weigh the words of a text, as the screen reads them."""
        known = [feature for feature in features(words[:MOST_WORDS]) if feature in self.alarm]
        length = math.sqrt(len(known)) or 1.0
        log_odds = self.intercept + sum(self.alarm[feature] for feature in known) / length
        self_harm = self.self_harm_intercept + sum(self.self_harm.get(feature, 0.0) for feature in known) / length
        alarming = log_odds >= self.alarm_at and len(words) >= FEWEST_WORDS
        return Weighed(alarming=alarming, self_harm=self_harm > 0)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the weights make of a text: `self_harm` tells which card an alarm gets."""

    alarming: bool
    self_harm: bool


def features(words: Sequence[str]) -> frozenset[str]:
    """Give what is weighed of a text: its words, its pairs of neighbours, and the beginnings of its words."""
    return frozenset(_features(words))


def _features(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield word
        yield f"{word[:_SHORT_BEGINNING]}-"
        if len(word) > _LONG_BEGINNING:
            yield f"{word[:_LONG_BEGINNING]}-"
    for first, second in zip(("^", *words), (*words, "$"), strict=True):
        yield f"{first} {second}"


def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Read the weights that were fitted."""
    content = json.loads(path.read_text("utf-8"))
    return Weights(
        intercept=content["intercept"],
        alarm={feature: alarm for feature, (alarm, _) in content["features"].items()},
        self_harm_intercept=content["self_harm_intercept"],
        self_harm={feature: self_harm for feature, (_, self_harm) in content["features"].items()},
        alarm_at=content["alarm_at"],
    )
