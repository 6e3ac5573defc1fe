"""The screen over the shipped rules: each rule by its own line, the labelled lines, and what must never happen."""

from __future__ import annotations

import copy
import json
import time
from functools import cache
from pathlib import Path

import pytest

from knowledge.model import Tier
from knowledge.safety.rule_index import RuleIndex
from tests.knowledge.safety.shipped import RULES, SCREEN, SHIPPED

TIERS = list(Tier)  # the most alarming first
HERE = Path(__file__).parent
DEVELOPMENT = Path(__file__).parents[3] / "../shared/emergency/dev.jsonl"
SEED_DETAILS = (
    "Have a Twiching Every 1 Minute on my Left Cheecks Which I Am Unable to Feel. "
    "Will Botox Provide a Remedy. If Yes, How"
)


@cache
def lines_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def share_alarming(lines):
    return sum(SHIPPED(line["text"]).tier is Tier.EMERGENCY for line in lines) / max(1, len(lines))


def screen_without(rule_id):
    """A screen that lost one rule; it keeps the words, so that it need not be built anew."""
    other = copy.copy(SCREEN)
    other._index = RuleIndex(RULES.without(rule_id).rules)
    return other


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_every_rule_is_needed_for_its_own_line(rule):
    with_it, without_it = SCREEN(rule.example), screen_without(rule.id)(rule.example)
    assert rule.id in with_it.rule_ids
    assert TIERS.index(with_it.tier) < TIERS.index(without_it.tier)


# --- Labelled lines -----------------------------------------------------------------------------


# All were written before a rule was made for them. `held` was first looked at when the rules were done (63 of 64 found,
# no false alarm); the others are what the rules were then widened by, or what the weights were learned from. Of each
# line since the thirteenth set, `first_look` says what the rules made of it before that, which
# `python -m benchmarks.screen_weights` adds up, with what weights that did not see a set make of it. Found at the first
# look, and false alarms, of those before: seventh 0.91 and 0.08, eighth 0.79 and 0.06, ninth 0.77 and 0.06 (300 lines
# each in the make-up of the development lines); tenth 0.92 and 0.04, twelfth 0.90 and 0.01 (150 plainer lines each);
# eleventh, on suicide, 0.72 and 0.03. The thirty-second and thirty-eighth are our own, written to teach.
OWN = HERE / "data" / "lines.jsonl"
HALVES = sorted({line["half"] for line in lines_of(OWN)})


@pytest.mark.slow
@pytest.mark.parametrize("half", HALVES)
def test_lines_of_our_own(half):
    lines = [line for line in lines_of(OWN) if line["half"] == half]
    found = [line for line in lines if line["emergency"]]  # the sixth lines are all harmless
    assert share_alarming(found) >= 0.96 * bool(found)
    assert share_alarming([line for line in lines if not line["emergency"]]) <= 0.06


def test_every_sixth_line_of_our_own():
    lines = lines_of(OWN)[::6]
    found = [line for line in lines if line["emergency"]]
    assert share_alarming(found) >= 0.97
    assert share_alarming([line for line in found if line["category"] == "suicide_self_harm"]) >= 0.97
    assert share_alarming([line for line in lines if not line["emergency"]]) <= 0.03


@pytest.mark.skipif(not DEVELOPMENT.exists(), reason="the shared development lines are not here")
def test_development_lines():
    lines = lines_of(DEVELOPMENT)
    found = [line for line in lines if line["emergency"]]
    assert share_alarming(found) >= 0.96
    assert share_alarming([line for line in found if line["category"] == "suicide_self_harm"]) >= 0.96
    assert share_alarming([line for line in lines if not line["emergency"]]) <= 0.04


@pytest.mark.skipif(not DEVELOPMENT.exists(), reason="the shared development lines are not here")
def test_rules_that_never_fire_on_the_development_lines_are_listed(capsys):
    fired = {rule_id for line in lines_of(DEVELOPMENT) for rule_id in SCREEN(line["text"]).rule_ids}
    silent = sorted({rule.id for rule in RULES.rules} - fired)
    with capsys.disabled():
        print(f"\nRules that never fire on the development lines ({len(silent)}): {', '.join(silent)}")  # noqa: T201  # a list for people to read
    # They came from published lists, not from these lines; most rules should still be seen at work.
    assert len(silent) < len(RULES.rules) / 2


