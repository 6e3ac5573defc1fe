"""Cooldowns: what is remembered, for how long, and how much of it at most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cooldowns import ON_ITS_WAY, REMEMBERED, Cooldowns
from tests.clock import Clock


@pytest.fixture
def clock():
    return Clock(1_000.0)


@pytest.fixture
def cooldowns(clock):
    return Cooldowns(clock)


def test_an_answer_is_known_in_its_channel_for_as_long_as_asked(cooldowns, clock):
    cooldowns.begin(7, "twitch")
    assert cooldowns.earlier(7, "twitch", 600) == ON_ITS_WAY
    cooldowns.shown(7, "twitch", 99)
    assert cooldowns.earlier(7, "twitch", 600) == 99
    assert cooldowns.earlier(8, "twitch", 600) is None
    assert cooldowns.earlier(7, "itch", 600) is None
    clock.at += 599
    assert cooldowns.earlier(7, "twitch", 600) == 99
    clock.at += 1
    assert cooldowns.earlier(7, "twitch", 600) is None


def test_what_was_not_sent_or_was_deleted_is_answered_again(cooldowns):
    cooldowns.begin(7, "twitch")
    cooldowns.not_sent(7, "twitch")
    assert cooldowns.earlier(7, "twitch", 600) is None
    cooldowns.shown(7, "twitch", 99)
    cooldowns.not_sent(7, "twitch")
    assert cooldowns.earlier(7, "twitch", 600) == 99
    cooldowns.gone(99)
    assert cooldowns.earlier(7, "twitch", 600) is None


def test_a_reply_that_shows_another_answer_does_not_show_the_first(cooldowns):
    cooldowns.shown(7, "twitch", 99)
    cooldowns.shown(7, "itch", 99)
    assert cooldowns.earlier(7, "twitch", 600) is None
    assert cooldowns.earlier(7, "itch", 600) == 99
    cooldowns.shown(7, "", 99)
    assert cooldowns.earlier(7, "itch", 600) is None


def test_the_deletion_of_an_older_reply_does_not_hide_a_newer_one(cooldowns):
    cooldowns.shown(7, "twitch", 98)
    cooldowns.shown(7, "twitch", 99)
    cooldowns.gone(98)
    assert cooldowns.earlier(7, "twitch", 600) == 99


def test_a_member_gets_so_many_answers_and_is_told_how_long_to_wait(cooldowns, clock):
    assert [cooldowns.take("ann", 3, 300) for _ in range(3)] == [0, 0, 0]
    clock.at += 100
    assert cooldowns.take("ann", 3, 300) == 200
    assert cooldowns.take("bea", 3, 300) == 0
    clock.at += 200
    assert cooldowns.take("ann", 3, 300) == 0


def test_who_was_answered_just_now_is_not_forgotten_for_others(cooldowns, monkeypatch):
    monkeypatch.setattr("bot.cooldowns.REMEMBERED", 2)
    for member in ("ann", "bea", "ann", "zoe"):
        assert cooldowns.take(member, 2, 300) == 0
    assert cooldowns.take("ann", 2, 300) > 0


def test_what_replies_showed_an_answer_before_is_not_remembered(cooldowns):
    for reply in range(50):
        cooldowns.begin(7, "twitch")
        cooldowns.shown(7, "twitch", reply)
    assert len(cooldowns._shown_by) == 1


def test_what_was_given_back_can_be_taken_again(cooldowns):
    cooldowns.take("ann", 1, 300)
    cooldowns.give_back("ann")
    cooldowns.give_back("nobody")
    assert cooldowns.take("ann", 1, 300) == 0


@given(st.lists(st.floats(0, 200), max_size=40), st.integers(1, 5), st.integers(1, 300))
def test_no_window_ever_holds_more_answers_than_allowed(pauses, answers, seconds):
    clock = Clock(1_000.0)
    cooldowns, taken = Cooldowns(clock), []
    for pause in pauses:
        clock.at += pause
        wait = cooldowns.take("ann", answers, seconds)
        if wait:
            assert 0 < wait <= seconds
            assert len([at for at in taken if clock.at - at < seconds]) == answers
        else:
            taken.append(clock.at)
        assert len([at for at in taken if clock.at - at < seconds]) <= answers


def test_what_is_remembered_is_bounded(cooldowns):
    for number in range(REMEMBERED + 50):
        cooldowns.shown(number, "twitch", number + 1)
        cooldowns.take(number, 3, 300)
    assert cooldowns.earlier(0, "twitch", 600) is None
    assert len(cooldowns._given) == len(cooldowns._shown_by) == len(cooldowns._members) == REMEMBERED
