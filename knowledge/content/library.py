"""What is live: the book and a server's own entries become one immutable Snapshot that everything answers from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.content.overdue import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import date

    from knowledge.matching.matcher import Matcher
    from knowledge.model import Policy, Question
    from knowledge.safety.cards import Cards
    from knowledge.safety.emergency import Screen


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that `respond` needs. Swapped as a whole, never changed."""

    questions: Mapping[str, Question]
    matcher: Matcher
    screen: Screen
    cards: Cards
    policy: Policy


def live_questions(
    book: Iterable[Question],
    server_entries: Iterable[Question] = (),
    *,
    samples: bool = False,
    checked_since: date | None = None,
) -> Mapping[str, Question]:
    """Give the questions that may be shown, by id: the book's, with a server's own in front of or over them.

    Unless `samples`, answers by invented experts are left out, and so is a question that has no others.
    A question without answers is left out always. Answers last checked before `checked_since` are marked as overdue.
    """
    chosen = {question.id: question for question in (*book, *server_entries)}
    shown = (question if samples else _without_samples(question) for question in chosen.values())
    if checked_since:
        shown = (marked(question, checked_since) for question in shown)
    return MappingProxyType({question.id: question for question in shown if question.answers})


def compose(  # noqa: PLR0913  # the one place where everything that is live meets
    book: Iterable[Question],
    server_entries: Iterable[Question] = (),
    *,
    build_matcher: Callable[[Sequence[Question]], Matcher],
    screen: Screen,
    cards: Cards,
    policy: Policy,
    samples: bool = False,
) -> Snapshot:
    """Make the Snapshot of what is live, with a matcher over it."""
    questions = live_questions(book, server_entries, samples=samples, checked_since=policy.checked_since)
    return Snapshot(questions, build_matcher(tuple(questions.values())), screen, cards, policy)


def whole(snapshot: Snapshot) -> Snapshot:
    """Give the Snapshot with all its answers indexed, where its matcher knows wordings alone so far."""
    return replace(snapshot, matcher=snapshot.matcher.with_answers())


def with_changes(before: Snapshot, book: Iterable[Question], *, samples: bool = False) -> Snapshot:
    """Give the Snapshot of a changed book at the cost of what changed; `compose` gives it a whole index of its own.

    `before` is a Snapshot of the book as it was, `samples` is as for `compose`.
    """
    questions = live_questions(book, samples=samples, checked_since=before.policy.checked_since)
    changed = [question for question in questions.values() if before.questions.get(question.id) != question]
    gone = frozenset(question_id for question_id in before.questions if question_id not in questions)
    return replace(before, questions=questions, matcher=before.matcher.with_layer(changed, gone))


def with_server(
    book: Snapshot, entries: Iterable[Question], hidden: Collection[str] = (), *, samples: bool = False
) -> Snapshot:
    """Give what is live in one server: the book's Snapshot with the server's own `entries` in front of it.

    Entries of the book whose ids are `hidden` are left out; those that the server overrides too. The book's index is
    shared, so this costs what the server's own entries cost. `samples` is as for `compose`.
    """
    written = tuple(entries)
    own = live_questions((), written, samples=samples, checked_since=book.policy.checked_since)
    gone = frozenset(hidden).union(question.id for question in written)
    return replace(
        book, questions=_Layered(book.questions, own, gone), matcher=book.matcher.with_layer(own.values(), gone)
    )


class _Layered(Mapping[str, "Question"]):
    """The book's questions but for those that are `gone`, and a server's own.

    A view: a book of 100,000 is not copied for each server.
    """

    def __init__(self, book: Mapping[str, Question], own: Mapping[str, Question], gone: frozenset[str]) -> None:
        self._book = book
        self._own = own
        self._gone = gone

    def __getitem__(self, question_id: str) -> Question:
        return self._own[question_id] if question_id in self._gone else self._book[question_id]

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from (question_id for question_id in self._book if question_id not in self._gone)

    def __len__(self) -> int:
        return len(self._own) + len(self._book) - sum(question_id in self._book for question_id in self._gone)


def _without_samples(question: Question) -> Question:
    if not any(answer.invented for answer in question.answers):
        return question
    return replace(question, answers=tuple(answer for answer in question.answers if not answer.invented))
