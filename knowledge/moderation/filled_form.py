"""What a form holds of an entry, an answer or the question's own texts, and the entry that a filled form makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.curation.proposals import with_answer, with_answer_changed
from knowledge.curation.refusals import Refused
from knowledge.model import Answer
from knowledge.text import fold

if TYPE_CHECKING:
    from knowledge.curation.rights import Caller
    from knowledge.model import Question
    from knowledge.moderation.proposing import Proposing
    from knowledge.moderation.views import EntryView, Proposal

OTHER_ANSWERS_NOW = (
    "Not saved: somebody changed which answers this entry has, and the one that you were editing is not in its place "
    "any more. Look the entry up again."
)


class Part(StrEnum):
    """What of an entry a form is about: one of its answers, or the question with its other texts."""

    ANSWER = "answer"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What somebody typed, exactly as it came. What was left empty is "". `topics` stand on a line each."""

    title: str = ""
    headline: str = ""
    body: str = ""
    name: str = ""
    credentials: str = ""
    details: str = ""
    topics: str = ""

    def __str__(self) -> str:
        """Everything that was typed, to be handed back as a text file."""
        if self.details or self.topics:
            return f"Question: {self.title}\n\nTopics:\n{self.topics}\n\nText under the question:\n{self.details}"
        lines = (
            f"Question: {self.title}",
            f"Headline: {self.headline}",
            f"Expert: {self.name}",
            f"Credentials: {self.credentials}",
        )
        return "\n".join((*lines, "", self.body))


@dataclass(frozen=True, slots=True)
class FormTarget:
    """What of which entry a form changes: `seen` is the entry as its editor saw it.

    `place` counts the answers from 0; None adds one more answer, and means nothing where the question is changed.
    """

    seen: EntryView
    place: int | None
    part: Part = Part.ANSWER


def filled_from(question: Question, place: int | None, part: Part = Part.ANSWER) -> FilledForm:
    """Give the form as it is opened for the answer at `place`; for one more answer only the question is filled in.

    Raises `Refused` where there is no such answer.
    """
    if part is Part.QUESTION:
        return FilledForm(question.title, details=question.details, topics="\n".join(question.topics))
    if place is None:
        return FilledForm(title=question.title)
    if not 0 <= place < len(question.answers):
        raise Refused(f"This entry has {len(question.answers)} answers. Choose one of these numbers.")
    answer = question.answers[place]
    return FilledForm(question.title, answer.headline, answer.body, answer.name or "", answer.credentials or "")


def proposed(
    propose: Proposing, caller: Caller, form: FilledForm, target: FormTarget | None, reason: str = ""
) -> Proposal:
    """Give what a filled form proposes: a new entry, or a change. Raises `Refused` with everything that is wrong."""
    if target is None:
        return propose.new(caller, form.title, [_written(Answer(""), form)], reason=reason)
    seen = target.seen
    if seen.newest is None:
        raise Refused("This answer is withdrawn. Restore it first, then change it.")
    question = replace(seen.newest, title=form.title)
    if target.part is Part.QUESTION:
        question = replace(question, details=form.details, topics=tuple(form.topics.splitlines()))
    elif target.place is None:
        question = with_answer(question, _written(Answer(""), form))
    else:
        before = question.answers[target.place]
        question = with_answer_changed(question, target.place, _written(before, form))
    return propose.change(caller, seen, question, reason)


def begun_again(target: FormTarget, now: EntryView) -> FormTarget:
    """Give the same target in the entry as it is `now`, after somebody else changed it.

    Raises `Refused` where another expert's answer stands in that place: words must never change hands.
    """
    if target.part is Part.QUESTION or target.place is None or target.seen.newest is None:
        return replace(target, seen=now)
    before = target.seen.newest.answers[target.place]
    answers = now.newest.answers if now.newest else ()
    if target.place >= len(answers) or fold(answers[target.place].name or "") != fold(before.name or ""):
        raise Refused(OTHER_ANSWERS_NOW)
    return replace(target, seen=now)


def _written(before: Answer, form: FilledForm) -> Answer:
    """Give the answer that a form makes of `before`. Ratings are one doctor's: they stay with that name alone."""
    if fold(form.name) != fold(before.name or ""):
        before = replace(before, rating=None, reviews=None, as_of=None)
    return replace(
        before, headline=form.headline, body=form.body, name=form.name or None, credentials=form.credentials or None
    )
