"""What a half-typed text may become, for completion while somebody types."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from knowledge.matching.segment import Segment
    from knowledge.model import Match, Question

_COMPLETIONS = 3


def suggested(
    typed: str,
    limit: int,
    segments: Sequence[Segment],
    hidden: Sequence[frozenset[str]],
    rank: Callable[[str], Sequence[Match]],
) -> tuple[Question, ...]:
    """Give at most `limit` live questions: titles that begin as typed, then what `rank` finds."""
    start = fold(typed)
    if not start:
        return ()
    found: dict[str, Question] = {}
    for segment, mask in zip(segments, hidden, strict=True):
        for question in _beginning(segment, start):
            if question.id not in mask and len(found) < limit:
                found[question.id] = question
    for text in _completed(start, segments):
        if len(found) >= limit:
            break
        found |= {match.question.id: match.question for match in rank(text) if match.question.id not in found}
    return tuple(found.values())[:limit]


def _beginning(segment: Segment, start: str) -> Iterator[Question]:
    place = bisect_left(segment.by_title, start, key=lambda number: fold(segment.questions[number].title))
    for number in segment.by_title[place:]:
        if not fold(segment.questions[number].title).startswith(start):
            return
        yield segment.questions[number]


def _completed(start: str, segments: Sequence[Segment]) -> Iterator[str]:
    """Give the text, first with its last word completed to known words, then as it stands."""
    head, _, last = start.rpartition(" ")
    if last and not any(last in segment.vocabulary for segment in segments):
        for segment in segments:
            for word in segment.vocabulary.beginning(last, _COMPLETIONS):
                yield f"{head} {word}"
    yield start
