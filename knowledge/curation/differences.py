"""What differs between two states of an entry, part by part, for a person to read."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knowledge.model import Answer, Question


# So many pairs of lines are looked at to find what stayed. The time that it takes grows faster than their number.
_MOST_PAIRS = 40_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of an entry that differs. `before` or `after` is "" where the part is new or gone."""

    part: str
    before: str
    after: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line of the two: "- " begins a line that is gone, "+ " a new one, two blanks one that stayed."""
        return tuple(_compared(self.before.splitlines(), self.after.splitlines()))


def differences(before: Question | None, after: Question | None) -> tuple[Difference, ...]:
    """Give what differs, in the order in which an entry is read. None is an entry that is not there."""
    first, second = before.answers if before else (), after.answers if after else ()
    old, new = (dict(_parts(one, labels)) for one, labels in zip((before, after), _labels(first, second), strict=True))
    return tuple(
        Difference(part, old.get(part, ""), new.get(part, ""))
        for part in _in_order(old, new)
        if old.get(part, "") != new.get(part, "")
    )


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Give every line with its sign. Where too much changed to be compared, all of it goes and comes."""
    begun = _alike(before, after)
    ended = _alike(before[begun:][::-1], after[begun:][::-1])
    old, new = before[begun : len(before) - ended], after[begun : len(after) - ended]
    yield from (f"  {line}" for line in before[:begun])
    if len(old) * len(new) > _MOST_PAIRS:
        yield from _replaced(old, new)
    else:
        for kind, begin, end, to, until in SequenceMatcher(None, old, new).get_opcodes():
            if kind == "equal":
                yield from (f"  {line}" for line in old[begin:end])
            else:
                yield from _replaced(old[begin:end], new[to:until])
    yield from (f"  {line}" for line in before[len(before) - ended :])


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the lines at the beginning that are the same in both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    goes, comes = (f"- {line}" for line in old), (f"+ {line}" for line in new)
    # As many as before: each is most often the mended line in its place.
    return chain.from_iterable(zip(goes, comes, strict=True)) if len(old) == len(new) else chain(goes, comes)


def _in_order(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    yield from (part for part in old if part not in new)
    yield from new


def _labels(before: Sequence[Answer], after: Sequence[Answer]) -> tuple[list[str], list[str]]:
    """Give a label for each answer of both states, the same for what is the same answer: its number as it stands now.

    An answer that goes takes no other one's place.
    """
    new = [f"Answer {number}" for number in range(1, len(after) + 1)]
    old = [f"Answer {number}, which goes" for number in range(1, len(before) + 1)]
    paired = SequenceMatcher(None, [one.body for one in before], [one.body for one in after], autojunk=False)
    for kind, begin, end, to, until in paired.get_opcodes():
        if kind in {"equal", "replace"}:
            both = min(end - begin, until - to)
            old[begin : begin + both] = new[to : to + both]
    return old, new


def _parts(question: Question | None, labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    if question is None:
        return
    yield "Question", question.title
    yield "Text under the question", question.details
    yield "Phrasings", "\n".join(question.phrasings)
    yield "Topics", "\n".join(question.topics)
    for label, answer in zip(labels, question.answers, strict=True):
        yield from ((f"{label}: {part}", text) for part, text in _answer_parts(answer))
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
