"""What makes a sure match a choice: a cure for a cause, a second treatment, a report, a denial, too little shared."""

from __future__ import annotations

import pytest

from knowledge.matching.data import load_matching_data
from knowledge.matching.guards import by_features
from knowledge.matching.matcher import Matcher
from knowledge.matching.outcome import choose
from knowledge.model import Answer, Outcome, Place, Policy, Question

DATA = load_matching_data()
ALIKE = {"aspects_apart": 0.0, "coverage_focus": 1.0, "swapped": 0.0, "missing_asked_count": 0.2}


def asked_of(text, title, *phrasings):
    book = [Question(id="stored", title=title, answers=(Answer(body="-"),), phrasings=phrasings)]
    ranking = Matcher.build(book, DATA).rank(text)
    return choose(ranking, Policy(), Place())[0], {finding.guard for finding in ranking.matches[0].guards}


@pytest.mark.parametrize(
    ("text", "title", "guard"),
    [
        ("how soon after a tattoo can i have filler", "How soon after filler can I have a tattoo?", "order"),
        ("can i take iron instead of zinc", "Can I take iron and zinc together?", "jointly"),
        ("does zinc cream help acne", "Do Zinc Tablets Help Acne?", "form"),
        ("filler for headaches", "Headache After Filler, Is It Normal?", "purpose"),
        ("can acupuncture give you a migraine", "Does Acupuncture Help Against Migraine?", "purpose"),
        ("can i have a massage and botox together", "When Can I Have a Massage?", "second treatment"),
        ("how long does bruising last after a cheek filler", "How Long Does Cheek Filler Last?", "sign"),
        ("my brother had acupuncture for his migraine", "Does Acupuncture Help With Migraine?", "tells"),
        ("took my iron tablets with tea", "Does Tea Stop Iron Tablets?", "tells"),
        ("my iron tablets with tea", "Does Tea Stop Iron Tablets?", "tells"),
        ('the nurse typed "does tea stop iron tablets" on my form', "Does Tea Stop Iron Tablets?", "tells"),
        ("how soon can i swim after an ear piercing", "How soon can I swim after a mole removal?", "other-word"),
    ],
)
def test_another_matter_with_the_same_words_is_not_answered(text, title, guard):
    outcome, guards = asked_of(text, title)
    assert outcome is not Outcome.ANSWER
    assert guard in guards


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("does acupuncture help migraine", "Does Acupuncture Help With Migraine?"),
        ("how long after filler until i can get a tattoo", "How soon after filler can I have a tattoo?"),
        ("can i have a massage after botox", "Can I Have a Massage After Botox?"),
        ("is a headache after filler normal", "Headache After Filler, Is It Normal?"),
    ],
)
def test_the_same_matter_is_answered(text, title):
    assert asked_of(text, title)[0] is Outcome.ANSWER


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("is my scar still itching after five days normal", "number"),
        ("is my scar still itching after too little sun normal", "quantity"),
    ],
)
def test_what_a_wording_leaves_out_its_title_says(text, guard):
    title = "Scar Still Itching After Five Weeks and Too Much Sun, Is It Normal?"
    outcome, guards = asked_of(text, title, "is my scar still itching normal")
    assert outcome is not Outcome.ANSWER
    assert guard in guards


def test_a_denial_counts_against_the_wording_that_names_it():
    title = "Itching on My Left Elbow; Is Cream the Solution?"
    outcome, guards = asked_of("cream did not stop my elbow itching", title, "can cream stop my elbow from itching")
    assert outcome is not Outcome.ANSWER
    assert "polarity" in guards


def test_a_stored_report_is_answered_word_for_word():
    assert (
        asked_of("i had my wisdom teeth out and it still bleeds", "i had my wisdom teeth out and it still bleeds")[0]
        is Outcome.ANSWER
    )


@pytest.mark.parametrize(
    ("values", "guards"),
    [
        ({"coverage_core": 0.9, "anywhere_coverage": 0.9, "few": 1.0, **ALIKE, "other_word": 0.0}, []),
        (
            {"coverage_core": 0.5, "anywhere_coverage": 0.5, "few": 0.01, **ALIKE, "other_word": 1.0},
            ["little-in-common"],
        ),
        ({"coverage_core": 0.9, "anywhere_coverage": 0.9, "few": 1.0, **ALIKE, "other_word": 1.0}, ["other-word"]),
        ({"coverage_core": 0.9, "anywhere_coverage": 0.9, "few": 0.1, **ALIKE, "other_word": 1.0}, []),
        ({"coverage_core": 0.9, "anywhere_coverage": 0.9, "few": 0.2, **ALIKE, "other_word": 1.0}, []),
        (
            {"coverage_core": 0.9, "anywhere_coverage": 0.9, "few": 0.2}
            | ALIKE
            | {"other_word": 1.0, "coverage_focus": 0.6},
            ["other-word"],
        ),
        (
            {"coverage_core": 0.9, "anywhere_coverage": 0.9, "few": 0.01, "other_word": 0.0} | ALIKE | {"swapped": 0.7},
            ["other-word"],
        ),
    ],
)
def test_findings_by_features(values, guards):
    found = by_features(values)
    assert [finding.guard for finding in found] == guards
    assert not any(finding.hard for finding in found)
