"""What of medicine a text names: amounts, medicines, children, pregnancy.

It is read from the data that the guards compare: what tells two questions apart has to be looked at twice. Words that
name such a thing without telling questions apart are kept here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.matching import _numbers, _opposites

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.matching.lexicon import Lexicon

_GROWN_UP = frozenset({"adult", "elderly"})
_OF_AGE = 18
_AGED = frozenset("age aged ages".split())
_LIMITS = frozenset("under below over above".split())
_YEARS = frozenset("year years yr yrs".split())
_DOSING = frozenset(
    "dose doses dosage dosages dosing overdose overdoses overdosed teaspoon teaspoons tablespoon tablespoons tsp tbsp"
    " milliliter milliliters millilitre millilitres mls mgs".split()
)
_CHILDREN = frozenset("pediatric pediatrics paediatric paediatrics pediatrician paediatrician schoolchildren".split())
_PREGNANCY = frozenset(
    "trimester trimesters fetus foetus fetal foetal embryo unborn postpartum postnatal antenatal miscarriage midwife"
    " breastfed breastmilk expecting".split()
)


def names_dose(words: Sequence[str]) -> bool:
    """Tell whether normalised words give an amount of a medicine, or how often it is taken, or speak of dosing."""
    if not _DOSING.isdisjoint(words) or any(_numbers.is_dose_unit(word) for word in words):
        return True
    found = _numbers.amounts(words)
    hourly = any(said.endswith(" hour") for said in found.get("time", {}).values())
    daily = any(before[0].isdigit() and word == "daily" for before, word in pairwise(words))
    return hourly or daily or not found.keys().isdisjoint(_numbers.DOSES | {"times", "percent"})


def names_drug(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether normalised words name a medicine: listed, misspelt by an edit, or with the ending of one."""
    if any(lexicon.is_drug(term, word) for term, word in lexicon.spelled_terms(words)):
        return True
    unknown = {word for word in words if not lexicon.knows(word)}
    return any(lexicon.drugs.misspelt(word)[0] for word in unknown)


def names_child(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether normalised words speak of somebody under 18: by a word for them, or by an age."""
    if not _CHILDREN.isdisjoint(words) or _members("age", words, lexicon) - _GROWN_UP:
        return True
    ages = _numbers.amounts(words).get("age", {})
    return any(hours < _OF_AGE * _numbers.HOURS_OF_A_YEAR for hours in ages) or any(
        number.isdecimal() and int(number) < _OF_AGE and (word in _AGED or (word in _LIMITS and unit in _YEARS))
        for word, number, unit in zip(words, words[1:], (*words[2:], ""), strict=False)
    )


def names_pregnancy(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether normalised words speak of a pregnancy, or of a child at the breast."""
    return not _PREGNANCY.isdisjoint(words) or bool(_members("expecting", words, lexicon))


def _members(of: str, words: Sequence[str], lexicon: Lexicon) -> set[str]:
    """Give the members of a set of opposites that are named, by these words or by synonyms of theirs."""
    return {member for said in (words, lexicon.terms(words)) for member in _opposites.members(said).get(of, ())}
