"""Trigrams are counted without being made."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.letters import dice, dice_of_trigrams, trigrams_of

LINES = st.text("abc ", max_size=12)


@given(LINES, LINES)
def test_how_alike_two_lines_are_does_not_depend_on_the_way_of_counting(one, other):
    counted = dice_of_trigrams(trigrams_of(one), other, len(trigrams_of(other)))
    assert counted == dice(trigrams_of(one), trigrams_of(other))
