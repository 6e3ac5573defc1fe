"""What a treatment is to an illness: "botox for headaches" hopes for a cure, "a headache after botox" fears a cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.matching._kinds import Kind

_CURES = frozenset("for help treat cure relieve against fix stop prevent reduce".split())
_CAUSES = frozenset("give cause trigger".split())
_CAUSED = frozenset("after from since due because follow".split())


def purposes(terms: Sequence[str], treatment: Kind, illness: Kind) -> dict[str, str]:
    """Give "cure" and "cause", as far as terms say that a treatment is one for an illness, with the word that does."""
    found: dict[str, str] = {}
    if treatment.begins.isdisjoint(terms) or illness.begins.isdisjoint(terms):
        return found
    treatments = [place for place, term in enumerate(terms) if term in treatment.wholes]
    illnesses = [place for place, term in enumerate(terms) if term in illness.wholes]
    for at in treatments:
        for ill in illnesses:
            between = terms[min(at, ill) + 1 : max(at, ill)]
            pairs = (("cure", _CURES), ("cause", _CAUSES)) if at < ill else (("cause", _CAUSED),)
            for name, connecting in pairs:
                word = next((term for term in between if term in connecting), "")
                if word:
                    found.setdefault(name, word)
    return found


def contradicted(ours: Mapping[str, str], stored: Mapping[str, str], title: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give what connects the two in a text and in a stored question, where one speaks of a cure, one of a cause.

    All are as `purposes` gives them. Where the wording says neither, the entry's title speaks.
    """
    theirs = stored or title
    if ours and theirs and ours.keys().isdisjoint(theirs):
        return [(" and ".join(ours.values()), " and ".join(theirs.values()))]
    return []
