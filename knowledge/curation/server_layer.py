"""What one server's moderators made: their entries, examples and settings, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.curation.entry import Entry
from knowledge.curation.settings import ServerSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.curation.entry import Step
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
        """Give the server's own entries that members see, with the book's answers among theirs marked as such."""
        return tuple(_marked(entry.live.question, book.get(entry.id)) for entry in self.entries.values() if entry.live)

    @property
    def hidden(self) -> frozenset[str]:
        """The ids under which nothing is shown."""
        return frozenset(entry.id for entry in self.entries.values() if entry.hidden)

    @property
    def drafts(self) -> tuple[Question, ...]:
        """What waits for review."""
        return tuple(entry.draft.question for entry in self.entries.values() if entry.draft)


def _marked(question: Question, of_book: Question | None) -> Question:
    if of_book is None:
        return question
    answers = (replace(answer, of_book=answer in of_book.answers) for answer in question.answers)
    return replace(question, answers=tuple(answers))
