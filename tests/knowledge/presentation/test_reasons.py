"""Why a reply came out as it did: in whole plain sentences, without a name, code or number of the matcher's own."""

from __future__ import annotations

import re

import pytest

from knowledge.matching import _opposites
from knowledge.matching.data import load_matching_data
from knowledge.model import GuardFinding, Outcome, Place
from knowledge.presentation.reasons import finding_sentence, in_a_hundred, outcome_sentence, reasons, sureness, watched
from knowledge.respond import respond

ASKED = Place(addressed=True)
OVERHEARD = Place(addressed=False)


def told(shipped, text, place=ASKED):
    decision = respond(shipped, text, place)
    return decision, reasons(decision, shipped.policy, place)


def sentences(explained):
    return [explained.summary, *explained.sentences, *(explained.nearest.sentences if explained.nearest else ())]


def test_an_answer_names_the_words_that_met(shipped):
    _, explained = told(shipped, "would botox stop my cheek from jumping and twitching")
    assert explained.summary.startswith("Answered")
    assert explained.nearest.question.id == "cheek-twitching-botox"
    shared = next(line for line in explained.nearest.sentences if "in the stored one:" in line)
    assert "\u201cbotox\u201d" in shared
    assert "\u201ccheek\u201d" in shared


def test_a_misspelt_word_is_told_with_what_it_was_taken_for(shipped):
    _, explained = told(shipped, "can botoxx stop my cheek from twitching")
    assert any("\u201cbotoxx\u201d was read as \u201cbotox\u201d" in line for line in explained.nearest.sentences)
    (shared,) = (line for line in explained.nearest.sentences if "and in the stored one:" in line)
    assert "\u201cbotox\u201d" in shared


def test_what_held_an_answer_back_is_said_first(shipped):
    decision, explained = told(shipped, "can botox stop a kid's cheek from twitching")
    assert decision.outcome is Outcome.CHOICES
    assert explained.summary == (
        "Choices offered and no answer: your question says \u201ckid\u201d, the stored one does not."
    )


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("thanks", ASKED, "small talk"),
        ("how do I cook rice", ASKED, "Not answered"),
        ("crushing chest pain, I cannot breathe", ASKED, "Emergency card shown"),
        ("got my botox today", OVERHEARD, "does not read like a question"),
        ("\U0001f600", ASKED, "no words"),
        ("puis je prendre ce medicament pour mon dos", ASKED, "English"),
    ],
)
def test_every_outcome_has_its_sentence(shipped, text, place, said):
    assert said in told(shipped, text, place)[1].summary


def test_nothing_reads_like_the_matcher_inside(shipped):
    """Over every labelled kind of text: finished sentences, no feature's name, no reason's code, no log-odds."""
    texts = [question.wordings[-1] for question in [*shipped.questions.values()][::3]]
    texts += [text.replace("after", "before").replace("my", "my child's") for text in texts]
    for text in texts:
        for place in (ASKED, OVERHEARD):
            decision, explained = told(shipped, text, place)
            for line in sentences(explained):
                assert re.fullmatch(r"[A-Z\u201c].*\.", line), line
                assert "_" not in line
                assert "log-odds" not in line
                assert decision.reason not in line or decision.reason == "sure"


def test_every_guard_speaks_plainly():
    data = load_matching_data()
    guards = {*_opposites._SETS, *data.lexicon.kinds, "drug", "number", "polarity", "prefix"}
    for guard in guards:
        assert not {"_", "-"} & set(watched([guard]))
        assert finding_sentence(GuardFinding(guard, "kids", "adults", hard=True)) == (
            "your question says \u201ckids\u201d, the stored one says \u201cadults\u201d"
        )
    assert finding_sentence(GuardFinding("expecting", "pregnant", "", hard=False)).endswith("the stored one does not")
    assert finding_sentence(GuardFinding("expecting", "", "pregnant", hard=False)).endswith("yours does not")


def test_sureness_is_never_rounded_up():
    assert in_a_hundred(0.0) == "fewer than 1"
    assert in_a_hundred(0.949) == "about 94"
    assert in_a_hundred(0.99) == "about 99"
    assert in_a_hundred(0.9999) == "more than 99"
    assert "about 94 in 100" in sureness(0.949)


def test_outcomes_have_sentences():
    assert len({outcome_sentence(outcome) for outcome in Outcome}) == len(Outcome)
