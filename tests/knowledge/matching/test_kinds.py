"""Another body part, treatment or illness is another question, however few entries there are to compare with."""

import pytest

from knowledge.matching._kinds import read_kinds
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.model import Answer, Question

DATA = load_matching_data()
TWITCH = Question(
    "twitch",
    "Twitching on My Cheek, Can Botox Help?",
    (Answer("Ask a neurologist."),),
    phrasings=("does botox calm a twitching face",),
)


def guards(asked, question=TWITCH):
    return [finding.guard for finding in Matcher.build([question], DATA).rank(asked).matches[0].guards]


@pytest.mark.parametrize(
    ("asked", "guard"),
    [
        ("can botox help the twitching on my thigh", "body part"),
        ("does botox calm a twitching eyelid", "body part"),
        ("can filler help the twitching on my cheek", "treatment"),
        ("will surgery help my twitching cheek", "treatment"),
        ("does magnesium help a twitching cheek", "treatment"),
        ("does botox cause twitching of my cheek", "cause or cure"),
        ("what dose of botox for a twitching cheek", "dose"),
        ("what does botox for a twitching cheek cost", "price"),
    ],
)
def test_another_thing_is_another_question(asked, guard):
    assert guard in guards(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "can botox help the twitching on my cheek",
        "my face twitches, can botox help",
        "can botox help a twitching cheek, i had knee surgery last year",
        "botulinum toxin for a twitching cheek",
    ],
)
def test_the_same_thing_its_whole_or_a_thing_beside_it_is_not(asked):
    assert not guards(asked)


def test_an_illness_of_ones_own_beside_the_one_asked_about_is_no_other_question():
    cold = Question("cold", "Do Antibiotics Help Against a Cold?", (Answer("No."),))
    assert "illness" in guards("do antibiotics help against a bladder infection", cold)
    assert not guards("do antibiotics help against a cold, i have asthma", cold)


def test_where_a_wording_names_no_part_its_title_does():
    finding = "does botox calm twitching of my thigh"
    plain = Question("plain", TWITCH.title, TWITCH.answers, phrasings=("does botox calm twitching",))
    assert guards(finding, plain) == ["body part"]


@pytest.mark.parametrize("lines", [["eye > lid"], ["[part]", "eye, lid"]])
def test_a_line_that_says_nothing_is_refused(lines):
    with pytest.raises(ValueError, match="kind"):
        read_kinds(lines, str)


def test_a_finding_names_things_as_people_do():
    (match,) = Matcher.build([TWITCH], DATA).rank("can botox help the twitching on my thigh").matches
    said = [(finding.asked, finding.stored) for finding in match.guards if finding.guard == "body part"]
    assert said == [("thigh", "cheek")]
