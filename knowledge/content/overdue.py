"""Answers whose last check by a person is too long ago, or cannot have been. Only a person's check renews it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from knowledge.content.book import Book
    from knowledge.model import Answer, Question


def marked(question: Question, checked_since: date) -> Question:
    """Give `question` with its answers marked as overdue, or not any more. A check counts from `checked_since` on."""
    late = [answer.checked is not None and answer.checked < checked_since for answer in question.answers]
    if late == [answer.overdue for answer in question.answers]:
        return question
    answers = zip(question.answers, late, strict=True)
    return replace(question, answers=tuple(replace(answer, overdue=is_late) for answer, is_late in answers))


def overdue_answers(book: Book, checked_since: date) -> Iterator[Fault]:
    """Name each answer that was last checked before `checked_since`, or never; invented samples are left out."""
    for question in book.questions:
        for number, answer in enumerate(question.answers, start=1):
            told = "" if answer.invented else _told(answer, checked_since)
            if told:
                place = book.positions[question.id]
                yield Fault(place.file, place.line, f"answer {number} {told}", question.id)


def dates_to_come(book: Book, today: date) -> Iterator[Fault]:
    """Name each answer that is dated later than `today`: with its year mistyped, a check would count for too long."""
    for question in book.questions:
        for number, answer in enumerate(question.answers, start=1):
            for key, day in (("checked", answer.checked), ("as_of", answer.as_of)):
                if day is not None and day > today:
                    place = book.positions[question.id]
                    told = f"answer {number}: {key} is {day.isoformat()}, a day that is still to come; look at its year"
                    yield Fault(place.file, place.line, told, question.id)


def _told(answer: Answer, checked_since: date) -> str:
    if answer.checked is None:
        return "gives no day of a check; read it and write checked = ..."
    return f"was last checked on {answer.checked.isoformat()}" if answer.checked < checked_since else ""
