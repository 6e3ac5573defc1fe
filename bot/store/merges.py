"""What of a server's own entries can be merged into the knowledge files, and what merging makes of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.stored import stored_layer
from knowledge.content.book import read_book
from knowledge.content.canonical import content_hash
from knowledge.content.files import files_of, read_file
from knowledge.content.library import live_questions
from knowledge.content.merging import merged
from knowledge.errors import Fault, KnowledgeFaults

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.config import Config
    from knowledge.content.merging import Merge
    from knowledge.curation.entry import Entry
    from knowledge.model import Answer, Question


@dataclass(frozen=True, slots=True)
class Mergeable:
    """The entries to merge, and a line for each that is left alone; `newer` are those left for the book's changes.

    `examples` counts the texts by which the server tries its answers: they stay its own.
    """

    questions: tuple[Question, ...]
    left: tuple[str, ...]
    newer: tuple[str, ...]
    examples: int


def mergeable(config: Config, server_id: str, *, over_newer: bool) -> Mergeable:
    """Give what of a server's own entries can be merged.

    What its moderators made of an older text of the book is left alone unless `over_newer`: it would undo what the
    owners changed since. Raises `KnowledgeFaults`, `CannotRun`, and `SafeToShow` where nothing is kept of the server.
    """
    layer = asyncio.run(stored_layer(config, server_id))
    whole = read_book(config.knowledge.path).questions
    book = live_questions(whole, samples=config.knowledge.sample)
    samples = {} if config.knowledge.sample else {question.id: _samples(question) for question in whole}
    own = {question.id for question in layer.live(book)}
    newer = () if over_newer else tuple(name for name in own if _is_older(layer.entry(name), book))
    left = [
        f"{name}: the book's entry was changed after this one was made; look at both, or give --over-newer"
        for name in sorted(newer)
    ]
    left += [f"{name}: it is withdrawn there; the book's entry stays" for name in sorted(layer.hidden & set(book))]
    left += [f"{draft.id}: a draft waits for review and is not merged" for draft in layer.drafts]
    chosen = [entry.live.question for entry in layer.entries.values() if entry.live and entry.id in own - set(newer)]
    questions = tuple(_with(samples.get(one.id, ()), one) for one in chosen)
    return Mergeable(questions, tuple(left), newer, len(layer.examples))


def merge_of(config: Config, questions: Sequence[Question], into: str) -> Merge:
    """Give what merging `questions` makes of the knowledge files. New ones go to `into`, or to the only file there is.

    Raises `KnowledgeFaults`, and `SafeToShow` where it cannot be done.
    """
    found = [path if isinstance(path, Fault) else read_file(path) for path in files_of(config.knowledge.path)]
    if faults := [one for one in found if isinstance(one, Fault)]:
        raise KnowledgeFaults(faults)
    files = [one for one in found if not isinstance(one, Fault)]
    meant = [file.name for file in files if into and Path(file.name).resolve() == Path(into).resolve()]
    return merged(files, questions, meant[0] if meant else files[0].name if len(files) == 1 and not into else into)


def _samples(question: Question) -> Sequence[tuple[int, Answer]]:
    """Give an entry's invented answers with their places: moderators never saw them and did not mean them to go."""
    return [(place, answer) for place, answer in enumerate(question.answers) if answer.invented]


def _with(samples: Sequence[tuple[int, Answer]], question: Question) -> Question:
    answers = list(question.answers)
    for place, answer in samples:
        answers.insert(place, answer)
    return replace(question, answers=tuple(answers))


def _is_older(entry: Entry, book: Mapping[str, Question]) -> bool:
    """Whether the entry was made from another text of the book than it has now."""
    of_book = book.get(entry.id)
    return bool(of_book and entry.live and entry.live.base_hash != content_hash(of_book))
