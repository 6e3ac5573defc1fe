"""An answer whose last check by a person is too long ago says when that was."""

from __future__ import annotations

from datetime import date

import pytest

from bot.app import composer
from bot.config import AnswersSettings, Config
from knowledge.content.book import read_book_text
from knowledge.content.canonical import content_hash
from knowledge.content.library import with_server
from knowledge.content.overdue import dates_to_come, overdue_answers
from knowledge.presentation.byline import byline

BOOK = """
[[question]]
id = "knee"
title = "Why does my knee click?"
[[question.answers]]
body = "Old."
checked = 2025-01-01
[[question.answers]]
body = "New."
checked = 2025-01-02
[[question.answers]]
body = "Unknown."
[[question.answers]]
body = "Invented."
invented = true
"""
TOLD = "Last checked on 2025-01-01"


def bylines(days: int, today: date) -> list[tuple[str, ...]]:
    settings = Config(answers=AnswersSettings(review_after=days))
    (question,) = composer(settings, samples=False, today=lambda: today)(
        read_book_text("book.toml", BOOK).questions
    ).questions.values()
    return [byline(answer, question) for answer in question.answers]


@pytest.mark.parametrize(
    ("days", "today", "late"),
    [
        (0, date(2030, 1, 1), []),
        (365, date(2026, 1, 1), []),
        (365, date(2026, 1, 2), [0]),
        (365, date(2026, 1, 3), [0, 1]),
    ],
)
def test_a_byline_tells_of_a_check_that_is_too_long_ago(days, today, late):
    found = bylines(days, today)
    assert [number for number, lines in enumerate(found) if any("Last checked" in line for line in lines)] == late
    if late:
        assert found[0][-1] == TOLD


def test_a_day_that_is_still_to_come_is_told():
    book = read_book_text("book.toml", BOOK)
    (found,) = dates_to_come(book, date(2025, 1, 1))
    assert str(found) == (
        "book.toml:2: entry 'knee': answer 2: checked is 2025-01-02, a day that is still to come; look at its year"
    )
    assert not list(dates_to_come(book, date(2025, 1, 2)))


def test_a_mark_changes_neither_what_is_said_nor_its_hash():
    book = read_book_text("book.toml", BOOK)
    settings = Config(answers=AnswersSettings(review_after=30))
    snapshot = composer(settings, samples=True, today=lambda: date(2026, 1, 1))(book.questions)
    (question,) = snapshot.questions.values()
    assert question == book.questions[0]
    assert content_hash(question) == content_hash(book.questions[0])


def test_a_server_s_own_answers_are_marked_too():
    (question,) = read_book_text("book.toml", BOOK).questions
    settings = Config(answers=AnswersSettings(review_after=30))
    shared = composer(settings, samples=False, today=lambda: date(2026, 1, 1))([])
    shown = with_server(shared, [question]).questions["knee"]
    assert [answer.overdue for answer in shown.answers] == [True, True, False]


def test_what_is_overdue_is_listed_with_its_place():
    found = list(map(str, overdue_answers(read_book_text("book.toml", BOOK), date(2025, 1, 2))))
    assert found == [
        "book.toml:2: entry 'knee': answer 1 was last checked on 2025-01-01",
        "book.toml:2: entry 'knee': answer 3 gives no day of a check; read it and write checked = ...",
    ]
