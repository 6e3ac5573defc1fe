"""The second look: what the weights of all words may change in a verdict of the rules, and what not."""

from __future__ import annotations

import pytest

from knowledge.model import Tier
from knowledge.safety.emergency import WEIGHED, Screen
from knowledge.safety.weighing import Weights, features
from tests.knowledge.safety.shipped import RULES, SCREEN, SHIPPED, WEIGHTS

PLAIN = "one two three four five"
ALARM = "my chest hurts"


def weighing(suicide, other, **features_of_texts):
    """Weights that say the same of every text, but for the features given."""
    bars = {"alarm_at": 2.0, "self_harm_at": 1.0, "calm_at": -5.0, "calm_of_self_harm_at": -7.0}
    return Weights(("suicide", "other"), (suicide, other), features_of_texts, **bars)


def reading(text):
    return SCREEN.reading(text)


def test_what_is_weighed():
    assert features(reading("swallowing bleach?")) == {
        *("swallowing", "bleach", "swal-", "blea-", "swallo-"),
        *("^ swallowing", "swallowing bleach", "bleach $", "^ swallowing bleach", "swallowing bleach $"),
        *("#0", "?"),
    }
    assert features(reading("")) == {"^ $", "#0"}
    assert "?" not in features(reading("swallowing bleach."))
    assert {name for text in (PLAIN, "word " * 100) for name in features(reading(text)) if name[0] == "#"} == {
        "#1",
        "#8",
    }


def test_the_length_of_a_text_is_taken_out():
    weights = weighing(-9.0, 0.0, bleach="0 100")
    assert weights.weigh(reading("who drank bleach")).alarming
    assert not weights.weigh(reading("who drank bleach or water or juice or milk or tea or wine or beer")).alarming


def test_alarms_of_all_kinds_count_together():
    assert not weighing(-9.0, 1.5).weigh(reading(PLAIN)).alarming
    assert weighing(1.4, 1.5).weigh(reading(PLAIN)).alarming


@pytest.mark.parametrize(("log_odds", "alarming"), [(2000.0, True), (-2000.0, False)])
def test_no_odds_are_too_large_or_too_small(log_odds, alarming):
    assert weighing(log_odds, log_odds).weigh(reading(PLAIN)).alarming is alarming


def test_less_is_asked_for_where_it_is_likeliest_about_self_harm():
    assert weighing(1.1, -9.0).weigh(reading(PLAIN)).alarming
    assert not weighing(-9.0, 1.1).weigh(reading(PLAIN)).alarming


def test_sure_weights_raise_an_alarm_that_no_rule_raises():
    assert SCREEN(PLAIN).tier is Tier.NONE
    assert Screen(RULES, weighing(0.0, 3.0))(PLAIN).category == "other"
    verdict = Screen(RULES, weighing(3.0, 0.0))(PLAIN)
    assert (verdict.tier, verdict.category, verdict.rule_ids) == (Tier.EMERGENCY, "suicide", (WEIGHED,))


def test_the_card_is_that_of_the_caution_there_was_unless_it_is_about_suicide():
    text = "chest pain in 2015"
    assert SCREEN(text).tier is Tier.CAUTION
    assert Screen(RULES, weighing(0.0, 3.0))(text).category == "cardiac"
    assert Screen(RULES, weighing(3.0, 0.0))(text).category == "suicide"
    about_another = "my friend is not suicidal"
    assert SCREEN(about_another).tier is Tier.CAUTION
    assert Screen(RULES, weighing(0.0, 3.0))(about_another).category == SCREEN(about_another).category


def test_a_text_that_surely_reads_calm_gets_the_caution_in_place_of_the_alarm():
    verdict = Screen(RULES, weighing(-9.0, -9.0))(ALARM)
    assert (verdict.tier, verdict.category) == (Tier.CAUTION, "cardiac")
    assert verdict.rule_ids == (*SCREEN(ALARM).rule_ids, WEIGHED)
    assert Screen(RULES, weighing(-9.0, -4.9))(ALARM) == SCREEN(ALARM)


@pytest.mark.parametrize(
    "text", ["i want to die", "my sister says she wants to kill herself", "how many tylenol would kill you"]
)
def test_an_alarm_about_suicide_is_lowered_only_where_more_calm_is_read(text):
    assert Screen(RULES, weighing(-9.0, -6.9))(text) == SCREEN(text)
    assert Screen(RULES, weighing(-9.0, -9.0))(text).tier is Tier.CAUTION


@pytest.mark.parametrize("log_odds", [9.0, -9.0])
def test_what_is_overheard_is_not_weighed(log_odds):
    screen = Screen(RULES, weighing(log_odds, log_odds))
    for text in (PLAIN, ALARM):
        assert screen(text, overheard=True) == SCREEN(text, overheard=True)


def test_two_words_are_not_weighed():
    assert Screen(RULES, weighing(9.0, 9.0))("one two").tier is Tier.NONE
    assert Screen(RULES, weighing(-9.0, -9.0))("chest hurts") == SCREEN("chest hurts")


def test_unsure_weights_change_nothing():
    screen = Screen(RULES, weighing(0.0, 0.0))
    for text in (ALARM, "chest pain in 2015", "what a nice day", "kms lol"):
        assert screen(text) == SCREEN(text)


@pytest.mark.parametrize("text", ["", "😀", "胸", "what are the signs of a stroke?", "does botox hurt", "good morning"])
def test_what_is_harmless_stays_so(text):
    assert SHIPPED(text).tier is SCREEN(text).tier is Tier.NONE


def test_the_shipped_weights_fit_their_kinds():
    assert set(WEIGHTS.kinds) <= {*RULES.categories}
    assert (
        {len(weights.split()) for weights in WEIGHTS.features.values()} == {len(WEIGHTS.kinds)} == {len(WEIGHTS.start)}
    )
    assert len(WEIGHTS.features) > 10_000
    assert WEIGHTS.calm_of_self_harm_at < WEIGHTS.calm_at < 0 < WEIGHTS.self_harm_at < WEIGHTS.alarm_at
