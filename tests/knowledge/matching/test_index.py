"""The postings hold what the texts hold; and a book answers alike before and after its answers are indexed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.data import load_matching_data
from knowledge.matching.index import Postings, best_rows
from knowledge.matching.matcher import Matcher
from knowledge.matching.segment import answer_terms, build_segment, with_answers
from knowledge.model import Answer, Question
from knowledge.text import words

DATA = load_matching_data()
TEXTS = st.lists(st.lists(st.integers(0, 5), max_size=8), max_size=8)
BODIES = st.text("kne hip-,.'5\u00e9", max_size=40)


@given(TEXTS)
def test_postings_give_for_each_term_the_texts_that_hold_it(texts):
    ids = {str(term): term for term in range(6)}
    postings = Postings.build(ids, texts)
    assert postings.size == len(texts)
    for term, number in ids.items():
        assert postings.holding(term).tolist() == [row for row, text in enumerate(texts) if number in text]


@given(st.lists(BODIES, min_size=1, max_size=4))
def test_terms_read_from_a_text_are_those_that_are_indexed(bodies):
    questions = [Question(str(number), "Why?", (Answer(body),)) for number, body in enumerate(bodies)]
    postings = with_answers(build_segment(questions, DATA.lexicon), DATA.lexicon).answers
    assert postings is not None
    for row, question in enumerate(questions):
        held = {term for term in postings.ids if row in postings.holding(term)}
        assert held == answer_terms(question, DATA.lexicon)


KNEE = Question("knee", "Why does my knee click on the stairs?", (Answer("The kneecap glides over cartilage."),))
CROWN = Question("crown", "Does getting a dental crown hurt?", (Answer("The tooth is numbed with lidocaine."),))
BOOK = (KNEE, CROWN)


def found(matcher, text):
    return [(match.question.id, match.confidence, match.guards) for match in matcher.rank(text).matches]


def test_what_is_found_by_its_wording_is_judged_by_its_answers_before_they_are_indexed():
    early, whole = Matcher.of_wordings(BOOK, DATA), Matcher.build(BOOK, DATA)
    asked = "does a dental crown hurt with lidocaine"
    assert found(early, asked) == found(whole, asked)
    without = Matcher.build([KNEE, Question("crown", CROWN.title, (Answer("No."),))], DATA)
    assert found(early, asked) != found(without, asked)


def test_what_only_answers_tell_is_found_once_they_are_indexed():
    early = Matcher.of_wordings(BOOK, DATA)
    assert found(early, "what is lidocaine") == []
    assert [one[0] for one in found(early.with_answers(), "what is lidocaine")] == ["crown"]


def test_the_version_tells_which_of_the_two_decided():
    early = Matcher.of_wordings(BOOK, DATA)
    assert (early.is_whole, early.with_answers().is_whole) == (False, True)
    assert early.with_answers().version == Matcher.build(BOOK, DATA).version == DATA.version
    assert early.version != DATA.version
    assert early.with_layer([Question("new", "What is new?", (Answer("This."),))]).version == early.version


@pytest.mark.parametrize("rows", [1, 500, 3000, 20_000])
def test_the_best_rows_are_those_that_sorting_all_would_give(rows):
    scores = np.zeros(-(-rows // 1024) * 1024, dtype=np.float32)
    scores[:rows] = np.random.default_rng(rows).integers(0, 40, rows) / 4
    by_score = np.argsort(-scores, kind="stable")[:64]
    assert best_rows(scores, 64).tolist() == [row for row in by_score.tolist() if scores[row] > 0]


def test_a_text_has_the_same_terms_with_its_words_and_without():
    for text in ("can i take tylenol when my tummy hurts", "high blood pressure and a heart attack", "botox", ""):
        said = words(text)
        spelled = DATA.lexicon.spelled_terms(said)
        assert DATA.lexicon.terms(said) == [term for term, _ in spelled]
        assert " ".join(word for _, word in spelled) == " ".join(said)
