"""What became of the questions of a server over the last days: numbers, no texts of members and no people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from knowledge.statistics.counting import Counted
from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knowledge.curation.votes import Tally
    from knowledge.model import Question

PERIODS = (7, 30, 90)
"""Days that are told of, today (UTC) and those before it."""

_EPOCH = date(1970, 1, 1)
# Up to here a bar is a day, beyond it a week.
_DAILY = 31
_WEEK = 7
_SHOWN = frozenset({Counted.ANSWERED, Counted.CHOSEN})
# Where nobody got an answer: what was asked back and not chosen from is one of these.
_MISSES = frozenset({Counted.MISSED, Counted.UNSURE, Counted.ASKED_BACK})


@dataclass(frozen=True, slots=True)
class Totals:
    """What happened in a period. `chosen` of those `asked_back` found their question among the choices.

    `unsure` of those left `silent` were questions. `other` got a sentence of our own or were put off. `helpful` are the
    votes that were cast in the period.
    """

    answered: int
    asked_back: int
    chosen: int
    missed: int
    silent: int
    unsure: int
    emergencies: int
    other: int
    helpful: Tally


@dataclass(frozen=True, slots=True)
class Bar:
    """What was replied on a day, or in a week that begins on it."""

    begins: date
    answered: int
    asked_back: int
    missed: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What happened until `today` (UTC): totals by period, and of the last `days` what follows.

    `top` are the entries that were shown most, by id; `missed_topics` the topics of the entries nearest to what found
    no answer, a miss under each of its topics; `near_nothing` counts those with no entry near, or none with a topic.
    """

    today: date
    days: int
    totals: Mapping[int, Totals]
    bars: tuple[Bar, ...]
    top: tuple[tuple[str, int], ...]
    missed_topics: tuple[tuple[str, int], ...]
    near_nothing: int


def first_day(today: int, days: int) -> int:
    """Give the first of the last `days` days; days are counted from 1 January 1970."""
    return today - days + 1


def statistics(  # noqa: PLR0913  # all that is put together here
    by_day: Mapping[tuple[int, Counted], int],
    by_entry: Mapping[tuple[Counted, str], int],
    helpful: Mapping[int, Tally],
    questions: Mapping[str, Question],
    *,
    today: int,
    days: int,
    listed: int,
) -> Statistics:
    """Put together what is told of a server.

    `by_day` are the counts of each day of the longest period, `by_entry` those of the last `days`, `helpful` the votes
    by period, `questions` those that are live. At most `listed` questions, and as many topics, are named.
    """
    shown, topics, near_nothing = Counter[str](), Counter[str](), 0
    for (counted, entry_id), number in by_entry.items():
        if counted in _SHOWN and entry_id in questions:
            shown[entry_id] += number
        elif counted in _MISSES:
            named = _topics(questions.get(entry_id))
            topics.update(dict.fromkeys(named, number))
            near_nothing += 0 if named else number
    return Statistics(
        today=_EPOCH + timedelta(days=today),
        days=days,
        totals={period: _totals(by_day, helpful[period], first_day(today, period)) for period in PERIODS},
        bars=tuple(_bars(by_day, today, days)),
        top=_most(shown, listed),
        missed_topics=_most(topics, listed),
        near_nothing=near_nothing,
    )


def _totals(by_day: Mapping[tuple[int, Counted], int], helpful: Tally, first: int) -> Totals:
    sums = Counter[Counted]()
    for (day, counted), number in by_day.items():
        sums[counted] += number if day >= first else 0
    return Totals(
        answered=sums[Counted.ANSWERED],
        asked_back=sums[Counted.ASKED_BACK] + sums[Counted.CHOSEN],
        chosen=sums[Counted.CHOSEN],
        missed=sums[Counted.MISSED],
        silent=sums[Counted.SILENT] + sums[Counted.UNSURE],
        unsure=sums[Counted.UNSURE],
        emergencies=sums[Counted.EMERGENCY],
        other=sums[Counted.OTHER],
        helpful=helpful,
    )


def _bars(by_day: Mapping[tuple[int, Counted], int], today: int, days: int) -> Iterator[Bar]:
    """Give a bar for each day, or for each whole week that ends with today."""
    width = 1 if days <= _DAILY else _WEEK
    number = -(-days // width)
    begin = first_day(today, number * width)
    sums = Counter[tuple[int, Counted]]()
    for (day, counted), count in by_day.items():
        sums[(day - begin) // width, counted] += count
    for place in range(number):
        yield Bar(
            _EPOCH + timedelta(days=begin + place * width),
            answered=sums[place, Counted.ANSWERED],
            asked_back=sums[place, Counted.ASKED_BACK] + sums[place, Counted.CHOSEN],
            missed=sums[place, Counted.MISSED],
        )


def _topics(question: Question | None) -> tuple[str, ...]:
    """Give a question's topics, each once however it is spelt."""
    named = {fold(topic): topic.strip().casefold() for topic in question.topics} if question else {}
    return tuple(topic for folded, topic in named.items() if folded)


def _most(counted: Counter[str], listed: int) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:listed])
