"""Try what owners wrote for trying: examples that must find their entry, and texts that must find nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import Fault
from knowledge.model import AnswerReply, CardReply, ChoicesReply
from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from knowledge.content.book import Book
    from knowledge.model import Decision, Question

_SHOWN = 60


def failed_trials(book: Book, decide: Callable[[str], Decision]) -> Iterator[Fault]:
    """Give a fault for each example that does not bring its entry, and each `[[nothing]]` that brings one.

    An example may bring its entry as the answer or among the choices. `decide` is what becomes of a text that a
    member asks the bot.
    """
    for example, question in book.examples:
        brought = _brought(decide(example))
        if isinstance(brought, str):
            told = f'the example "{_short(example)}" brings {brought}; mend it, or add a phrasing like it'
        elif question.id not in {found.id for found in brought}:
            told = f'the example "{_short(example)}" brings {_named(brought)}; add a phrasing like it to this entry'
        else:
            continue
        position = book.positions[question.id]
        yield Fault(position.file, position.line, told, question.id)
    for text, position in zip(book.nothing, book.nothing_positions, strict=True):
        brought = _brought(decide(text))
        if brought:
            named = brought if isinstance(brought, str) else _named(brought)
            told = f'"{_short(text)}" must find nothing and brings {named}; look at the phrasings there'
            yield Fault(position.file, position.line, told)


def same_wordings(book: Book) -> Iterator[Fault]:
    """Warn of each wording that stands in two entries: nobody could tell which of them is meant."""
    first: dict[str, str] = {}
    for question in book.questions:
        for wording in question.wordings:
            owner = first.setdefault(fold(wording), question.id)
            if owner != question.id:
                position = book.positions[question.id]
                told = f"\"{_short(wording)}\" is a wording of the entry '{owner}' too; keep it in one of them"
                yield Fault(position.file, position.line, told, question.id)


def same_answers(book: Book) -> Iterator[Fault]:
    """Warn of each answer that says what one above it in its entry says: it was put in twice, perhaps."""
    for question in book.questions:
        first: dict[str, int] = {}
        for number, answer in enumerate(question.answers, start=1):
            same = first.setdefault(fold(answer.body), number)
            if same != number:
                position = book.positions[question.id]
                told = f"answer {number} says the same as answer {same}; take one of them out"
                yield Fault(position.file, position.line, told, question.id)


def unanswered_wordings(book: Book, why: Callable[[str], str]) -> Iterator[Fault]:
    """Warn of each title and phrasing that is never answered by its own entry.

    `why` tells why a wording is not, to go on after it, and gives "" for every other.
    """
    for question in book.questions:
        for wording in question.wordings:
            if reason := why(wording):
                position = book.positions[question.id]
                yield Fault(position.file, position.line, f'"{_short(wording)}" {reason}', question.id)


def _brought(decision: Decision) -> tuple[Question, ...] | str:
    match decision.reply:
        case AnswerReply(question=question):
            return (question,)
        case ChoicesReply(questions=questions):
            return questions
        case CardReply():
            return "an emergency card"
    return ()


def _named(questions: tuple[Question, ...]) -> str:
    return " or ".join(f"'{question.id}'" for question in questions) or "nothing"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
