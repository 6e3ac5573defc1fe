"""The second look: what the weights of all words may change in a verdict of the rules, and what not."""

from __future__ import annotations

import math

import pytest

from knowledge.model import Tier
from knowledge.safety.emergency import WEIGHED, Screen
from knowledge.safety.weighing import MOST_WORDS, Bars, Weights, features
from tests.knowledge.safety.shipped import RULES, SCREEN, SHIPPED, WEIGHTS

PLAIN = "one two three four five"
ALARM = "my chest hurts"
ALARM_IN_WORDS = "my chest hurts and my left arm is numb"
SCRAP = Bars(alarm=2.5, self_harm=1.5, calm=-5.5, calm_of_self_harm=-7.5)
SHORT = Bars(alarm=2.0, self_harm=1.0, calm=-5.0, calm_of_self_harm=-7.0)
LONG = Bars(alarm=4.0, self_harm=3.0, calm=-1.0, calm_of_self_harm=-2.0)
ABOUT_A_WALK = "We walked along the river and up the hill."


def weighing(suicide, other, another=0.0, **features_of_texts):
    """Weights that say the same of every text, but for the features given."""
    start, bars = (suicide, other, another), (SCRAP, SHORT, LONG)
    return Weights(("suicide", "other"), start, features_of_texts, *bars, 2.0, -1.0, 1.0)


def reading(text):
    return SCREEN.reading(text)


def log_odds(weights, text):
    return weights.log_odds(reading(text))


def test_what_is_weighed():
    assert sorted(features(("swallowing", "bleach"), asks=True)) == sorted(
        [
            *("swallowing", "bleach", "swal-", "blea-", "swallo-"),
            *("^ swallowing", "swallowing bleach", "bleach $", "^ swallowing bleach", "swallowing bleach $"),
            *("#0", "?"),
        ]
    )
    assert "?" not in set(features(("swallowing", "bleach")))
    assert {name for count in (5, 100) for name in features(("word",) * count) if name[0] == "#"} == {"#1", "#8"}


@pytest.mark.parametrize("text", ["who drank bleach", "my brother says he wants to die", "stop stop stop stop"])
def test_a_short_text_is_weighed_whole(text):
    words, every = reading(text).words, list(features(reading(text).words))
    known = [list(map(int, WEIGHTS.features[name].split())) for name in every if name in WEIGHTS.features]
    sums = [sum(column) / 10 / len(every) ** 0.5 for column in zip(*known, strict=True)]
    assert log_odds(WEIGHTS, text) == pytest.approx([a + b for a, b in zip(WEIGHTS.start, sums, strict=True)])
    assert WEIGHTS.log_odds(reading(f"{text}?")) != log_odds(WEIGHTS, text)
    assert len(words) > 1


def test_the_length_of_a_text_is_taken_out():
    weights = weighing(-9.0, 0.0, bleach="0 100 0")
    assert weights.weigh(reading("who drank bleach")).alarming
    assert not weights.weigh(reading("who drank bleach or water or juice or milk or tea or wine or beer")).alarming


# --- Long texts ---------------------------------------------------------------------------------


def story(told, before, walks=5):
    """A long text that tells something after some sentences about a walk, and before the rest of them."""
    return " ".join([*[ABOUT_A_WALK] * before, told, *[ABOUT_A_WALK] * (walks - before)])


@pytest.mark.parametrize("before", [0, 1, 4, 5])
def test_what_counts_of_a_long_text_is_its_most_alarming_sentence_and_the_three_around_it(before):
    weights = weighing(-9.0, 0.0, bleach="0 100 0")
    sentence = "He drank the bleach."
    (_, alone, _), (_, three, _) = (
        log_odds(weights, text) for text in (sentence, story(sentence, min(before, 1), walks=2))
    )
    assert log_odds(weights, story(sentence, before))[1] == pytest.approx((2 * alone + three) / 3, rel=0.1)


