"""What one server's moderators made: their entries, examples and settings, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.content.canonical import content_hash
from knowledge.curation.entry import Entry
from knowledge.curation.settings import ServerSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.curation.entry import Step, Wording
    from knowledge.curation.examples import Example
    from knowledge.model import Question


@dataclass(frozen=True, slots=True)
class ServerLayer:
    """One server's own. Entries of the book that nobody touched there are not among its `entries`."""

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    examples: tuple[Example, ...] = ()
    settings: ServerSettings = field(default_factory=ServerSettings)

    def entry(self, entry_id: str) -> Entry:
        """Give where an entry stands; one that was never touched has no revisions."""
        return self.entries.get(entry_id) or Entry(entry_id)

    def after(self, steps: Iterable[Step]) -> ServerLayer:
        """Give the layer as these steps leave it."""
        moved = {step.after.id: step.after for step in steps}
        return replace(self, entries=MappingProxyType({**self.entries, **moved}))

    def live(self, book: Mapping[str, Question]) -> tuple[Question, ...]:
        """Give the server's own entries that members see, with the book's answers among theirs marked as such.

        An entry that says what the book's entry of its id says is the book's, and not among them.
        """
        return tuple(
            marked(entry.live.question, of_book)
            for entry in self.entries.values()
            if entry.live and not says_the_same(entry.live, of_book := book.get(entry.id))
        )

    def shown_over(self, book: Mapping[str, Question]) -> tuple[Question, ...]:
        """Give everything that members see: the book in its order with the server's words in place, then its own."""
        own = {question.id: question for question in self.live(book)}
        over = (own.pop(entry_id, question) for entry_id, question in book.items() if entry_id not in self.hidden)
        return (*over, *own.values())

    @property
    def hidden(self) -> frozenset[str]:
        """The ids under which nothing is shown."""
        return frozenset(entry.id for entry in self.entries.values() if entry.hidden)

    @property
    def drafts(self) -> tuple[Question, ...]:
        """What waits for review."""
        return tuple(entry.draft.question for entry in self.entries.values() if entry.draft)


def says_the_same(wording: Wording, of_book: Question | None) -> bool:
    """Whether the book's entry says exactly these words."""
    return of_book is not None and wording.content_hash == content_hash(of_book)


def marked(question: Question, of_book: Question | None) -> Question:
    """Give a server's entry as its members see it: answers that stand so in the book are marked as the book's."""
    if of_book is None:
        return question
    answers = (replace(answer, of_book=answer in of_book.answers) for answer in question.answers)
    return replace(question, answers=tuple(answers))
