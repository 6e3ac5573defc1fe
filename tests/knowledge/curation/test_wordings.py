"""What the words of an entry alone tell: contacts, look-alike drugs, a member's own words."""

from __future__ import annotations

import time

import pytest

from knowledge.curation.concerns import look_alike_drugs, private_contacts, repeats_message
from knowledge.model import Answer, Question
from tests.scale import seconds

DRUGS = {name: name for name in ("hydroxyzine", "hydralazine", "prednisone", "ibuprofen", "acyclovir")}
DRUGS["aciclovir"] = "acyclovir"


def entry(body: str, title: str = "What helps?") -> Question:
    return Question("id", title, (Answer(body),))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Write to jo.kim+clinic@mail.example.org.", "an email address"),
        ("Call +1 (555) 010-0199.", "a phone number"),
        ("Call 555 010 0199 today", "a phone number"),
        ("Call 020 7946 0958", "a phone number"),
        ("Call 02079460958", "a phone number"),
        ("Come to 12 Oak Hill Road", "a street address"),
        ("DM me for more", "a private way"),
    ],
)
def test_private_contact_data_is_noticed(body, kind):
    assert [kind in concern.message for concern in private_contacts(entry(body))] == [True]


@pytest.mark.parametrize(
    "body",
    [
        "In an emergency call 911.",
        "Call 988, or 116 123 in the UK.",
        "Take 400 mg every 6 to 8 hours, 1,200 mg a day at most.",
        "A reading of 120/80 is normal; 140/90 is not.",
        "In 2019 and 2020, 10 000 people were asked.",
        "Between 2.5 and 3.5 mg/kg, 10 - 20 minutes apart.",
        "Two @ a time.",
    ],
)
def test_numbers_of_medicine_are_no_contact_data(body):
    assert list(private_contacts(entry(body))) == []


@pytest.mark.parametrize("piece", ["1 ", "1-", "a@", "a.", "(", "12 Oak ", "+1 (", "0" * 9 + " ", "A b "])
def test_no_text_holds_up_the_search_for_contacts(piece):
    text = piece * (20_000 // len(piece))
    begun = time.thread_time()
    list(private_contacts(entry(text)))
    assert time.thread_time() - begun < seconds(0.5)


def test_a_drug_that_looks_like_another_is_named_with_it():
    (concern,) = look_alike_drugs(entry("Hydroxyzine, 10 mg."), DRUGS)
    assert "hydroxyzine" in concern.message
    assert "hydralazine" in concern.message
    assert list(look_alike_drugs(entry("Ibuprofen."), DRUGS)) == []
    assert list(look_alike_drugs(entry("Acyclovir."), DRUGS)) == []  # the other name is the same drug's


@pytest.mark.parametrize(
    ("title", "noticed"),
    [
        ("my left cheek twitches since monday", True),
        ("My LEFT cheek twitches since monday!!", True),
        ("Why does a cheek twitch?", False),
    ],
)
def test_a_members_own_words_are_noticed(title, noticed):
    asked = "my left cheek twitches since monday :("
    assert bool(list(repeats_message(entry("Rest.", title), asked))) is noticed
    assert list(repeats_message(entry("Rest.", title), "")) == []
