"""Which changes wait for another moderator's eyes."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.curation.settings import ReviewMode
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from knowledge.model import Question


class Risk(StrEnum):
    """What makes an answer dangerous when it is wrong."""

    DOSES = "doses"
    DRUGS = "drugs"
    CHILDREN = "children"
    PREGNANCY = "pregnancy"


# Words of dosing, and units that only a number before them makes one.
_DOSING = frozenset(
    "mg mgs milligram milligrams mcg microgram micrograms ml mls milliliter milliliters millilitre millilitres iu dose"
    " doses dosage dosing overdose tablet tablets pill pills capsule capsules puff puffs teaspoon teaspoons tablespoon"
    " tablespoons tsp tbsp".split()
)
_AFTER_A_NUMBER = frozenset("g gram grams kg ug cc unit units drop drops percent times daily hours".split())
_CHILDREN = frozenset(
    "child children childs kid kids baby babies infant infants newborn newborns toddler toddlers teen teens teenager"
    " teenagers adolescent adolescents pediatric paediatric son daughter boy girl".split()
)
_PREGNANCY = frozenset(
    "pregnant pregnancy pregnancies trimester expecting conceive conception fetus foetus fetal breastfeed breastfeeding"
    " breastfed nursing lactation lactating postpartum".split()
)


def needs_review(
    mode: ReviewMode, before: Question | None, after: Question, drug_names: Collection[str]
) -> frozenset[Risk] | None:
    """Give why a change waits for another moderator, or None where it does not.

    Under `RISKY` it waits when what is changed or what it becomes is risky: taking a warning away is as dangerous as
    writing a wrong dose. Under `ALL` everything waits, also without a risk.
    """
    if mode is ReviewMode.OFF:
        return None
    found = risks(after, drug_names) | (risks(before, drug_names) if before else frozenset())
    return found if found or mode is ReviewMode.ALL else None


def risks(question: Question, drug_names: Collection[str]) -> frozenset[Risk]:
    """Give what is risky in any text of an entry. `drug_names` are single words in lower case."""
    texts = (*question.wordings, question.details, *(f"{one.headline} {one.body}" for one in question.answers))
    return frozenset(risk for text in texts for risk in _risks_in(words(text), drug_names))


def _risks_in(found: Sequence[str], drug_names: Collection[str]) -> Iterator[Risk]:
    said = set(found)
    counted = any(word[0].isdigit() and unit in _AFTER_A_NUMBER for word, unit in pairwise(found))
    if counted or not said.isdisjoint(_DOSING):
        yield Risk.DOSES
    if any(word in drug_names for word in said):
        yield Risk.DRUGS
    if not said.isdisjoint(_CHILDREN):
        yield Risk.CHILDREN
    if not said.isdisjoint(_PREGNANCY):
        yield Risk.PREGNANCY
