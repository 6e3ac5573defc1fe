import unicodedata
from itertools import groupby

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cogs._rendering.escape import escaped, tidy
from cogs._rendering.limits import size
from cogs._rendering.paging import pages, shortened
from tests.cogs.hostile import texts

ROOMS = st.integers(50, 900)


@given(texts(4_000), ROOMS, ROOMS)
def test_pages_fit_and_lose_nothing_but_blanks_at_their_borders(text, first, following):
    text = tidy(text)
    cut = pages(text, first, following)
    assert all(size(escaped(page)) <= room for page, room in zip(cut, [first, *[following] * len(cut)], strict=False))
    assert "".join("".join(cut).split()) == "".join(text.split())
    assert len(cut) <= 2 + len(text)


def joins_what_stands_before(character):
    return unicodedata.category(character).startswith("M") or character in "\u200d\u200c🏻🏼🏽🏾🏿"


@given(texts(4_000), ROOMS)
def test_no_page_begins_inside_a_character(text, room):
    runs = (len(list(run)) for joins, run in groupby(tidy(text), joins_what_stands_before) if joins)
    assume(max(runs, default=0) < 20)  # a "character" as long as a page has to be cut
    assert not any(joins_what_stands_before(page[0]) for page in pages(tidy(text), room, room)[1:])


@pytest.mark.parametrize("character", ["e\u0301", "👩‍👩‍👧‍👦", "🇺🇸", "👍🏽", "स्ते", "한", "각", "ก็"])
def test_a_run_of_one_character_is_cut_between_its_copies(character):
    for page in pages(character * 500, 101, 157):
        assert page == character * (len(page) // len(character))


def test_a_page_ends_between_paragraphs_then_lines_then_sentences_then_words():
    paragraphs = "One two. Three four five. Six.\n\nSeven eight.\nNine ten. Eleven twelve thirteen fourteen."
    assert pages(paragraphs, 60, 60) == (
        "One two. Three four five. Six.",
        "Seven eight.\nNine ten. Eleven twelve thirteen fourteen.",
    )
    assert (
        pages("aaaa bbbb.\ncccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll", 50, 50)[0]
        == "aaaa bbbb.\ncccc dddd eeee ffff gggg hhhh iiii jjjj"
    )
    assert pages("Aaaa bbbb cccc dddd eeee. Ffff gggg hhhh iiii jjjj kkkk", 50, 50)[0] == "Aaaa bbbb cccc dddd eeee."
    assert pages("word " * 30, 52, 52)[0].endswith("word")


def test_a_word_is_cut_only_where_it_fills_a_page():
    assert pages("x" * 120, 50, 50) == ("x" * 50, "x" * 50, "x" * 20)


@given(texts(2_000), ROOMS)
def test_what_is_shortened_fits_and_says_so(text, room):
    text = tidy(text)
    short = shortened(text, room)
    assert size(escaped(short)) <= room + 1
    assert short == text or short.endswith("…")
