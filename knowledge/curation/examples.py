"""Texts that must find an entry, or must find nothing; and which of them a change would break."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.curation.refusals import QuotingRefusal
from knowledge.model import CardReply, Place
from knowledge.respond import respond, shown_ids
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knowledge.content.library import Snapshot
    from knowledge.model import Question


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the id of the entry that it must find; "" means that it must find nothing."""

    text: str
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class BrokenExample:
    """An example that does not hold: the title that it wants, and what the text finds instead, best first."""

    example: Example
    wanted: str
    found: tuple[str, ...]

    def __str__(self) -> str:
        """One line for a person."""
        wanted = f'find "{self.wanted}"' if self.example.entry_id else "find nothing"
        found = " and ".join(self.found) or "nothing"
        return f'"{self.example.text}" must {wanted}, but finds {found}'


class BreaksExamples(QuotingRefusal):
    """A change after which texts would no longer find what they must find."""

    def __init__(self, broken: Sequence[BrokenExample]) -> None:
        listed = "\n".join(f"- {example}" for example in broken)
        super().__init__(f"Not saved: with this change, these examples would no longer hold.\n{listed}")
        self.broken = tuple(broken)


def examples_of(questions: Iterable[Question], nothing: Iterable[str] = ()) -> Iterator[Example]:
    """Give the examples that stand in entries, and those that must find nothing."""
    for question in questions:
        yield from (Example(text, question.id) for text in question.examples)
    yield from map(Example, nothing)


def broken(snapshot: Snapshot, example: Example) -> BrokenExample | None:
    """Give what is wrong where `example` does not hold: asked directly, its entry is neither answer nor choice.

    An example of an entry that is not live breaks nothing: there is nothing to find. An emergency card is no entry.
    """
    wanted = snapshot.questions.get(example.entry_id)
    if example.entry_id and wanted is None:
        return None
    reply = respond(snapshot, example.text, Place(addressed=True)).reply
    shown = shown_ids(reply)
    found = [f'"{snapshot.questions[question_id].title}"' for question_id in shown]
    if isinstance(reply, CardReply):
        found.append("an emergency card")
    holds = example.entry_id in shown if example.entry_id else not found
    return None if holds else BrokenExample(example, wanted.title if wanted else "", tuple(found))


def require_distinct(question: Question, examples: Iterable[Example]) -> None:
    """Raise `QuotingRefusal` where a wording of `question` is one of its examples: finding that would show nothing."""
    for example in (*examples, *examples_of([question])):
        if example.entry_id == question.id and is_phrasing(example.text, question):
            raise QuotingRefusal(
                f'"{example.text}" is an example of this entry. Remove the example first, or word it otherwise.'
            )


def is_phrasing(text: str, question: Question) -> bool:
    """Whether a text is a stored wording of `question`, so that finding it shows nothing."""
    return words(text) in map(words, question.wordings)
