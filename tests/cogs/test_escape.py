import pytest
from hypothesis import example, given

from cogs._rendering.escape import escaped, escaped_line, tidy
from tests.cogs.hostile import texts
from tests.cogs.showing import rendered


def characters(text):
    """Blanks of any kind count as the same: indentation is shown as fixed blanks."""
    return [line.split() for line in text.split("\n")]


@given(texts(600))
@example("-# small\n\n    code\n\n\n\n1. one\n2) two")
@example("\t\u2028# ")
def test_every_character_is_shown_and_no_markup_is_found(text):
    seen, kinds = rendered(escaped(tidy(text)))
    assert characters(seen) == characters(tidy(text))
    assert kinds == set()


@given(texts(300))
def test_a_title_is_one_line_without_markup(text):
    line = escaped_line(text)
    assert "\n" not in line
    seen, kinds = rendered(f"### {line}")
    assert seen.split() == tidy(text).split()
    assert kinds == ({"heading"} if line else kinds)


@pytest.mark.parametrize(
    "plain",
    [
        "Take 3.5 mg at 8:30, twice a day (e.g. with food); 50% of people don't.",
        "See https://www.cdc.gov/flu/about_flu/index.html, or ask.",
        "It costs $5 - $7 / day & is safe = good!",
    ],
)
def test_ordinary_sentences_need_no_escapes(plain):
    assert escaped(tidy(plain)) == plain


def test_lists_and_paragraphs_keep_their_shape():
    text = "Do this:\n- rest\n- ice\n\n1. Call.\n2. Wait.\n   - at home"
    assert rendered(escaped(text))[0] == text.replace("   -", "\u00a0\u00a0\u00a0-")


def test_a_screenful_of_empty_lines_becomes_one():
    assert tidy(" \n\u2800\n  one") == "  one"
    assert tidy("one\n \n\u3164\n\n\u2800\n\ntwo\n\n\n") == "one\n\ntwo"
