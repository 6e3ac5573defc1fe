"""What waits for a second pair of eyes: everything that the guards tell questions apart by, and what is near it."""

from __future__ import annotations

import pytest

from knowledge.curation.review import Risk, needs_review, risks
from knowledge.curation.settings import ReviewMode
from knowledge.matching.data import load_matching_data
from knowledge.model import Answer, Question


@pytest.fixture(scope="module")
def lexicon():
    return load_matching_data().lexicon


def entry(body: str, title: str = "What helps?") -> Question:
    return Question("id", title, (Answer(body),))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Take 5 mg.", {Risk.DOSES}),
        ("Take half a tablet.", {Risk.DOSES}),
        ("Four drops twice, 3 times daily.", {Risk.DOSES}),
        ("Every 8 hours.", {Risk.DOSES}),
        ("Two puffs when you need it.", {Risk.DOSES}),
        ("A 2% gel.", {Risk.DOSES}),
        ("One teaspoon at night.", {Risk.DOSES}),
        ("An overdose is dangerous.", {Risk.DOSES}),
        ("Prednisone may help.", {Risk.DRUGS}),
        ("Ask about Advil.", {Risk.DRUGS}),
        ("Ask about amoxicilin.", {Risk.DRUGS}),
        ("Not for your toddler.", {Risk.CHILDREN}),
        ("Not for kiddos.", {Risk.CHILDREN}),
        ("Not for a 3-year-old.", {Risk.CHILDREN}),
        ("Only for those aged 16.", {Risk.CHILDREN}),
        ("Not under 12 years.", {Risk.CHILDREN}),
        ("Ask a paediatrician.", {Risk.CHILDREN}),
        ("Not while breastfeeding.", {Risk.PREGNANCY}),
        ("Not in the third trimester.", {Risk.PREGNANCY}),
        ("It harms an unborn child.", {Risk.PREGNANCY, Risk.CHILDREN}),
        ("Not if you try to get pregnant.", {Risk.PREGNANCY}),
        ("See a neurologist about your cheek.", set()),
        ("Wait for more than 6 weeks.", set()),
        ("Most adults of 40 years have it; a drop in pressure is usual.", set()),
    ],
)
def test_risks_are_found_in_any_text(lexicon, body, found):
    assert risks(entry(body), lexicon) == found
    assert risks(entry("Rest.", title=body), lexicon) == found


def test_every_medicine_that_the_guards_know_waits(lexicon):
    named = lexicon.drugs.generic_of
    assert len(named) > 500
    assert [name for name in named if Risk.DRUGS not in risks(entry(f"Some take {name}."), lexicon)] == []


def test_what_waits_depends_on_the_setting_and_on_both_texts(lexicon):
    safe, risky = entry("Rest."), entry("Take 5 mg.")
    assert needs_review(ReviewMode.OFF, risky, risky, lexicon) is None
    assert needs_review(ReviewMode.ALL, None, safe, lexicon) == frozenset()
    assert needs_review(ReviewMode.RISKY, None, safe, lexicon) is None
    assert needs_review(ReviewMode.RISKY, safe, risky, lexicon) == {Risk.DOSES}
    assert needs_review(ReviewMode.RISKY, risky, safe, lexicon) == {Risk.DOSES}
