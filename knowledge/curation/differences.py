"""What differs between two states of an entry, part by part, for a person to read."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import ndiff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knowledge.model import Answer, Question


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of an entry that differs. `before` or `after` is "" where the part is new or gone."""

    part: str
    before: str
    after: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line of the two: "- " begins a line that is gone, "+ " a new one, two blanks one that stayed."""
        compared = ndiff(self.before.splitlines(), self.after.splitlines())
        return tuple(line for line in compared if not line.startswith("? "))


def differences(before: Question | None, after: Question | None) -> tuple[Difference, ...]:
    """Give what differs, in the order in which an entry is read. None is an entry that is not there."""
    old, new = dict(_parts(before)), dict(_parts(after))
    return tuple(
        Difference(part, old.get(part, ""), new.get(part, ""))
        for part in _in_order(old, new)
        if old.get(part, "") != new.get(part, "")
    )


def _in_order(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    yield from (part for part in old if part not in new)
    yield from new


def _parts(question: Question | None) -> Iterator[tuple[str, str]]:
    if question is None:
        return
    yield "Question", question.title
    yield "Text under the question", question.details
    yield "Phrasings", "\n".join(question.phrasings)
    yield "Topics", "\n".join(question.topics)
    for number, answer in enumerate(question.answers, start=1):
        yield from ((f"Answer {number}: {part}", text) for part, text in _answer_parts(answer))
    yield "Notice of the source page", question.notice
    yield "Source", question.source.file if question.source else ""


def _answer_parts(answer: Answer) -> Iterator[tuple[str, str]]:
    yield "headline", answer.headline
    yield "text", answer.body
    yield "expert", answer.name or ""
    yield "credentials", answer.credentials or ""
    yield "rating", "" if answer.rating is None else f"{answer.rating:g}"
    yield "reviews", "" if answer.reviews is None else f"{answer.reviews:,}"
    yield "last checked", answer.checked.isoformat() if answer.checked else ""
