"""A second look by weighed words: how much a text as a whole reads like an emergency.

Rules find what somebody thought of. People in danger also write what nobody thought of, and some words alarm only where
the rest of the text is calm. So the published system with the best figures (Swaminathan et al. 2023) has two stages: a
wide net of words, then a logistic regression over the whole text. Here the regression tells calm texts from several
kinds of alarming ones at once (a text about pills and one about a bleeding cut share few words), and what it makes of
a text is set beside what the rules made of it; `emergency.Screen` says which of the two decides.

Who writes much tells the danger in half a sentence between harmless things, which would outweigh it. So what counts of
a long text are its most alarming passages. One of many sounds alarming by chance: more is asked of them, and where a
rule found alarming words, which stand in every third harmless post that speaks of illness, less calm is enough.

The weights are fitted by `python -m benchmarks.screen_weights`, which tells what they do to lines that took no part.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add, sub
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.safety.ruleset import ABOUT_ANOTHER, ABOUT_ONESELF, ABOUT_ONESELF_OR_ANOTHER, SELF_HARM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knowledge.safety.occurrences import Span
    from knowledge.safety.reading import Reading

WEIGHTS_FILE = Path(__file__).with_name("weights.json")

# The words that are weighed, which bounds the time that a hostile text takes. Of a longer text no alarm is taken back.
MOST_WORDS = 200
# Fewer say too little for their weights to decide anything.
_FEWEST_WORDS = 3
# Of up to so many words each counts for much, and chance for more.
_SCRAP = 4
# Longer texts are weighed by their passages: the most alarming sentence, which counts twice, and three in a row.
_LONG = 30
# Many write without a full stop: what goes on for more words than this is cut there.
_LONGEST_SENTENCE = 30
# Beginnings of words, which forms of one word share.
_SHORT_BEGINNING, _LONG_BEGINNING = 4, 6
_TENTHS = 10
# How many features' weights are kept read: most words of most texts are common ones.
_REMEMBERED = 10_000
# Texts are told apart by length up to the eighth of these steps.
_LENGTH_STEP, _MOST_STEPS = 4, 8


@dataclass(frozen=True, slots=True)
class Bars:
    """From which log-odds on a text alarms, and up to which it surely reads calm.

    It alarms from `alarm` on, or `self_harm` where suicide or self-harm is the likeliest; it reads calm up to `calm`,
    or `calm_of_self_harm` where a rule about suicide or self-harm says otherwise.
    """

    alarm: float
    self_harm: float
    calm: float
    calm_of_self_harm: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the log-odds of each kind of alarm against calm, before a text's length is taken out.

    `kinds` names the kinds of alarm; `start` and the values of `features` are in their order, and have one figure more:
    the log-odds that a text about suicide is about another person. Features are in tenths, as one text each: of forty
    thousand few are ever asked for, and a list takes four times as long to load. `scrap`, `short` and `long` are the
    bars by length; an overheard text has to read calmer by `overheard` before it counts as calm, as nobody is told then
    when to call. A text about suicide speaks of its writer up to the log-odds `oneself_at`, of another from
    `another_at` on.
    """

    kinds: tuple[str, ...]
    start: tuple[float, ...]
    features: Mapping[str, str]
    scrap: Bars
    short: Bars
    long: Bars
    overheard: float
    oneself_at: float
    another_at: float

    def weigh(self, reading: Reading, *, overheard: bool = False) -> Weighed:
        """Weigh the words of a text, as the screen reads them."""
        words = len(reading.words)
        if words < _FEWEST_WORDS:
            return Weighed()
        bars = self.long if words > _LONG else self.short if words > _SCRAP else self.scrap
        *each, another = self.log_odds(reading)
        likeliest = max(each)
        # The logarithm of the sum of the odds, without their getting too large or too small to count.
        any_alarm = likeliest + math.log(sum(math.exp(one - likeliest) for one in each))
        kind = self.kinds[each.index(likeliest)]
        known_whole = words <= MOST_WORDS
        calmness = any_alarm + (self.overheard if overheard else 0.0)
        return Weighed(
            alarming=any_alarm >= (bars.self_harm if kind in SELF_HARM else bars.alarm),
            calm=known_whole and calmness <= bars.calm,
            calm_of_self_harm=known_whole and calmness <= bars.calm_of_self_harm,
            kind=kind,
            about=self._about(another),
        )

    def log_odds(self, reading: Reading) -> tuple[float, ...]:
        """Give the log-odds of each kind of alarm against calm, and those that it is about another person."""
        text = _Text(self, reading.words[:MOST_WORDS])
        whole = text.log_odds((0, len(text.words)), asks=reading.asks)
        if len(text.words) <= _LONG:
            return whole
        one, three = (
            max(map(text.log_odds, spans), key=lambda odds: max(odds[: len(self.kinds)])) for spans in passages(reading)
        )
        both = tuple((2 * first + second) / 3 for first, second in zip(one, three, strict=True))
        return (*both[:-1], whole[-1])

    def _about(self, another: float) -> str:
        if self.oneself_at < another < self.another_at:
            return ABOUT_ONESELF_OR_ANOTHER
        return ABOUT_ANOTHER if another >= self.another_at else ABOUT_ONESELF


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the weights make of a text: whether it alarms, whether it surely reads calm, the likeliest kind of alarm.

    `about` is the category of a text about suicide that tells whose; "" where the weights tell nothing.
    """

    alarming: bool = False
    calm: bool = False
    calm_of_self_harm: bool = False
    kind: str = ""
    about: str = ""


def features(words: Sequence[str], *, asks: bool = False) -> Iterator[str]:
    """Give what is weighed of words: each, two and three in a row, beginnings, how many, and whether they ask."""
    yield _length(len(words))
    if asks:
        yield "?"
    for word in words:
        yield from _of_word(word)
    yield from _pairs(words)
    yield from _threes(words)
    yield from _ends(words)


def _length(words: int) -> str:
    return f"#{min(_MOST_STEPS, words // _LENGTH_STEP)}"


def _of_word(word: str) -> tuple[str, ...]:
    short = f"{word[:_SHORT_BEGINNING]}-"
    return (word, short, f"{word[:_LONG_BEGINNING]}-") if len(word) > _LONG_BEGINNING else (word, short)


def _pairs(words: Sequence[str]) -> Iterator[str]:
    return (f"{first} {second}" for first, second in pairwise(words))


def _threes(words: Sequence[str]) -> Iterator[str]:
    return (f"{first} {second} {third}" for first, second, third in zip(words, words[1:], words[2:], strict=False))


def _ends(words: Sequence[str]) -> Iterator[str]:
    """Give what stands at the start and at the end, where "^" and "$" stand for what is not there."""
    first, last = ("^", *words[:2]), (*words[-2:], "$")
    yield from _pairs(first[:2])
    yield from _pairs(last[-2:])
    yield from _threes(first)
    yield from _threes(last)


class _Text:
    """The weights of a text's features, added up word by word so that every passage is weighed in a few steps."""

    def __init__(self, weights: Weights, words: Sequence[str]) -> None:
        self.words = words
        self._weights = weights
        self._nothing = (0,) * len(weights.start)
        of_words = [_of_word(word) for word in words]
        self._of_words = self._added_up(of_words)
        self._pairs = self._added_up((name,) for name in _pairs(words))
        self._threes = self._added_up((name,) for name in _threes(words))
        self._counts = [0]
        for names in of_words:
            self._counts.append(self._counts[-1] + len(names))

    def log_odds(self, passage: Span, *, asks: bool = False) -> tuple[float, ...]:
        """Give the log-odds of a passage, as if its `features` were all there is."""
        start, end = passage
        words = self.words[start:end]
        others = [_length(len(words)), *(["?"] if asks else []), *_ends(words)]
        totals = self._sum_of(others, self._nothing)
        for sums, last in ((self._of_words, end), (self._pairs, end - 1), (self._threes, end - 2)):
            if last > start:
                totals = tuple(map(add, totals, map(sub, sums[last], sums[start])))
        count = self._counts[end] - self._counts[start] + max(0, 2 * len(words) - 3) + len(others)
        # What nobody has seen before counts too: it makes a text no more alarming, but its length is taken out.
        length = math.sqrt(count) * _TENTHS
        return tuple(start + total / length for start, total in zip(self._weights.start, totals, strict=True))

    def _added_up(self, names_of_each: Iterable[Sequence[str]]) -> list[tuple[int, ...]]:
        """Give what the names before each place add up to."""
        sums = [self._nothing]
        for names in names_of_each:
            sums.append(self._sum_of(names, sums[-1]))
        return sums

    def _sum_of(self, names: Iterable[str], total: tuple[int, ...]) -> tuple[int, ...]:
        for name in names:
            figures = self._weights.features.get(name)
            if figures:
                total = tuple(map(add, total, _numbers(figures)))
        return total


