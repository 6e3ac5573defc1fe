"""The second look: what the weights of all words may change in a verdict of the rules, and what not."""

from __future__ import annotations

import pytest

from knowledge.model import Tier
from knowledge.safety.emergency import WEIGHED, Screen
from knowledge.safety.weighing import Weights, features
from tests.knowledge.safety.shipped import RULES, SCREEN, SHIPPED, WEIGHTS

ALARM = "my chest hurts"


def weighing(log_odds, self_harm=-1.0):
    """Weights that say the same of every text."""
    return Weights(log_odds, {}, self_harm, {}, alarm_at=2.0)


def test_what_is_weighed():
    assert features(("swallowing", "bleach")) == {
        *("swallowing", "bleach", "swal-", "blea-", "swallo-"),
        *("^ swallowing", "swallowing bleach", "bleach $"),
    }
    assert features(()) == {"^ $"}


def test_the_length_of_a_text_is_taken_out():
    words = ("help", "me", "now", "it", "hurts")
    alone = Weights(0.0, {"help": 2.5}, 0.0, {}, alarm_at=2.0)
    among_others = Weights(0.0, {"help": 2.5, "hurts": 0.0}, 0.0, {}, alarm_at=2.0)
    assert alone.weigh(words).alarming
    assert not among_others.weigh(words).alarming
    assert not alone.weigh(words[:4]).alarming


def test_sure_weights_raise_an_alarm_that_no_rule_raises():
    assert SCREEN("one two three four five").tier is Tier.NONE
    assert Screen(RULES, weighing(3.0))("one two three four five").category == "other"
    verdict = Screen(RULES, weighing(3.0, self_harm=1.0))("one two three four five")
    assert (verdict.tier, verdict.category, verdict.rule_ids) == (Tier.EMERGENCY, "suicide", (WEIGHED,))


def test_the_card_is_that_of_the_caution_there_was():
    text = "chest pain in 2015"
    assert SCREEN(text).tier is Tier.CAUTION
    assert Screen(RULES, weighing(3.0, self_harm=1.0))(text).category == "cardiac"


def test_overheard_weights_raise_no_alarm():
    assert Screen(RULES, weighing(3.0))("one two three four five", overheard=True).tier is Tier.NONE


@pytest.mark.parametrize("overheard", [True, False])
def test_weights_never_take_an_alarm_back(overheard):
    assert Screen(RULES, weighing(-9.0))(ALARM, overheard) == SCREEN(ALARM, overheard)


def test_unsure_weights_change_nothing():
    screen = Screen(RULES, weighing(0.0))
    for text in (ALARM, "chest pain in 2015", "what a nice day", "kms lol"):
        assert screen(text) == SCREEN(text)


@pytest.mark.parametrize("text", ["", "😀", "胸", "what are the signs of a stroke?", "does botox hurt", "good morning"])
def test_what_is_harmless_stays_so(text):
    assert SHIPPED(text).tier is SCREEN(text).tier is Tier.NONE


def test_weights_are_of_words_that_can_come_out_of_a_text():
    assert len(WEIGHTS.alarm) == len(WEIGHTS.self_harm) > 1000
    assert WEIGHTS.alarm_at > 0
