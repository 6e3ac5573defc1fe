"""Ids that last: the same answers under a mended title are the same entry, also where the file gives it no id."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.content.book import Book
    from knowledge.errors import Fault
    from knowledge.model import Answer, Question


def with_kept_ids(book: Book, before: Book, kept: Mapping[str, str]) -> tuple[Book, Mapping[str, str]]:
    """Give `book` with the ids that its entries had in `before`, and which made ids now stand for which kept ones.

    `kept` is what this gave the last time. An entry whose id is made from its title keeps the id of the entry that is
    gone and had the same answers, if there is just one of either. Ids that a file gives are left alone.
    """
    given = {question.id for question in book.questions} - book.made_ids
    remembered = {made: old for made, old in kept.items() if made in book.made_ids and old not in book.positions}
    present = given | {remembered.get(made, made) for made in book.made_ids}
    gone = _by_answers(question for question in before.questions if question.id not in present)
    known = {question.id for question in before.questions}
    new = _by_answers(
        question
        for question in book.questions
        if question.id in book.made_ids and question.id not in known and question.id not in remembered
    )
    renamed = dict(remembered)
    for answers, fresh in new.items():
        old = gone.get(answers, [])
        if len(fresh) == len(old) == 1:
            renamed[fresh[0].id] = old[0].id
    return _renamed(book, renamed), MappingProxyType(renamed)


def _by_answers(questions: Iterable[Question]) -> Mapping[tuple[Answer, ...], list[Question]]:
    found: defaultdict[tuple[Answer, ...], list[Question]] = defaultdict(list)
    for question in questions:
        found[question.answers].append(question)
    return found


def _renamed(book: Book, renamed: Mapping[str, str]) -> Book:
    if not renamed:
        return book
    return replace(
        book,
        questions=tuple(
            replace(question, id=renamed[question.id]) if question.id in renamed else question
            for question in book.questions
        ),
        positions=MappingProxyType({renamed.get(made, made): place for made, place in book.positions.items()}),
        made_ids=frozenset(renamed.get(made, made) for made in book.made_ids),
        warnings=tuple(_told_anew(warning, renamed) for warning in book.warnings),
    )


def _told_anew(warning: Fault, renamed: Mapping[str, str]) -> Fault:
    if warning.entry not in renamed:
        return warning
    old = renamed[warning.entry]
    told = f'no id is given; write id = "{old}", which the entry had before its title was mended'
    return replace(warning, message=told, entry=old)
