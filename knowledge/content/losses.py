"""Which new state of the book is held back until an owner accepts it: one that may have lost entries by accident."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.content.book import Book
    from knowledge.content.files import BookFile

# A reload that drops more than this share of the entries, and at least so many of them, waits.
SHARE_DROPPED = 1 / 5
LEAST_DROPPED = 3
# So much of a file tells whether it ends as it did, in bytes: more than many entries have in common.
_END = 1000


@dataclass(frozen=True, slots=True)
class Held:
    """A state of the knowledge files that waits for an owner: its hash, and a sentence that says why."""

    files_hash: str
    reason: str


def why_held(before: Book, after: Book, files_before: Iterable[BookFile], files_after: Iterable[BookFile]) -> str:
    """Say why `after` must not follow `before` without an owner's word, or nothing where it may."""
    if not before.questions or before.questions == after.questions:
        return ""
    if not after.questions:
        return f"The knowledge files hold no entry any more; {len(before.questions):,} are being served."
    dropped = _dropped(before, after)
    if dropped >= LEAST_DROPPED and dropped > SHARE_DROPPED * len(before.questions):
        return f"The knowledge files lack {dropped:,} of the {len(before.questions):,} entries that are being served."
    for file in _cut_short(files_before, files_after):
        return f"{file.name} ends early: it is the first part of what is being served, and nothing else."
    return ""


def may_be_unfinished(files_before: Iterable[BookFile], files_after: Iterable[BookFile]) -> bool:
    """Tell whether a file ends otherwise than before, as one does that is still being written."""
    return {file.name: _end(file) for file in files_before} != {file.name: _end(file) for file in files_after}


def _dropped(before: Book, after: Book) -> int:
    """Count the entries that are gone; one whose answers stand under an id that is new is not."""
    kept = {question.id for question in after.questions}
    known = {question.id for question in before.questions}
    gone = Counter(question.answers for question in before.questions if question.id not in kept)
    gone.subtract(Counter(question.answers for question in after.questions if question.id not in known))
    return sum(count for count in gone.values() if count > 0)


def _cut_short(files_before: Iterable[BookFile], files_after: Iterable[BookFile]) -> Iterable[BookFile]:
    # By their order: a name is told as the settings have it, which depends on the folder that a program was started in.
    return (
        after
        for before, after in zip(files_before, files_after, strict=False)
        if len(after.data) < len(before.data) and before.data.startswith(after.data)
    )


def _end(file: BookFile) -> bytes:
    return file.data[-_END:].rstrip()
