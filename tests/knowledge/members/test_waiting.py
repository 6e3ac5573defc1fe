"""Which questions are the same, and which askers are told of what: by the real matcher over a small book."""

import pytest

from knowledge.curation.refusals import Refused
from knowledge.curation.waiting import (
    MOST_OF_A_MEMBER,
    MOST_OF_A_SERVER,
    TEXT_LIMIT,
    WaitingQuestion,
    answers_to,
    checked_text,
    most_asked_first,
    require_room,
    same_question,
)
from tests.knowledge.moderation.doing import BOOK, HICCUPS, NOW, TWITCH

STOP_HICCUPS = "how can i stop hiccups?"


def waits(*askings, number=7, **more):
    return WaitingQuestion(number, "1", askings, 1, NOW, **more)


def test_what_asks_the_same_is_one_question(compose_book, asking):
    waiting = (waits(asking("why does the moon look red tonight?"), number=1), waits(asking("why do cats purr?")))
    shown = compose_book()
    assert same_question(waiting, "why do cats purr", shown).id == 7
    assert same_question(waiting, "why do dogs bark?", shown) is None
    assert same_question((), "why do cats purr?", shown) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("can i take zinc with vitamin c", "can i take iron with vitamin c"),
        ("how long after a root canal can i eat", "how long after a filling can i eat"),
        ("can you get shingles twice", "can you get chickenpox twice"),
        ("why do mosquito bites itch so much?", "mosquito"),
        ("why does the moon look red tonight?", "how do I stop hiccups?"),
    ],
)
def test_a_word_that_decides_keeps_questions_apart(compose_book, asking, one, other):
    assert same_question((waits(asking(one)),), other, compose_book()) is None
    assert same_question((waits(asking(other)),), one, compose_book()) is None


def test_an_asking_is_answered_by_what_its_words_find(compose_book, asking):
    question = waits(asking(STOP_HICCUPS), asking("zebra?", "bea", 2))
    assert dict(answers_to(question, compose_book([TWITCH]))) == {}
    assert dict(answers_to(question, compose_book())) == {1: HICCUPS.id}


def test_the_others_are_told_too_where_their_words_make_it_likely(compose_book, asking):
    likely = "my hiccups do not stop by themselves, how do i get rid of them"
    question = waits(asking(STOP_HICCUPS), asking(likely, "bea", 2))
    assert dict(answers_to(question, compose_book())) == {1: HICCUPS.id, 2: HICCUPS.id}


def test_what_a_guard_forbids_is_not_told_to_the_others(compose_book, asking):
    forbidden = "how do I not stop hiccups?"
    question = waits(asking(HICCUPS.title), asking(forbidden, "bea", 2))
    assert dict(answers_to(question, compose_book())) == {1: HICCUPS.id}


def test_an_entry_that_was_rejected_is_no_answer(compose_book, asking):
    question = waits(asking(STOP_HICCUPS, rejected=HICCUPS.id), asking(STOP_HICCUPS, "bea", 2))
    assert dict(answers_to(question, compose_book())) == {2: HICCUPS.id}


def test_what_a_moderator_says_answers_all_once_it_is_shown(compose_book, asking):
    question = waits(asking("zebra?"), asking("giraffe?", "bea", 2), entry_id=HICCUPS.id)
    assert dict(answers_to(question, compose_book([TWITCH]))) == {}
    assert dict(answers_to(question, compose_book())) == {1: HICCUPS.id, 2: HICCUPS.id}


def test_a_text_that_alarms_by_now_is_answered_by_nothing(compose_book, asking):
    question = waits(asking("how do I stop hiccups, i have crushing chest pain right now and can not breathe"))
    assert dict(answers_to(question, compose_book())) == {}


def test_the_most_asked_come_first_and_of_those_the_oldest(asking):
    one, two = waits(asking("a"), number=1), waits(asking("b"), number=2)
    three = waits(asking("c"), asking("c", "bea", 2), number=3)
    assert [question.id for question in most_asked_first([two, one, three])] == [3, 1, 2]


@pytest.mark.parametrize("text", ["", "  \n", "???", "a " * TEXT_LIMIT])
def test_what_nobody_could_answer_is_refused(text):
    with pytest.raises(Refused):
        checked_text(text)


def test_there_is_room_for_so_much(asking):
    of_ann = [waits(asking("a"), number=number) for number in range(MOST_OF_A_MEMBER)]
    require_room(of_ann[1:], "ann")
    require_room(of_ann, "bea")
    with pytest.raises(Refused, match="Take one back"):
        require_room(of_ann, "ann")
    everybodys = [waits(asking("a", str(number)), number=number) for number in range(MOST_OF_A_SERVER)]
    with pytest.raises(Refused, match="Too many"):
        require_room(everybodys, "ann")


def test_the_book_has_what_these_tests_ask():
    assert {HICCUPS, TWITCH} == set(BOOK)
