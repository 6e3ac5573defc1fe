"""Books of a few entries: most of what members ask is not in them, and no rival entry stands by to say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.matching.outcome import choose
from knowledge.model import Answer, Outcome, Place, Policy, Question

LINES = Path(__file__).parents[2] / "data" / "small_books.json"
ASKED = Place(addressed=True)
# Of the lines that ask what an entry answers: the least share that is answered; the rest is offered.
ANSWERED = 0.75
# Of the lines about other things altogether: the greatest share that is asked back.
ASKED_BACK = 0.3


@pytest.fixture(scope="module")
def outcomes():
    """What came of every line: the wish, the entry wanted, the outcome, the entry that came nearest."""
    data = load_matching_data()
    given = json.loads(LINES.read_text(encoding="utf-8"))
    found = []
    for name, book in given.items():
        entries = [
            Question(id=one["id"], title=one["title"], phrasings=tuple(one["phrasings"]), answers=(Answer(body="-"),))
            for one in book["entries"]
        ]
        matcher = Matcher.build(entries, data)
        for want, lines in book["asked"].items():
            for text in lines:
                ranking = matcher.rank(text)
                nearest = ranking.matches[0].question.id if ranking.matches else ""
                found.append((name, text, want, choose(ranking, Policy(), ASKED)[0], nearest))
    return found


def test_nothing_is_answered_that_no_entry_answers(outcomes):
    wrong = [one for one in outcomes if one[3] is Outcome.ANSWER and one[2] != one[4]]
    assert wrong == []


def test_what_an_entry_answers_is_answered_or_offered(outcomes):
    wanted = [one for one in outcomes if one[2] not in {"near", "far"}]
    assert all(outcome is not Outcome.NONE and want == nearest for _, _, want, outcome, nearest in wanted)
    assert sum(outcome is Outcome.ANSWER for *_, outcome, _ in wanted) >= ANSWERED * len(wanted)


def test_other_things_are_seldom_asked_back(outcomes):
    far = [outcome for _, _, want, outcome, _ in outcomes if want == "far"]
    assert sum(outcome is Outcome.CHOICES for outcome in far) <= ASKED_BACK * len(far)
