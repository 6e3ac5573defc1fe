"""Which changes wait for another moderator's eyes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.curation.settings import ReviewMode
from knowledge.matching import medicine
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.matching.lexicon import Lexicon
    from knowledge.model import Question


class Risk(StrEnum):
    """What makes an answer dangerous when it is wrong."""

    DOSES = "doses"
    DRUGS = "drugs"
    CHILDREN = "children"
    PREGNANCY = "pregnancy"


def needs_review(
    mode: ReviewMode, before: Question | None, after: Question, lexicon: Lexicon
) -> frozenset[Risk] | None:
    """Give why a change waits for another moderator, or None where it does not.

    Under `RISKY` it waits when what is changed or what it becomes is risky: taking a warning away is as dangerous as
    writing a wrong dose. Under `ALL` everything waits, also without a risk.
    """
    if mode is ReviewMode.OFF:
        return None
    found = risks(after, lexicon) | (risks(before, lexicon) if before else frozenset())
    return found if found or mode is ReviewMode.ALL else None


def risks(question: Question, lexicon: Lexicon) -> frozenset[Risk]:
    """Give what is risky in any text of an entry, by the data that the matcher's guards compare."""
    texts = (*question.wordings, question.details, *(f"{one.headline}\n{one.body}" for one in question.answers))
    return frozenset(risk for text in texts for risk in _risks_in(tuple(words(text)), lexicon))


def _risks_in(said: Sequence[str], lexicon: Lexicon) -> Iterator[Risk]:
    if medicine.names_dose(said):
        yield Risk.DOSES
    if medicine.names_drug(said, lexicon):
        yield Risk.DRUGS
    if medicine.names_child(said, lexicon):
        yield Risk.CHILDREN
    if medicine.names_pregnancy(said, lexicon):
        yield Risk.PREGNANCY
