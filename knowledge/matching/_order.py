"""What comes after what: "a tattoo after filler" and "filler after a tattoo" are two questions of the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching.phrases import AUXILIARIES, INTERROGATIVES, SUBJECTS
from knowledge.matching.stem import stem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MARKERS = {"after": "after", "follow": "after", "before": "before", "prior": "before"}
# What an event is told by stands in so many terms behind its marker, unless the clause ends before.
_REACH = 4
_POSSESSIVES = {"my", "your", "his", "her", "its", "our", "their"}
_ENDS = frozenset({*map(stem, AUXILIARIES | INTERROGATIVES | SUBJECTS - _POSSESSIVES), "and", "or", "but"})
_GRAMMAR = frozenset({*_POSSESSIVES, *"a an the this that of for in on to with from at".split()})


def anchors(terms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Give the terms that stand behind "after" and behind "before", where a text says so."""
    found: dict[str, tuple[str, ...]] = {}
    for place, term in enumerate(terms):
        marker = _MARKERS.get(term)
        if marker is None:
            continue
        behind = terms[place + 1 : place + 1 + _REACH]
        end = next((number for number, other in enumerate(behind) if other in _ENDS), len(behind))
        found.setdefault(marker, tuple(behind[:end]))
    return found


def contradicted(
    ours: Mapping[str, Sequence[str]], asked: Sequence[str], theirs: Mapping[str, Sequence[str]], stored: Sequence[str]
) -> list[tuple[str, str]]:
    """Give what each side puts behind the same marker, where the other side has just that in front of it.

    `ours` and `theirs` are as `anchors` gives them, of the terms `asked` and `stored`.
    """
    found = []
    for marker in sorted(ours.keys() & theirs.keys()):
        mine, other = set(ours[marker]), set(theirs[marker])
        if mine.isdisjoint(other) and _tells(mine.intersection(stored)) and _tells(other.intersection(asked)):
            found.append((f"{marker} {' '.join(ours[marker])}", f"{marker} {' '.join(theirs[marker])}"))
    return found


def _tells(terms: set[str]) -> bool:
    return not terms <= _GRAMMAR
