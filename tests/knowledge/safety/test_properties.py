"""However an alarm is typed, it stays one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Tier
from tests.knowledge.safety.shipped import RULES, SCREEN

LONG_WORD = 6
ALARMS = [rule.example for rule in RULES.rules if SCREEN(rule.example).tier is Tier.EMERGENCY]
# Where a typing error makes another English word, the word stands: "tried" is no "tired".
KNOWN = {word for terms in RULES.concepts.values() for term in terms for word in term} | RULES.ordinary
KNOWN |= {word for named in RULES.words for word in named.split()}
alarms = st.sampled_from(ALARMS)


def alarming(text):
    return SCREEN(text).tier is not Tier.NONE


def spoilt(draw, text, spoil):
    """Spoil one long word of a text, unless that makes another word."""
    words = text.split()
    long_words = [at for at, word in enumerate(words) if len(word) >= LONG_WORD and word.isalpha()]
    if not long_words:
        return text
    at = draw(st.sampled_from(long_words))
    letter = draw(st.integers(1, len(words[at]) - 2))
    changed = spoil(words[at], letter)
    if changed.lower() not in KNOWN:
        words[at] = changed
    return " ".join(words)


@given(alarms, st.data())
def test_fillers_change_nothing(text, data):
    words = text.split()
    for _ in range(data.draw(st.integers(1, 4))):
        filler = data.draw(st.sampled_from(sorted(RULES.fillers)))
        words.insert(data.draw(st.integers(0, len(words))), filler)
    assert alarming(" ".join(words))


@given(alarms, st.data())
def test_case_changes_nothing(text, data):
    assert alarming("".join(data.draw(st.sampled_from([char.upper(), char.lower()])) for char in text))


@given(alarms)
def test_missing_apostrophes_change_nothing(text):
    assert alarming(text.replace("'", ""))
    assert alarming(text.replace("'", "\u2019"))


@given(alarms, st.data())
def test_a_doubled_letter_changes_nothing(text, data):
    assert alarming(spoilt(data.draw, text, lambda word, at: word[:at] + word[at] + word[at:]))


@given(alarms, st.data())
def test_two_letters_that_changed_places_change_nothing(text, data):
    assert alarming(spoilt(data.draw, text, lambda word, at: word[:at] + word[at + 1] + word[at] + word[at + 2 :]))


@given(st.text())
def test_any_text_has_a_verdict(text):
    verdict = SCREEN(text)
    assert (verdict.tier is Tier.NONE) == (verdict.category == "")
