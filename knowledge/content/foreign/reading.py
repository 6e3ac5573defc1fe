"""What was found in a file of another program: entries, and everything that could not become one, with the reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from knowledge.content.foreign.markup import one_line
from knowledge.content.ids import id_from_title
from knowledge.content.limits import TITLE_LIMIT, TOPIC_LIMIT
from knowledge.content.writing import faults_of
from knowledge.model import Question, Source
from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.model import Answer

_PLACES_SHOWN = 5


class Skipped(NamedTuple):
    """Something that became no entry: where it stands in the file, and why."""

    place: str
    reason: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.place}: {self.reason}"


class LeftOut(NamedTuple):
    """Something that entries had in the other program and have no more, and where it stood."""

    what: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        """One line for a person; of many places only the first."""
        more = len(self.places) - _PLACES_SHOWN
        shown = ", ".join(self.places[:_PLACES_SHOWN])
        return f"{self.what}: {shown}{f' and {more:,} more' if more > 0 else ''}"


@dataclass(frozen=True, slots=True)
class Reading:
    """The entries of a file, in its order; what was skipped; and what was left out of those entries."""

    questions: tuple[Question, ...]
    skipped: tuple[Skipped, ...]
    left_out: tuple[LeftOut, ...]


class Gathering:
    """Collects the entries of one file of the bare name `file`."""

    def __init__(self, file: str) -> None:
        self._file = file.encode("utf-8", "replace").decode()
        self._questions: list[Question] = []
        self._skipped: list[Skipped] = []
        self._left_out: dict[str, dict[str, None]] = {}
        self._places: dict[str, str] = {}

    def reading(self) -> Reading:
        """Give what was collected."""
        left_out = tuple(LeftOut(what, tuple(places)) for what, places in self._left_out.items())
        return Reading(tuple(self._questions), tuple(self._skipped), left_out)

    def skip(self, place: str, reason: str) -> None:
        """Note that what stands at `place` becomes no entry."""
        self._skipped.append(Skipped(place, reason))

    def leave_out(self, place: str, what: str) -> None:
        """Note that the entry at `place` loses something."""
        self._left_out.setdefault(what, {})[place] = None

    def add(
        self, place: str, wordings: Iterable[str], answers: Sequence[Answer], entry: Question | None = None
    ) -> None:
        """Add the entry at `place`, its first wording as the title, or note why it cannot be one.

        `entry` gives whatever else the file tells of it. The source's hash is that of what the entry was made from, so
        that importing it again is noticed after its title was mended.
        """
        said = list({fold(words): words for wording in wordings if (words := one_line(wording))}.values())
        if not said:
            self.skip(place, "it has no question")
            return
        if not answers or not all(answer.body for answer in answers):
            self.skip(place, "it has no answer")
            return
        title = said[0]
        if (first := self._places.setdefault(fold(title), place)) != place:
            told = f'the question "{title}" stands already at {first} with another answer; keep one of the two'
            self.skip(place, told)
            return
        given = entry or Question("", title, ())
        question = replace(
            given,
            id=given.id or id_from_title(title),
            title=title,
            phrasings=self._fitting(place, "question", said[1:], TITLE_LIMIT),
            topics=self._fitting(place, "topic", given.topics, TOPIC_LIMIT),
            answers=tuple(answers),
            source=Source(self._file, _hash_of(said, answers)),
        )
        if faults := faults_of(question):
            self.skip(place, "; ".join(faults))
        else:
            self._questions.append(question)

    def _fitting(self, place: str, noun: str, texts: Iterable[str], limit: int) -> tuple[str, ...]:
        found = tuple(texts)
        fitting = tuple(text for text in found if len(text) <= limit)
        if len(fitting) < len(found):
            self.leave_out(place, f"A further {noun} of more than {limit} characters")
        return fitting


def _hash_of(wordings: Sequence[str], answers: Sequence[Answer]) -> str:
    made_from = json.dumps([list(wordings), [[answer.name, answer.body] for answer in answers]])
    return hashlib.sha256(made_from.encode()).hexdigest()
