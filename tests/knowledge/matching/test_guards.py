"""Pairs that share nearly every word: those that ask something else are kept apart, those that ask the same are not."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import OSA

from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.matching.outcome import choose
from knowledge.model import Answer, Outcome, Place, Policy, Question

DATA = load_matching_data()


def outcome(stored, asked):
    book = [Question(id="stored", title=stored, answers=(Answer(body="Ask your doctor."),))]
    ranking = Matcher.build(book, DATA).rank(asked)
    return choose(ranking, Policy(), Place())[0], ranking


@pytest.mark.parametrize(
    ("stored", "asked", "guard"),
    [
        ("Can I take cetirizine at night?", "can i take sertraline at night", "drug"),
        ("Does Celexa make you tired?", "does cerebyx or celebrex make you tired", "drug"),
        ("Can I take 20 mg of famotidine?", "can i take 200 mg of famotidine", "number"),
        ("Is it OK to swim 3 weeks after a hernia repair?", "is it ok to swim 3 days after a hernia repair", "number"),
        ("Should I ice a sprain before a walk?", "should i ice a sprain after a walk", "before or after"),
        ("Why does my left ear ring?", "why does my right ear ring", "side"),
        ("Who should get a shingles vaccine?", "who should not get a shingles vaccine", "polarity"),
        ("Is a cough with a fever serious?", "is a cough without a fever serious", "polarity"),
        ("What causes hyperphosphatemia?", "what causes hypophosphatemia", "prefix"),
        ("What raises cortisol?", "what lowers cortisol", "change"),
        ("When should I start physical therapy?", "when should i stop physical therapy", "start or stop"),
        ("What hurts in the upper back?", "what hurts in the lower back", "height"),
        ("Is zinc safe for adults?", "is zinc safe for newborns", "age"),
        ("Can I fly while pregnant?", "can i fly while breastfeeding", "expecting"),
        ("Can I fly while pregnant?", "can i fly before getting pregnant", "before or after"),
        ("Does too much salt make ankles swell?", "does too little salt make ankles swell", "quantity"),
        ("How long does swelling last after a root canal?", "how long does bruising last after a root canal", "sign"),
        ("Can I drink coffee after a root canal?", "can i drink beer after a root canal", "drink"),
    ],
)
def test_one_decisive_word_apart_is_never_answered(stored, asked, guard):
    found, ranking = outcome(stored, asked)
    assert found is not Outcome.ANSWER
    assert guard in {finding.guard for finding in ranking.matches[0].guards}


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("Can I take cetirizine at night?", "can i take cetirizin at nite"),
        ("Can I take 20 mg of famotidine?", "ok to take 20mg famotidine?"),
        ("Is it safe to take Tylenol with alcohol?", "is it safe to take acetaminophen with alcohol"),
        ("Why does my left ear ring?", "why is my left ear ringing"),
        ("What causes hyperphosphatemia?", "what causes hyperphosphatemai"),
        ("Should I ice a sprain before a walk?", "hey so should i ice a sprain b4 a walk pls"),
        ("How is high blood pressure treated?", "how is hypertension treated"),
        ("Is swelling after a root canal normal?", "is swelling and bruising after a root canal normal"),
        ("Does caffeine make hands shake?", "does coffee make hands shake"),
    ],
)
def test_the_same_question_in_other_letters_is_answered(stored, asked):
    assert outcome(stored, asked)[0] is Outcome.ANSWER


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("Can women use minoxidil?", "can pregnant women use minoxidil"),
        ("How much ibuprofen can I take?", "can i take 4000 mg of ibuprofen"),
        ("Can I take ibuprofen with food?", "can i take ibuprofen with food and warfarin"),
        ("Is it OK to take melatonin every night?", "can my kid have melatonin every single night"),
    ],
)
def test_a_qualifier_on_one_side_only_is_never_answered(stored, asked):
    assert outcome(stored, asked)[0] is not Outcome.ANSWER


def test_a_known_medicine_is_never_corrected_to_another():
    """Pairs of listed generics that differ in two letters or fewer: a question about one is none about the other."""
    generics = sorted(set(DATA.lexicon.drugs.generic_of.values()))
    pairs = [
        (one, other)
        for place, one in enumerate(generics)
        for other in generics[place + 1 :]
        if OSA.distance(one, other, score_cutoff=2) <= 2
    ]
    assert len(pairs) > 10
    for one, other in pairs:
        assert outcome(f"Does {one} cause a dry mouth?", f"does {other} cause a dry mouth")[0] is not Outcome.ANSWER
