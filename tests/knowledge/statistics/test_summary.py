"""Totals, bars and lists are sums of what was counted in their days, and of nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from knowledge.curation.votes import Tally
from knowledge.model import Answer, Question
from knowledge.statistics.counting import Count, Counted
from knowledge.statistics.summary import PERIODS, first_day, statistics

TODAY = 20_779
NOBODY = dict.fromkeys(PERIODS, Tally())
ANSWERS = (Answer("Rest."),)
LIVE = {
    "knee": Question("knee", "Knee?", ANSWERS, topics=("Knee", "knee ", "joints")),
    "toe": Question("toe", "Toe?", ANSWERS),
    "hip": Question("hip", "Hip?", ANSWERS, topics=("joints",)),
}


def told(*counts, days=7, helpful=NOBODY, listed=5):
    by_day, by_entry = Counter(), Counter()
    for one in counts:
        by_day[one.day, one.counted] += one.number
        if one.day >= first_day(TODAY, days):
            by_entry[one.counted, one.entry_id] += one.number
    return statistics(by_day, by_entry, helpful, LIVE, today=TODAY, days=days, listed=listed)


def count(counted, number=1, entry="", ago=0):
    return Count(TODAY - ago, counted, entry, number)


def test_every_kind_is_told_once_and_choices_that_were_taken_are_choices_too():
    found = told(*(count(kind, 2**place) for place, kind in enumerate(Counted))).totals[7]
    assert (found.answered, found.asked_back, found.chosen, found.missed) == (1, 2 + 4, 4, 8)
    assert (found.silent, found.unsure, found.emergencies, found.other) == (16 + 32, 16, 64, 128)


@pytest.mark.parametrize("days", PERIODS)
def test_a_period_is_today_and_the_days_before_it(days):
    counts = [count(Counted.ANSWERED, ago=ago) for ago in (0, days - 1, days)]
    assert told(*counts).totals[days].answered == 2
    assert first_day(TODAY, 1) == TODAY


@pytest.mark.parametrize(("days", "width"), [(7, 1), (30, 1), (90, 7)])
def test_bars_end_with_today_and_hold_what_the_totals_hold(days, width):
    counts = [count(Counted.ANSWERED, ago=ago) for ago in range(days)]
    found = told(*counts, days=days)
    assert sum(bar.answered for bar in found.bars) == found.totals[days].answered == days
    assert found.today == date(1970, 1, 1) + timedelta(days=TODAY)
    assert found.bars[-1].begins == found.today - timedelta(days=width - 1)
    assert len(found.bars) * width >= days


def test_what_was_shown_most_stands_first_and_what_is_gone_is_not_named():
    shown = [("toe", 2), ("knee", 3), ("gone", 9), ("hip", 1)]
    counts = [count(Counted.ANSWERED, number, entry) for entry, number in shown]
    found = told(*counts, count(Counted.CHOSEN, 2, "toe"), count(Counted.MISSED, 50, "hip"), listed=2)
    assert found.top == (("toe", 4), ("knee", 3))


def test_a_miss_counts_under_the_topics_of_the_entry_that_came_nearest():
    counts = (
        count(Counted.MISSED, 2, "knee"),
        count(Counted.UNSURE, 1, "hip"),
        count(Counted.ASKED_BACK, 1, "knee"),
        count(Counted.CHOSEN, 99, "knee"),
        count(Counted.SILENT, 99),
        count(Counted.MISSED, 5),
        count(Counted.MISSED, 1, "toe"),
        count(Counted.MISSED, 1, "gone"),
        count(Counted.MISSED, 99, "knee", ago=7),
    )
    found = told(*counts)
    assert found.missed_topics == (("joints", 4), ("knee", 3))
    assert found.near_nothing == 7
