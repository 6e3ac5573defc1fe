"""Experts by their names: who they are, and taking back everything that one of them wrote."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.content.canonical import content_hash
from knowledge.curation.changes import rejected, withdrawn, written
from knowledge.curation.entry import Step
from knowledge.curation.proposals import by_expert
from knowledge.model import Layer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from knowledge.curation.entry import Entry, Signed
    from knowledge.model import Question


class ExpertNames:
    """Names for who is typing one. A large book is read once, and not to its end at every key that is pressed."""

    def __init__(self) -> None:
        self._book: Mapping[str, Question] = {}
        self._entries: dict[str, list[str]] = {}

    def like(
        self, typed: str, book: Mapping[str, Question], own: Iterable[Question], replaced: Collection[str]
    ) -> Iterator[str]:
        """Give the names that hold `typed`, each once: of a server's `own` entries first, then of the book's.

        The book's entries with `replaced` ids do not count.
        """
        if book is not self._book:
            self._book, self._entries = book, _entries_by_name(book.values())
        wanted = typed.strip().casefold()
        of_own = [name for name in _entries_by_name(own) if wanted in name.casefold()]
        yield from of_own
        for name, entries in self._entries.items():
            if wanted in name.casefold() and name not in of_own and any(entry not in replaced for entry in entries):
                yield name


def _entries_by_name(questions: Iterable[Question]) -> dict[str, list[str]]:
    entries = defaultdict(list)
    for question in questions:
        for answer in question.answers:
            if answer.name:
                entries[answer.name].append(question.id)
    return entries


def without_expert(entry: Entry, name: str, signed: Signed, *, of_book: Question | None) -> tuple[Step, ...]:
    """Give the steps that take this expert's answers from an entry at once, none where there are none.

    Other experts' answers stay; an entry without others is withdrawn. A draft with the expert's words is dropped.
    """
    steps = []
    if entry.draft and _wrote(name, entry.draft.question):
        steps.append(rejected(entry, signed))
        entry = steps[-1].after
    shown = entry.live.question if entry.live else of_book
    if entry.hidden or shown is None or not _wrote(name, shown):
        return tuple(steps)
    book_hash = content_hash(of_book) if of_book else ""
    left = tuple(answer for answer in shown.answers if not by_expert(answer, name))
    if left:
        steps.append(_only(entry, replace(shown, answers=left, layer=Layer.SERVER), signed, book_hash))
    else:
        steps.append(withdrawn(entry, signed, book_hash=book_hash))
    return tuple(steps)


def _wrote(name: str, question: Question) -> bool:
    return any(by_expert(answer, name) for answer in question.answers)


def _only(entry: Entry, left: Question, signed: Signed, book_hash: str) -> Step:
    """Show what is left; a draft without the expert's words goes on waiting."""
    step = written(replace(entry, draft=None, drafted_by=frozenset()), left, signed, book_hash=book_hash, waits=False)
    return Step(entry, replace(step.after, draft=entry.draft, drafted_by=entry.drafted_by), step.revision)
