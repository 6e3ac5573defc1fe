"""A second look by weighed words: how much a text as a whole reads like an emergency.

Rules find what somebody thought of. People in danger also write what nobody thought of, and some words alarm only where
the rest of the text is calm. So the published system with the best figures (Swaminathan et al. 2023) has two stages: a
wide net of words, then a logistic regression over the whole text. Here the regression tells calm texts from several
kinds of alarming ones at once (a text about pills and one about a bleeding cut share few words), and what it makes of
a text is set beside what the rules made of it; `emergency.Screen` says which of the two decides.

The weights are fitted by `python -m benchmarks.screen_weights`, which tells what they do to lines that took no part.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.safety.ruleset import SELF_HARM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knowledge.safety.reading import Reading

WEIGHTS_FILE = Path(__file__).with_name("weights.json")

# The words that are weighed: a longer text is no cry for help, or says so early.
_MOST_WORDS = 120
# Fewer say too little for their weights to decide anything.
_FEWEST_WORDS = 3
# Beginnings of words, which forms of one word share.
_SHORT_BEGINNING, _LONG_BEGINNING = 4, 6
_TENTHS = 10
# Texts are told apart by length up to the eighth of these steps.
_LENGTH_STEP, _MOST_STEPS = 4, 8


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the log-odds of each kind of alarm against calm, before a text's length is taken out.

    `kinds` names the kinds of alarm; `start` and the values of `features` are in their order. These are in tenths, as
    one text each: of forty thousand few are ever asked for, and a list takes four times as long to load. A text alarms
    from `alarm_at` log-odds of any alarm on, or `self_harm_at` where suicide or self-harm is the likeliest; it surely
    reads calm up to `calm_at`, or `calm_of_self_harm_at` where a rule about suicide or self-harm says otherwise.
    """

    kinds: tuple[str, ...]
    start: tuple[float, ...]
    features: Mapping[str, str]
    alarm_at: float
    self_harm_at: float
    calm_at: float
    calm_of_self_harm_at: float

    def weigh(self, reading: Reading) -> Weighed:
        """Weigh the words of a text, as the screen reads them."""
        if len(reading.words) < _FEWEST_WORDS:
            return Weighed(alarming=False, calm=False, calm_of_self_harm=False, kind="")
        each = self.log_odds(reading)
        likeliest = max(each)
        # The logarithm of the sum of the odds, without their getting too large or too small to count.
        any_alarm = likeliest + math.log(sum(math.exp(one - likeliest) for one in each))
        kind = self.kinds[each.index(likeliest)]
        return Weighed(
            alarming=any_alarm >= (self.self_harm_at if kind in SELF_HARM else self.alarm_at),
            calm=any_alarm <= self.calm_at,
            calm_of_self_harm=any_alarm <= self.calm_of_self_harm_at,
            kind=kind,
        )

    def log_odds(self, reading: Reading) -> tuple[float, ...]:
        """Give the log-odds of each kind of alarm against calm."""
        every = features(reading)
        known = [weights.split() for name in every if (weights := self.features.get(name))]
        if not known:
            return self.start
        # What nobody has seen before counts too: it makes a text no more alarming, but its length is taken out.
        length = math.sqrt(len(every)) * _TENTHS
        sums = (sum(map(int, column)) for column in zip(*known, strict=True))
        return tuple(start + total / length for start, total in zip(self.start, sums, strict=True))


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the weights make of a text: whether it alarms, whether it surely reads calm, the likeliest kind of alarm."""

    alarming: bool
    calm: bool
    calm_of_self_harm: bool
    kind: str


def features(reading: Reading) -> frozenset[str]:
    """Give what is weighed of a text: words, two and three in a row, beginnings, the length, and whether it asks."""
    return frozenset(_features(reading.words[:_MOST_WORDS], asks=reading.asks))


def _features(words: Sequence[str], *, asks: bool) -> Iterator[str]:
    yield f"#{min(_MOST_STEPS, len(words) // _LENGTH_STEP)}"
    if asks:
        yield "?"
    for word in words:
        yield word
        yield f"{word[:_SHORT_BEGINNING]}-"
        if len(word) > _LONG_BEGINNING:
            yield f"{word[:_LONG_BEGINNING]}-"
    marked = ("^", *words, "$")
    for first, second in pairwise(marked):
        yield f"{first} {second}"
    for first, second, third in zip(marked, marked[1:], marked[2:], strict=False):
        yield f"{first} {second} {third}"


def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Read the weights that were fitted."""
    content = json.loads(path.read_text("utf-8"))
    return Weights(
        kinds=tuple(content["kinds"]),
        start=tuple(content["start"]),
        features=content["features"],
        alarm_at=content["alarm_at"],
        self_harm_at=content["self_harm_at"],
        calm_at=content["calm_at"],
        calm_of_self_harm_at=content["calm_of_self_harm_at"],
    )
