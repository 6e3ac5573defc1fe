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
# no false alarm); the others are what the rules were then widened by. Found at the first look, and false alarms:
#   seventh, eighth, ninth, 300 lines each in the make-up of the development lines: 0.91, 0.79, 0.77; 0.08, 0.06, 0.06
#   tenth, twelfth, 150 plainer lines each: 0.92, 0.90; 0.04, 0.01       eleventh, on suicide: 0.72; 0.03
#   thirteenth, fourteenth, fifteenth, 260 lines each, on purpose in ways of speaking that nobody had thought of:
#   0.81, 0.63, 0.65 (suicide 0.65, 0.48, 0.42); 0.06, 0.08, 0.06
#   sixteenth to eighteenth, in plainer words each: 0.76, 0.75, 0.84 (0.56, 0.62, 0.80); 0.03, 0.07, 0.03
#   nineteenth to twenty-first, as plain: 0.91, 0.77, 0.82 (0.85, 0.75, 0.78); 0.06, 0.06, 0.03
#   twenty-second, in the plainest words: 0.96 (0.93); no false alarm
#   twenty-third, on suicide and its harmless neighbours: 0.76; 0.10
#   twenty-fourth, 216 lines in the make-up of the development lines: 0.92 (0.85); 0.09
#   twenty-fifth, 102 lines likewise, half of them on suicide: 0.77 (0.63); 0.20
#   twenty-sixth, 101 lines in plain words: 0.95 (0.93); no false alarm
#   twenty-seventh, 43 on suicide and its harmless neighbours: 0.72; 0.12
#   twenty-eighth, 200 short lines: 0.93 (0.88); 0.04
#   twenty-ninth, 200 longer messages that hide it among other things: 0.78 (0.76); 0.11
#   thirtieth, 200 by people who write English as a second language, and by children: 0.73 (0.64); 0.03
#   thirty-first, 200 short ones in slang: by the rules 0.71 (0.55); 0.08, with weights that had not seen them
#   they found 0.93 (0.85); 0.11
#   thirty-second, 245 of our own on all kinds, tried on the rules before they were mended: 0.57; 0.09
HALVES = [
    "own",
    "held",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
    "thirty-second",
]


@pytest.mark.parametrize("half", HALVES)
def test_lines_of_our_own(half):
    lines = [line for line in lines_of(HERE / "data" / "lines.jsonl") if line["half"] == half]
    found = [line for line in lines if line["emergency"]]  # the sixth lines are all harmless
    assert share_alarming(found) >= 0.96 * bool(found)
    assert share_alarming([line for line in lines if not line["emergency"]]) <= 0.04


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
