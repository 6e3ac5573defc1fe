"""From a ranking to what becomes of a text, at both sides of every bar."""

from __future__ import annotations

import pytest

from knowledge.matching.guards import TOO_SHORT
from knowledge.matching.outcome import bar, choose, offered
from knowledge.model import (
    Answer,
    Asking,
    AskKind,
    GuardFinding,
    Match,
    Outcome,
    Place,
    Policy,
    Question,
    Ranking,
    TellingWords,
)
from knowledge.respond import next_candidates

ADDRESSED, OVERHEARD = Place(addressed=True), Place(addressed=False)
HARD, SOFT = GuardFinding("number", "2 weeks", "3 days", hard=True), GuardFinding("tells", "", "", hard=False)
MET = TellingWords(shared=("botox",))


def match(name: str, confidence: float, *guards: GuardFinding, words: TellingWords | None = None) -> Match:
    question = Question(name, name.title(), (Answer("An answer."),))
    return Match(question, confidence, name, guards, find_words=lambda: words or TellingWords())


def ranking(*matches: Match, asks: float = 0.9) -> Ranking:
    return Ranking(matches, Asking(AskKind.QUESTION, asks), "a matcher")


def hardly_asking(*matches: Match, asks: float, signs: tuple[str, ...] = ()) -> Ranking:
    return Ranking(matches, Asking(AskKind.STATEMENT, asks, signs), "a matcher")


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


@pytest.mark.parametrize(
    ("found", "place", "expected"),
    [
        (ranking(), ADDRESSED, (Outcome.NONE, "nothing-alike")),
        (ranking(match("a", 0.90)), ADDRESSED, (Outcome.ANSWER, "sure")),
        (ranking(match("a", 0.89)), ADDRESSED, (Outcome.CHOICES, "one-of-a-few")),
        (ranking(match("a", 0.99, SOFT)), ADDRESSED, (Outcome.CHOICES, "one-of-a-few")),
        (ranking(match("a", 0.99, HARD)), ADDRESSED, (Outcome.NONE, "ruled-out")),
        (ranking(match("a", 0.99, HARD), match("b", 0.3)), ADDRESSED, (Outcome.CHOICES, "one-of-a-few")),
        (ranking(match("a", 0.30)), ADDRESSED, (Outcome.CHOICES, "one-of-a-few")),
        (ranking(match("a", 0.29)), ADDRESSED, (Outcome.NONE, "not-sure")),
        (ranking(match("a", 0.10, TOO_SHORT, words=MET)), ADDRESSED, (Outcome.CHOICES, "bare-topic")),
        (ranking(match("a", 0.10, TOO_SHORT)), ADDRESSED, (Outcome.NONE, "not-sure")),
        (ranking(match("a", 0.95)), OVERHEARD, (Outcome.ANSWER, "sure")),
        (ranking(match("a", 0.93)), OVERHEARD, (Outcome.NONE, "not-sure")),
        (ranking(match("a", 0.99, SOFT)), OVERHEARD, (Outcome.NONE, "not-sure")),
        (ranking(match("a", 0.10, TOO_SHORT, words=MET)), OVERHEARD, (Outcome.NONE, "not-sure")),
        (hardly_asking(match("a", 0.993), asks=0.35), OVERHEARD, (Outcome.ANSWER, "sure")),
        (hardly_asking(match("a", 0.95), asks=0.35), OVERHEARD, (Outcome.NONE, "does-not-ask")),
        (hardly_asking(match("a", 1.0), asks=0.35, signs=("told",)), OVERHEARD, (Outcome.NONE, "does-not-ask")),
        (hardly_asking(match("a", 1.0), asks=0.09), OVERHEARD, (Outcome.NONE, "does-not-ask")),
        (ranking(match("a", 0.99), asks=0.49), ADDRESSED, (Outcome.ANSWER, "sure")),
    ],
)
def test_what_becomes_of_a_text(found, place, expected):
    assert choose(found, Policy(), place) == expected


def test_the_bar_for_what_is_overheard_is_higher_by_the_odds():
    assert bar(Policy(answer_at=0.9), ADDRESSED) == 0.9
    assert bar(Policy(answer_at=0.9), OVERHEARD) == pytest.approx(1.575 / 1.675)
    assert bar(Policy(answer_at=1.0), OVERHEARD) == 1.0


def test_what_hardly_asks_has_to_be_the_surer_when_overheard():
    assert bar(Policy(answer_at=0.9), OVERHEARD, 0.9) == bar(Policy(answer_at=0.9), OVERHEARD, 0.5)
    assert bar(Policy(answer_at=0.9), OVERHEARD, 0.25) == pytest.approx(64 * 1.575 / (64 * 1.575 + 0.1))
    assert bar(Policy(answer_at=0.9), ADDRESSED, 0.25) == 0.9
    assert bar(Policy(answer_at=0.9, asks_at=0.0), OVERHEARD, 0.0) == bar(Policy(answer_at=0.9), OVERHEARD)


def test_what_is_offered_is_likely_enough_not_forbidden_and_no_more_than_a_few():
    found = ranking(
        match("a", 0.5), match("b", 0.2, HARD), match("c", 0.1), match("d", 0.06), match("e", 0.05), match("f", 0.04)
    )
    assert ids(offered(found, Policy())) == ["a", "c", "d"]
    assert ids(offered(found, Policy(max_choices=5))) == ["a", "c", "d", "e"]


def test_after_a_rejection_the_others_share_what_was_its_probability():
    found = ranking(match("a", 0.96), match("b", 0.02), match("c", 0.015, HARD), match("d", 0.0005))
    assert ids(next_candidates(found, ["a"], 3)) == ["b"]
    assert next_candidates(found, ["a", "b"], 3) == ()
    assert ids(next_candidates(ranking(match("a", 0.5), match("b", 0.2), match("c", 0.1)), ["a"], 1)) == ["b"]
