"""A digest is due once a week at the server's own hour, also when its clocks change; and never in bulk."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.settings import Digest
from knowledge.moderation.digest import digest_item, latest_due
from knowledge.records.counts import day_of

SUNDAY = 6
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"]


def digest(weekday=0, hour=9, zone="Europe/Berlin"):
    return Digest(weekday, hour, zone, "10")


def at(*moment, zone="UTC"):
    return datetime(*moment, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(2026, 11, 23, 8, 0), at(2026, 11, 23, 8)),  # 9 in Berlin, in winter
        (at(2026, 11, 23, 7, 59), at(2026, 11, 16, 8)),
        (at(2026, 11, 29, 23), at(2026, 11, 23, 8)),
        (at(2026, 10, 26, 8), at(2026, 10, 26, 8)),  # the day after the clocks went back
        (at(2026, 10, 24, 12), at(2026, 10, 19, 7)),
    ],
)
def test_the_hour_is_the_servers_own(now, due):
    assert latest_due(digest(), now) == due


def test_an_hour_that_the_clocks_leave_out_is_the_one_after_it_and_one_that_comes_twice_is_the_first():
    spring, autumn = at(2026, 3, 29, 12), at(2026, 10, 25, 12)
    assert latest_due(digest(SUNDAY, 2), spring).astimezone(ZoneInfo("Europe/Berlin")).hour == 3
    assert latest_due(digest(SUNDAY, 2), autumn) == at(2026, 10, 25, 0)


@given(
    st.integers(0, 3 * 365 * 24 * 60),
    st.integers(0, 6),
    st.integers(0, 23),
    st.sampled_from(ZONES),
)
def test_it_is_due_on_its_weekday_within_a_week(minutes, weekday, hour, zone):
    now = at(2025, 1, 1) + timedelta(minutes=minutes)
    due = latest_due(digest(weekday, hour, zone), now)
    assert timedelta() <= now - due <= timedelta(days=7, hours=2)
    assert due.astimezone(ZoneInfo(zone)).weekday() == weekday


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe"])
def test_whoever_looks_every_hour_for_a_year_finds_one_each_week(zone):
    found, now, end = {}, at(2026, 1, 1), at(2027, 1, 1)
    while now < end:
        if item := digest_item("1", digest(SUNDAY, 2, zone), now):
            found.setdefault(item.key, item)
        now += timedelta(hours=1)
    times = sorted(item.not_before for item in found.values())
    steps = {later - earlier for earlier, later in pairwise(times)}
    assert {round(step / timedelta(days=7)) for step in steps} == {1}
    assert all(abs(step - timedelta(days=7)) <= timedelta(hours=1) for step in steps)
    assert len(found) in {52, 53}


def test_one_that_is_a_day_late_is_left_out():
    assert digest_item("1", digest(), at(2026, 11, 24, 7, 59)) is not None
    assert digest_item("1", digest(), at(2026, 11, 24, 8)) is None


def test_it_tells_of_whole_days_and_is_of_no_use_a_day_later():
    item = digest_item("1", digest(), at(2026, 11, 23, 10))
    assert (item.kind, item.key, item.server_id, item.channel_id) == ("digest", "1:2026-11-23", "1", "10")
    assert item.payload == {"until": day_of(at(2026, 11, 22))}
    assert item.not_before + item.lasts == at(2026, 11, 24, 8)
