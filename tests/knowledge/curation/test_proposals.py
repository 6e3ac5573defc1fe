"""A form's texts are tidied, held to their limits, and shown part by part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.canonical import from_json, to_json
from knowledge.curation import proposals
from knowledge.curation.differences import Difference, differences
from knowledge.curation.refusals import Refused
from knowledge.model import Answer, Layer, Question

BASE = Question(
    "hiccups", "How do I stop hiccups?", (Answer("Hold your breath.", name="Jo Kim, MD"),), phrasings=("hic",)
)


def test_blanks_and_repeated_wordings_go():
    typed = replace(
        BASE,
        title="  How do I\n stop hiccups? ",
        phrasings=("hic ", "HIC", "how do I stop HICCUPS?", " "),
        answers=(Answer("\n  Hold your breath.\n  Then drink.\n ", name=" Jo   Kim,\nMD ", credentials=" "),),
    )
    assert proposals.checked(typed) == Question(
        "hiccups",
        "How do I stop hiccups?",
        (Answer("Hold your breath.\nThen drink.", name="Jo Kim, MD"),),
        phrasings=("hic",),
        layer=Layer.SERVER,
    )


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_kept_as_it_will_be_shown_or_refused(title, body):
    try:
        kept = proposals.checked(replace(BASE, title=title, answers=(Answer(body),)))
    except Refused as refused:
        assert str(refused)  # noqa: PT017  # either end is right
    else:
        assert proposals.checked(kept) == kept
        assert from_json(to_json(kept), kept.id, Layer.SERVER) == kept


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": "x" * 301}, "The question is 301 characters long; at most 300 fit."),
        ({"title": " "}, "The question is empty."),
        ({"details": "x" * 5_001}, "at most 5,000 fit"),
        ({"phrasings": ("x" * 301,)}, "A phrasing is 301"),
        ({"phrasings": tuple(map(str, range(51)))}, "may have 50 phrasings"),
        ({"topics": ("x" * 101,)}, "A topic is 101"),
        ({"answers": ()}, "needs an answer"),
        ({"answers": (Answer("x"),) * 21}, "may have 20 answers"),
        ({"answers": (Answer("\u200b"),)}, "The answer is empty"),
        ({"answers": (Answer("\ud800"),)}, "characters that are no text"),
        ({"answers": (Answer("x", name="y" * 201),)}, "The expert's name is 201"),
        ({"answers": (Answer("x", credentials="y" * 501),)}, "The text of the credentials is 501"),
    ],
)
def test_what_is_wrong_is_told_with_its_limit(changed, says):
    with pytest.raises(Refused, match=says):
        proposals.checked(replace(BASE, **changed))


@pytest.mark.parametrize(
    ("laden", "one_more"),
    [
        (replace(BASE, answers=BASE.answers * 25), lambda entry: proposals.with_answer(entry, Answer("Drink."))),
        (replace(BASE, phrasings=tuple(map(str, range(60)))), lambda entry: proposals.with_phrasing(entry, "hic")),
    ],
    ids=["answers", "phrasings"],
)
def test_an_entry_that_has_more_than_fits_already_is_changed_and_grows_no_further(laden, one_more):
    mended = replace(laden, title="How do I stop my hiccups?")
    assert proposals.checked(mended, before=laden).title == mended.title
    with pytest.raises(Refused, match=r"(Take some away|Remove some) first"):
        proposals.checked(one_more(laden), before=laden)


def test_answers_and_phrasings_come_and_go_one_by_one():
    more = proposals.with_answer(BASE, Answer("Drink."))
    assert proposals.with_answer_changed(more, 1, Answer("Sip.")).answers[1].body == "Sip."
    assert proposals.without_answer(more, 0).answers == (Answer("Drink."),)
    assert proposals.without_phrasing(proposals.with_phrasing(BASE, "hic hic"), "HIC").phrasings == ("hic hic",)


@pytest.mark.parametrize(
    "change",
    [
        lambda: proposals.without_answer(BASE, 0),
        lambda: proposals.without_answer(BASE, 7),
        lambda: proposals.with_answer_changed(BASE, -1, Answer("x")),
        lambda: proposals.with_phrasing(BASE, "Hic"),
        lambda: proposals.with_phrasing(BASE, BASE.title),
        lambda: proposals.without_phrasing(BASE, BASE.title),
    ],
)
def test_what_cannot_be_changed_is_refused(change):
    with pytest.raises(Refused):
        change()


LINES = st.lists(st.sampled_from("abc"), min_size=1, max_size=30) | st.just(list("ab" * 4_999))


@given(LINES, LINES)
def test_of_two_texts_every_line_is_told_however_much_they_differ(before, after):
    """Also of two long texts of short lines, which the library's own comparison is at for hours."""
    told = Difference("text", "\n".join(before), "\n".join(after)).lines
    assert [line[2:] for line in told if line[0] in " -"] == before
    assert [line[2:] for line in told if line[0] in " +"] == after


def test_what_differs_is_told_part_by_part():
    after = proposals.with_answer(replace(BASE, phrasings=()), Answer("Drink.\nSlowly."))
    changed = proposals.with_answer_changed(after, 0, replace(BASE.answers[0], body="Hold your breath.\nLonger."))
    told = {one.part: one for one in differences(BASE, changed)}
    assert list(told) == ["Phrasings", "Answer 1: text", "Answer 2: text"]
    assert told["Phrasings"].lines == ("- hic",)
    assert told["Answer 1: text"].lines == ("  Hold your breath.", "+ Longer.")
    assert (told["Answer 2: text"].before, told["Answer 2: text"].after) == ("", "Drink.\nSlowly.")
    assert differences(BASE, BASE) == ()
    assert {one.part for one in differences(None, BASE)} == {
        "Question",
        "Phrasings",
        "Answer 1: text",
        "Answer 1: expert",
    }
    assert [one.after for one in differences(BASE, None)] == ["", "", "", ""]
