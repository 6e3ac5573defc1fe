"""Words that must agree before a stored answer is given: a likely match that fails here is at most a choice.

A hard finding means that the stored answer, read as the answer to the asked question, could be wrong; a soft one that
the text leaves open which of two questions is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching import _drugs, _kinds, _numbers, _opposites, _polarity, _prefixes, _purpose
from knowledge.model import GuardFinding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.matching._kinds import Kind

# A text of one bare word, or of none that says what it is about, is never answered.
TOO_SHORT = GuardFinding("too-short", "", "", hard=False)
# About half of what each side says. The least at which nine in ten answers stay right on a set that takes no part in
# the training, whatever the set; see the table of `python -m benchmarks.training`.
_LEAST_IN_COMMON = 0.32
# The feature `few` of a book of fifty entries.
_FEW = 50**-0.5
_MOST = 0.7


def disagreements(  # noqa: PLR0913, PLR0917  # two texts from three sides each
    asked: tuple[str, ...],
    story: tuple[str, ...],
    stored: tuple[str, ...],
    title: tuple[str, ...],
    asked_drugs: Sequence[str],
    stored_drugs: Sequence[str],
) -> tuple[GuardFinding, ...]:
    """Give what a text and a stored wording disagree in, by their normalised words.

    `asked` is the asking part of the text, `story` all of it: amounts and ages often stand there. `title` is the title
    of the entry that `stored` is a wording of. `asked_drugs` and
    `stored_drugs` are the generics of the medicines each names.
    """
    found = [GuardFinding("drug", *apart) for apart in _drugs.contradicted(asked_drugs, stored_drugs)]
    found += [GuardFinding("number", *apart) for apart in _numbers.contradicted(story, stored)]
    denied = _polarity.contradicted(asked, stored)
    found += [GuardFinding("polarity", *apart, hard=True) for apart in denied]
    # A phrasing may leave out "with ..."; the answers still belong to the title.
    in_title = [apart for apart in _polarity.contradicted(asked, title) if apart not in denied]
    found += [GuardFinding("polarity", *apart, hard=False) for apart in in_title]
    found += [GuardFinding(*apart) for apart in _opposites.contradicted(asked, stored, title)]
    found += [GuardFinding("prefix", *apart, hard=True) for apart in _prefixes.contradicted(asked, stored)]
    return tuple(found)


def by_features(values: Mapping[str, float]) -> tuple[GuardFinding, ...]:
    """Give the soft findings that a candidate's features tell of.

    Two questions that tell one story and ask different things of it share words enough to look sure; the share of
    the text that the entry holds, times the share of what the entry is about that the text holds, tells them apart.
    In a book of few entries, one telling word for another is most often a question that the book does not have.
    """
    found = []
    if values["coverage_core"] * values["anywhere_coverage"] < _LEAST_IN_COMMON:
        found.append(GuardFinding("little-in-common", "", "", hard=False))
    if values["few"] > _FEW and values["other_word"]:
        found.append(GuardFinding("other-word", "", "", hard=False))
    if values["few"] > _FEW and values["aspects_apart"] and values["coverage_focus"] < _MOST:
        found.append(GuardFinding("asks-else", "", "", hard=False))
    return tuple(found)


def other_things(
    asked: Sequence[str], story: Sequence[str], stored: Sequence[str], title: Sequence[str], kinds: Sequence[Kind]
) -> tuple[GuardFinding, ...]:
    """Give the kinds of thing, such as body parts, of which a text names others than a stored wording does.

    All are terms. What stands in the story around the question may be beside it, and is soft. Where the wording names
    nothing of a kind, the entry's title speaks for it.
    """
    found = {apart[0]: GuardFinding(*apart, hard=False) for apart in _kinds.contradicted(story, stored, title, kinds)}
    found |= {apart[0]: GuardFinding(*apart, hard=True) for apart in _kinds.contradicted(asked, stored, title, kinds)}
    named = {kind.name: kind for kind in kinds}
    if not found and (second := _kinds.together_with(asked, (*stored, *title), named["treatment"])):
        found["second treatment"] = GuardFinding("second treatment", second, "", hard=False)
    for apart in _purpose.contradicted(asked, stored, title, named["treatment"], named["illness"]):
        found["purpose"] = GuardFinding("purpose", *apart, hard=True)
    return tuple(found.values())