@lru_cache(maxsize=_REMEMBERED)
def _numbers(figures: str) -> tuple[int, ...]:
    return tuple(map(int, figures.split()))


def passages(reading: Reading) -> tuple[list[Span], list[Span]]:
    """Give what a long text is weighed by: its sentences, and every three in a row.

    A sentence of few words goes with the next.
    """
    sentence_of = reading.sentences[:MOST_WORDS]
    spans: list[Span] = []
    start = 0
    for end in range(1, len(sentence_of) + 1):
        over = end == len(sentence_of) or end - start == _LONGEST_SENTENCE
        if over or (sentence_of[end] != sentence_of[end - 1] and end - start >= _FEWEST_WORDS):
            spans.append((start, end))
            start = end
    return spans, _in_a_row(spans, 3)


def _in_a_row(spans: Sequence[Span], count: int) -> list[Span]:
    """Give every `count` spans in a row as one; all of them where there are fewer."""
    count = min(count, len(spans))
    return [(first[0], last[1]) for first, last in zip(spans, spans[count - 1 :], strict=False)]


def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Read the weights that were fitted."""
    content = json.loads(path.read_text("utf-8"))
    return Weights(
        kinds=tuple(content["kinds"]),
        start=tuple(content["start"]),
        features=content["features"],
        scrap=Bars(**content["scrap"]),
        short=Bars(**content["short"]),
        long=Bars(**content["long"]),
        overheard=content["overheard"],
        oneself_at=content["oneself_at"],
        another_at=content["another_at"],
    )
