"""Words that must agree before a stored answer is given: a likely match that fails here is at most a choice.

A hard finding means that the stored answer, read as the answer to the asked question, could be wrong; a soft one that
the text leaves open which of two questions is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching import _drugs, _kinds, _numbers, _opposites, _order, _polarity, _prefixes, _purpose
from knowledge.model import GuardFinding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.matching._kinds import Kind
    from knowledge.matching.claims import Claims
    from knowledge.matching.readings import Reading

# A text of one bare word, or of none that says what it is about, is never answered.
TOO_SHORT = GuardFinding("too-short", "", "", hard=False)
# About half of what each side says. The least at which nine in ten answers stay right on a set that takes no part in
# the training, whatever the set; see the table of `python -m benchmarks.training`.
_LEAST_IN_COMMON = 0.32
# The feature `few` of a book of fifty entries, and of seventeen.
_FEW = 50**-0.5
_VERY_FEW = 17**-0.5
# Half of the text's words in a row are the wording's too: the same question but for the word that decides it.
_SWAPPED = 0.7
_MOST = 0.7
# The feature `missing_asked_count` of one word.
_ONE = 0.2 + 1e-6


def disagreements(
    text: Reading, stored: Claims, title: Claims, stored_drugs: Sequence[str]
) -> tuple[GuardFinding, ...]:
    """Give what a text and a stored wording disagree in, by what each says.

    `title` is the title of the entry that `stored` is a wording of. `stored_drugs` are the generics of the medicines
    that the wording names.
    """
    asked = text.asked
    found = [GuardFinding("drug", *apart) for apart in _drugs.contradicted(text.drugs, stored_drugs)]
    # Amounts and ages often stand in the story around the question.
    found += [
        GuardFinding("number", *apart)
        for apart in _numbers.contradicted(text.story.amounts, stored.amounts, title.amounts)
    ]
    denied = _polarity.contradicted(asked, stored)
    found += [GuardFinding("polarity", *apart, hard=True) for apart in denied]
    # A phrasing may leave out "with ..."; the answers still belong to the title.
    in_title = [apart for apart in _polarity.contradicted(asked, title) if apart not in denied]
    found += [GuardFinding("polarity", *apart, hard=False) for apart in in_title]
    found += [GuardFinding(*apart) for apart in _opposites.contradicted(asked.members, stored.members, title.members)]
    reversed_order = _order.contradicted(asked.anchors, asked.terms, stored.anchors, stored.terms)
    found += [GuardFinding("order", *apart, hard=True) for apart in reversed_order]
    prefixes = _prefixes.contradicted(asked.prefixed, stored.prefixed)
    found += [GuardFinding("prefix", *apart, hard=True) for apart in prefixes]
    return tuple(found)


def by_features(values: Mapping[str, float]) -> tuple[GuardFinding, ...]:
    """Give the soft findings that a candidate's features tell of.

    Two questions that tell one story and ask different things of it share words enough to look sure; the share of
    the text that the entry holds, times the share of what the entry is about that the text holds, tells them apart.
    Nearly a wording word for word, but for one telling word in place of another, asks of something else. In a book of
    few entries, one telling word for another is most often a question that the book does not have.
    """
    found = []
    if values["coverage_core"] * values["anywhere_coverage"] < _LEAST_IN_COMMON:
        found.append(GuardFinding("little-in-common", "", "", hard=False))
    few = values["few"] > _FEW
    instead = values["few"] > _VERY_FEW or (
        few and values["missing_asked_count"] <= _ONE and values["coverage_focus"] < _MOST
    )
    if values["swapped"] >= _SWAPPED or (instead and values["other_word"]):
        found.append(GuardFinding("other-word", "", "", hard=False))
    if few and values["aspects_apart"] and values["coverage_focus"] < _MOST:
        found.append(GuardFinding("asks-else", "", "", hard=False))
    return tuple(found)


def other_things(text: Reading, stored: Claims, title: Claims, kinds: Mapping[str, Kind]) -> tuple[GuardFinding, ...]:
    """Give the kinds of thing, such as body parts, of which a text names others than a stored wording does.

    What stands in the story around the question may be beside it, and is soft. Where the wording names
    nothing of a kind, the entry's title speaks for it. A sign, such as a bruise, that neither names is soft: how long a
    bruise after a filler lasts is not how long the filler does.
    """
    found: dict[str, GuardFinding] = {}
    for part, hard in ((text.story, False), (text.asked, True)):
        for apart in _kinds.contradicted(part.things, stored.things, title.things, kinds):
            found[apart[0]] = GuardFinding(*apart, hard=hard)
    if (ours := text.asked.things.get("sign")) and not (stored.things.get("sign") or title.things.get("sign")):
        found["sign"] = GuardFinding("sign", kinds["sign"].said(ours), "", hard=False)
    both = (*stored.terms, *title.terms)
    if not found and (second := _kinds.together_with(text.asked.terms, both, kinds["treatment"])):
        found["second treatment"] = GuardFinding("second treatment", second, "", hard=False)
    for ours, theirs in _purpose.contradicted(text.asked.purposes, stored.purposes, title.purposes):
        found["purpose"] = GuardFinding("purpose", ours, theirs, hard=True)
    return tuple(found.values())
