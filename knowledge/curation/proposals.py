"""What a moderator's form makes of an entry, checked before anybody else sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.content.limits import (
    BODY_LIMIT,
    CREDENTIALS_LIMIT,
    DETAILS_LIMIT,
    NAME_LIMIT,
    TITLE_LIMIT,
    TOPIC_LIMIT,
)
from knowledge.content.text_rule import tidy
from knowledge.curation.refusals import Refused
from knowledge.model import Layer
from knowledge.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.model import Answer, Question

# What moderators may bring an entry to. One of the book may have more: it can be changed, and grows no further.
MOST_PHRASINGS = 50
MOST_ANSWERS = 20


def checked(question: Question, before: Question | None = None) -> Question:
    """Give the entry as it would be kept: blanks at the ends of its texts gone, the server's own.

    `before` is what is being changed: of what that has too many of already, it may have as many.

    Raises `Refused` with everything that is wrong: texts that are missing, too long or unreadable, too many of them.
    """
    tidied = replace(
        question,
        title=" ".join(question.title.split()),
        details=tidy(question.details),
        phrasings=_distinct(question.phrasings, besides=question.title),
        topics=_distinct(question.topics),
        answers=tuple(map(_tidied, question.answers)),
        layer=Layer.SERVER,
    )
    faults = list(_faults(tidied, before))
    if faults:
        raise Refused("\n".join(faults))
    return tidied


def with_answer(question: Question, answer: Answer) -> Question:
    """Give the entry with one more expert's answer, after the others."""
    return replace(question, answers=(*question.answers, answer))


def with_answer_changed(question: Question, place: int, answer: Answer) -> Question:
    """Give the entry with the answer at `place` (0 is the first) replaced. Raises `Refused` where there is none."""
    _require_answer(question, place)
    return replace(question, answers=(*question.answers[:place], answer, *question.answers[place + 1 :]))


def without_answer(question: Question, place: int) -> Question:
    """Give the entry without the answer at `place` (0 is the first). The last one is withdrawn with its entry."""
    _require_answer(question, place)
    if len(question.answers) == 1:
        raise Refused("This is the only answer. Withdraw the whole entry to take it away.")
    return replace(question, answers=(*question.answers[:place], *question.answers[place + 1 :]))


def with_phrasing(question: Question, wording: str) -> Question:
    """Give the entry with one more wording of its question. Raises `Refused` where it has that wording already."""
    if fold(wording) in map(fold, question.wordings):
        raise Refused("This entry has that phrasing already.")
    return replace(question, phrasings=(*question.phrasings, wording))


def without_phrasing(question: Question, wording: str) -> Question:
    """Give the entry without one of its phrasings. Raises `Refused` where it has none like it."""
    left = tuple(phrasing for phrasing in question.phrasings if fold(phrasing) != fold(wording))
    if len(left) == len(question.phrasings):
        raise Refused("This entry has no such phrasing. Its title is no phrasing: edit the entry to change that.")
    return replace(question, phrasings=left)


def by_expert(answer: Answer, name: str) -> bool:
    """Whether this expert wrote the answer, however the name is written. Nobody's name is no expert's."""
    return bool(answer.name and fold(name)) and fold(answer.name or "") == fold(name)


def _tidied(answer: Answer) -> Answer:
    return replace(
        answer,
        body=tidy(answer.body),
        headline=" ".join(answer.headline.split()),
        name=" ".join((answer.name or "").split()) or None,
        credentials=tidy(answer.credentials or "") or None,
        of_book=False,
    )


def _distinct(texts: tuple[str, ...], besides: str = "") -> tuple[str, ...]:
    """Give single-line texts once each, without those that say the same as `besides`."""
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(fold(text), " ".join(text.split()))
    kept.pop(fold(besides), None)
    kept.pop("", None)
    return tuple(kept.values())


def _faults(question: Question, before: Question | None) -> Iterator[str]:
    yield from _text_faults("The question", question.title, TITLE_LIMIT, needed=True)
    if question.title and not words(question.title):
        yield "The question has no words in it. Write it as a member would ask it."
    yield from _text_faults("The text under the question", question.details, DETAILS_LIMIT)
    for phrasing in question.phrasings:
        yield from _text_faults("A phrasing", phrasing, TITLE_LIMIT)
    for topic in question.topics:
        yield from _text_faults("A topic", topic, TOPIC_LIMIT)
    phrasings, answers = len(question.phrasings), len(question.answers)
    if phrasings > max(MOST_PHRASINGS, len(before.phrasings) if before else 0):
        yield f"An entry may have {MOST_PHRASINGS} phrasings; this would be number {phrasings}. Remove some first."
    if not answers:
        yield "An entry needs an answer."
    if answers > max(MOST_ANSWERS, len(before.answers) if before else 0):
        yield f"An entry may have {MOST_ANSWERS} answers; this would be number {answers}. Take some away first."
    for answer in question.answers:
        yield from _answer_faults(answer)


def _answer_faults(answer: Answer) -> Iterator[str]:
    yield from _text_faults("The answer", answer.body, BODY_LIMIT, needed=True)
    yield from _text_faults("The headline", answer.headline, TITLE_LIMIT)
    yield from _text_faults("The expert's name", answer.name or "", NAME_LIMIT)
    yield from _text_faults("The text of the credentials", answer.credentials or "", CREDENTIALS_LIMIT)


def _text_faults(what: str, text: str, limit: int, *, needed: bool = False) -> Iterator[str]:
    if needed and not fold(text):
        yield f"{what} is empty."
    if len(text) > limit:
        yield f"{what} is {len(text):,} characters long; at most {limit:,} fit."
    if any("\ud800" <= char <= "\udfff" for char in text):
        yield f"{what} holds characters that are no text. Type it again or paste it as plain text."


def _require_answer(question: Question, place: int) -> None:
    if not 0 <= place < len(question.answers):
        raise Refused("This entry has no such answer any more. Look it up again.")