def test_harmless_sentences_do_not_outweigh_a_plain_one():
    calm_words = dict.fromkeys(reading(ABOUT_A_WALK).words, "-90 -90 0")
    weights = weighing(0.0, 0.0, bleach="0 390 0", **calm_words)
    assert log_odds(weights, story("He drank the bleach.", 10, walks=20))[1] > 0
    assert log_odds(weights, story("He drank the water.", 10, walks=20))[1] < 0


def test_what_goes_on_without_a_full_stop_is_cut_into_passages():
    weights = weighing(-9.0, 0.0, bleach="0 100 0")
    text = "we walked along the river and up the hill " * 8 + "and he drank bleach"
    whole = 10 / math.sqrt(len(list(features(reading(text).words))))
    assert log_odds(weights, text)[1] > whole


def test_whom_a_long_text_is_about_is_told_by_the_whole_of_it():
    weights = weighing(0.0, 0.0, river="0 0 100", bleach="0 100 0")
    text = story("He drank the bleach.", 5)
    every = list(features(reading(text).words))
    assert log_odds(weights, text)[2] == pytest.approx(10 * every.count("river") / math.sqrt(len(every)))


@pytest.mark.parametrize(("text", "bars"), [("one two three four", SCRAP), (PLAIN, SHORT), (story(PLAIN, 5), LONG)])
def test_each_length_has_its_bars(text, bars):
    for above in (-0.01, 0.01):
        assert weighing(-99.0, bars.alarm + above).weigh(reading(text)).alarming is (above > 0)
        assert weighing(bars.self_harm + above, -99.0).weigh(reading(text)).alarming is (above > 0)
        assert weighing(-99.0, bars.calm + above).weigh(reading(text)).calm is (above < 0)
        weighed = weighing(-99.0, bars.calm_of_self_harm + above).weigh(reading(text))
        assert weighed.calm_of_self_harm is (above < 0)


def test_an_alarm_is_not_taken_back_in_a_text_that_is_not_weighed_to_its_end():
    calm = weighing(-99.0, -99.0)
    assert calm.weigh(reading("word " * MOST_WORDS)).calm
    weighed = calm.weigh(reading("word " * (MOST_WORDS + 1)))
    assert not weighed.calm
    assert not weighed.calm_of_self_harm


# --- The bars -----------------------------------------------------------------------------------


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
    assert (verdict.tier, verdict.rule_ids) == (Tier.EMERGENCY, (WEIGHED,))


@pytest.mark.parametrize(
    ("another", "category"),
    [(1.0, "suicide_other"), (0.9, "suicide_self_or_other"), (-0.9, "suicide_self_or_other"), (-1.0, "suicide")],
)
@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("i want to die", Tier.EMERGENCY),
        ("my sister says she wants to kill herself", Tier.EMERGENCY),
        ("i am not suicidal", Tier.CAUTION),
    ],
)
def test_the_weights_say_whom_a_text_about_suicide_is_about_and_never_whether_it_alarms(another, category, text, tier):
    verdict = Screen(RULES, weighing(0.0, -9.0, another))(text)
    assert (verdict.tier, verdict.category) == (tier, category)
    raised = Screen(RULES, weighing(9.0, -9.0, another))(PLAIN)
    assert (raised.tier, raised.category) == (Tier.EMERGENCY, category)


def test_whom_a_text_is_about_changes_no_other_card():
    for text in (ALARM, "how many tylenol would kill you", PLAIN):
        assert Screen(RULES, weighing(-2.0, -2.0, 9.0))(text) == SCREEN(text)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("I can't do this any more, I want it to be over tonight", "suicide"),
        ("my best friend just sent me a goodbye message and turned off her phone", "suicide_other"),
        ("My son is 14. I found cuts all over his arms and he says life is pointless.", "suicide_other"),
        ("I keep thinking about ending my life since my wife left", "suicide"),
        ("a member of our server says he has the rope ready", "suicide_other"),
        ("my mom would be better off if I was dead", "suicide"),
    ],
)
def test_whom_the_card_speaks_to(text, category):
    assert SHIPPED(text).category == category