# --- Questions that must be answered, and lines that must not be missed -------------------------


def test_the_seed_question_gets_at_most_a_caution():
    assert SCREEN(SEED_DETAILS).tier is not Tier.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "What are the signs of a stroke?",
        "what does a heart attack feel like",
        "How do you treat an overdose?",
        "what should I do if someone is choking",
        "What is anaphylaxis?",
        "how is a seizure diagnosed",
    ],
)
def test_a_question_asked_to_learn_is_no_alarm(text):
    assert SCREEN(text).tier is not Tier.EMERGENCY


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("i want to die", "suicide"),
        ("my sister says she wants to kill herself", "suicide_other"),
        ("how many tylenol would kill you", "lethal_dose"),
        ("he took fentanyl, gave narcan, barely breathing", "opioid"),
        ("ate a peanut and my throat is closing", "anaphylaxis"),
        ("my toddler drank bleach", "poisoning"),
        ("my husband strangled me", "violence"),
        ("no pulse, what do i do", "unconscious"),
        ("my chest hurts and i want to kill myself", "suicide"),
        ("my dog died and i want to kill myself", "suicide"),
    ],
)
def test_the_category_that_decides_the_card(text, category):
    verdict = SCREEN(text)
    assert (verdict.tier, verdict.category) == (Tier.EMERGENCY, category)


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("my chest hurts", Tier.EMERGENCY),
        ("no chest pain", Tier.NONE),
        ("no joke, chest pain", Tier.EMERGENCY),
        ("chest pain in 2015", Tier.CAUTION),
        ("chest pain in 2015 and again right now", Tier.EMERGENCY),
        ("chest pain for ten years, always the same", Tier.CAUTION),
        ("my dog is choking", Tier.NONE),
        ("choking lol", Tier.NONE),
        ("kms lol", Tier.CAUTION),
        ("i am not suicidal", Tier.CAUTION),
        ('he said "my chest hurts" in the play', Tier.NONE),
        ("my chest hurts, my dog is fine", Tier.EMERGENCY),
        # What forbids a rule does so in its own clause only; a harmless cause reaches further.
        ("i want to die, he is dying to know why", Tier.EMERGENCY),
        ("i want my phone to die", Tier.NONE),
        ("her eyelid droops, it came after botox", Tier.CAUTION),
        ("", Tier.NONE),
    ],
)
def test_what_takes_an_alarm_out_and_what_keeps_it_in(text, tier):
    assert SCREEN(text).tier is tier


def test_overheard_only_what_is_said_of_somebody_present_alarms():
    assert SCREEN("my chest hurts", overheard=True).tier is Tier.EMERGENCY
    assert SCREEN("chest pain", overheard=False).tier is Tier.EMERGENCY
    assert SCREEN("chest pain", overheard=True).tier is not Tier.EMERGENCY


# --- Time ---------------------------------------------------------------------------------------

VOCABULARY = " ".join(sorted({word for terms in RULES.concepts.values() for term in terms for word in term}))


@pytest.mark.parametrize(
    "text",
    [
        "chest " * 700, "x" * 4000, "a," * 2000, VOCABULARY, "not no never " * 310, "胸" * 4000,
        "c\u0301\u0316\u0489" * 1000,
        "\ufdfa" * 4000, "12 weeks 38 " * 340, '"' * 4000,
    ],
    ids=[
        "one word", "no spaces", "commas", "all the words", "negations", "Chinese", "zalgo", "ligatures", "numbers",
        "marks",
    ],
)  # fmt: skip
def test_hostile_text_takes_no_time(text):
    text = text[:4000]
    times = []
    for _ in range(3):
        start = time.process_time()
        SCREEN(text)
        times.append(time.process_time() - start)
    assert min(times) < 0.05  # the goal is 5 ms; a busy machine gets ten times that
