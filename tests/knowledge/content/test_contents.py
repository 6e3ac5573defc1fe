"""The table of contents: every question stands under each of its topics, and under none it stands apart."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.content.contents import contents_of, topic_key
from knowledge.model import Answer, Question
from knowledge.text import fold
from tests.scale import examples

ANSWERS = (Answer("Rest."),)


def book(*questions):
    return {entry: Question(entry, title, ANSWERS, topics=topics) for entry, title, *topics in questions}


def named(contents):
    return [(topic.name, topic.questions) for topic in contents.topics.values()]


def test_topics_and_questions_stand_in_the_order_of_their_names():
    contents = contents_of(book(("b", "Why?", "knee"), ("a", "How?", "knee", "arm"), ("c", "When?", "Ärzte")))
    assert named(contents) == [("arm", ("a",)), ("Ärzte", ("c",)), ("knee", ("a", "b"))]


def test_spellings_of_a_name_are_one_topic_called_by_the_commonest():
    contents = contents_of(book(("a", "A", "botox", "Botox"), ("b", "B", "Botox "), ("c", "C", "Botox")))
    assert named(contents) == [("Botox", ("a", "b", "c"))]
    assert topic_key(" BOTOX") in contents.topics


def test_what_has_no_topic_stands_last_and_is_called_nothing():
    contents = contents_of(book(("a", "A"), ("b", "B", "\u200b"), ("c", "C", "knee")))
    assert named(contents) == [("knee", ("c",)), ("", ("a", "b"))]
    assert list(contents.topics)[-1] == ""


def test_nothing_has_no_topics():
    assert contents_of({}).topics == {}


@settings(max_examples=examples(50))
@given(st.lists(st.tuples(st.text(max_size=8), st.lists(st.text(max_size=3), max_size=3).map(tuple)), max_size=12))
def test_every_question_is_found_under_each_of_its_topics_and_nowhere_else(entries):
    questions = {str(n): Question(str(n), title, ANSWERS, topics=topics) for n, (title, topics) in enumerate(entries)}
    contents = contents_of(questions)
    for key, topic in contents.topics.items():
        assert topic.key == key
        assert topic.questions
        titles = [fold(questions[entry].title) for entry in topic.questions]
        assert all(one <= other for one, other in pairwise(titles))
    for entry, question in questions.items():
        expected = {topic_key(topic) for topic in question.topics} - {""} or {""}
        assert {key for key, topic in contents.topics.items() if entry in topic.questions} == expected