def test_the_card_is_that_of_the_caution_there_was_unless_it_is_about_suicide():
    text = "chest pain in 2015"
    assert SCREEN(text).tier is Tier.CAUTION
    assert Screen(RULES, weighing(0.0, 3.0))(text).category == "cardiac"
    assert Screen(RULES, weighing(3.0, 0.0, -9.0))(text).category == "suicide"


def test_a_text_that_surely_reads_calm_gets_the_caution_in_place_of_the_alarm():
    verdict = Screen(RULES, weighing(-9.0, -9.0))(ALARM)
    assert (verdict.tier, verdict.category) == (Tier.CAUTION, "cardiac")
    assert verdict.rule_ids == (*SCREEN(ALARM).rule_ids, WEIGHED)
    assert Screen(RULES, weighing(-9.0, -4.9))(ALARM) == SCREEN(ALARM)


@pytest.mark.parametrize(
    "text", ["i want to die", "my sister says she wants to kill herself", "how many tylenol would kill you"]
)
def test_an_alarm_about_suicide_is_lowered_only_where_more_calm_is_read(text):
    assert Screen(RULES, weighing(-9.0, -6.9))(text).tier is Tier.EMERGENCY
    assert Screen(RULES, weighing(-9.0, -9.0))(text).tier is Tier.CAUTION


def test_no_weights_raise_an_alarm_in_what_is_overheard():
    screen = Screen(RULES, weighing(9.0, 9.0))
    for text in (PLAIN, ALARM):
        assert screen(text, overheard=True) == SCREEN(text, overheard=True)


@pytest.mark.parametrize("text", [ALARM_IN_WORDS, "i want to die and i have the pills here"])
def test_an_overheard_alarm_is_lowered_only_where_much_more_calm_is_read(text):
    assert SCREEN(text, overheard=True).tier is Tier.EMERGENCY
    enough = SHORT.calm_of_self_harm if "die" in text else SHORT.calm
    for below, tier in ((0.1, Tier.CAUTION), (-0.1, Tier.EMERGENCY)):
        assert Screen(RULES, weighing(-99.0, enough - below))(text).tier is tier
        assert Screen(RULES, weighing(-99.0, enough - 2.0 - below))(text, overheard=True).tier is tier


def test_two_words_are_not_weighed():
    assert Screen(RULES, weighing(9.0, 9.0))("one two").tier is Tier.NONE
    assert Screen(RULES, weighing(-9.0, -9.0))("chest hurts") == SCREEN("chest hurts")


def test_unsure_weights_change_nothing():
    screen = Screen(RULES, weighing(0.0, 0.0))
    for text in (ALARM, "chest pain in 2015", "what a nice day"):
        assert screen(text) == SCREEN(text)


@pytest.mark.parametrize("text", ["", "😀", "胸", "what are the signs of a stroke?", "does botox hurt", "good morning"])
def test_what_is_harmless_stays_so(text):
    assert SHIPPED(text).tier is SCREEN(text).tier is Tier.NONE


def test_the_shipped_weights_fit_their_kinds():
    assert set(WEIGHTS.kinds) <= {*RULES.categories}
    columns = {len(weights.split()) for weights in WEIGHTS.features.values()}
    assert columns == {len(WEIGHTS.kinds) + 1} == {len(WEIGHTS.start)}
    assert len(WEIGHTS.features) > 10_000
    for bars in (WEIGHTS.short, WEIGHTS.long):
        assert bars.calm_of_self_harm < bars.calm < bars.alarm
        assert bars.calm_of_self_harm < bars.self_harm < bars.alarm
    assert WEIGHTS.oneself_at < 0 < WEIGHTS.another_at
