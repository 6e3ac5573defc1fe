"""The words made from a text: the same for everybody who says the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import READ_CHARACTERS, fold, without_markup, words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("What's the max?", "what is the max"),
        ("cant take 400mg b4 bed", "can not take 400 mg before bed"),
        ("shouldn\u2019t I wait", "should not i wait"),
        ("is it ok 2 sleep w/o a pillow", "is it ok to sleep without a pillow"),
        ("take 2 tablets", "take 2 tablets"),
        ("type 2 diabetes", "type 2 diabetes"),
        ("a filler 4 my lips", "a filler for my lips"),
        ("my son is 4", "my son is 4"),
        ("5,000 steps, 2.50 mg, 1st day", "5000 steps 2.5 mg 1 day"),
        ("my child's cough, 3 yo", "my child cough 3 year old"),
        ("vitamin b12 & d", "vitamin b12 and d"),
        ("\uff44\uff4f\uff45\uff53 \uff22\uff4f\uff54\uff4f\uff58", "does botox"),
        ("bo\u200btox na\u0308usea", "botox nausea"),
    ],
)
def test_shorthand_and_contractions_are_written_out(written, read):
    assert words(written) == tuple(read.split())


@pytest.mark.parametrize(
    "shown",
    [
        "<@123> ",
        "<@!123> ",
        "<#45> ",
        "<@&6> ",
        "<:pain:789> ",
        "<a:wave:789> ",
        ":pepe_hands: ",
        "https://example.org/botox?x=1 ",
        "<https://example.org/a> ",
        "`rm -rf` ",
        "```py\nbotox()\n``` ",
        "</ask:123> ",
        "> quoted botox\n",
    ],
)
def test_what_a_platform_draws_is_no_word(shown):
    assert words(without_markup(f"{shown}does it hurt")) == ("does", "it", "hurt")


def test_an_open_fence_hides_all_that_follows_and_ends_nothing():
    assert words(without_markup("does it hurt ```botox")) == ("does", "it", "hurt")


@given(st.text(max_size=300))
def test_any_text_is_read_and_reads_the_same_in_capitals(text):
    read = words(without_markup(text))
    assert all(word and not word.isspace() for word in read)
    assert words(fold(text)) == words(fold(fold(text)))


@given(st.text(alphabet="a ?!<@:`>1", max_size=6000))
def test_no_more_is_read_than_the_limit(text):
    assert len(without_markup(text)) <= READ_CHARACTERS
