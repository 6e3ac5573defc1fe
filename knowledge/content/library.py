"""What is live: the book and a server's own entries become one immutable Snapshot that everything answers from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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
    book: Iterable[Question], server_entries: Iterable[Question] = (), *, samples: bool = False
) -> Mapping[str, Question]:
    """Give the questions that may be shown, by id: the book's, with a server's own in front of or over them.

    Unless `samples`, answers by invented experts are left out, and so is a question that has no others.
    A question without answers is left out always.
    """
    chosen = {question.id: question for question in (*book, *server_entries)}
    shown = (question if samples else _without_samples(question) for question in chosen.values())
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
    questions = live_questions(book, server_entries, samples=samples)
    return Snapshot(questions, build_matcher(tuple(questions.values())), screen, cards, policy)


def _without_samples(question: Question) -> Question:
    if not any(answer.invented for answer in question.answers):
        return question
    return replace(question, answers=tuple(answer for answer in question.answers if not answer.invented))
