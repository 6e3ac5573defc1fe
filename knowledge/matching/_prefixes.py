"""Prefixes that turn a word into its opposite and differ by a letter or two: hypo- and hyper-, pre- and post-."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_PAIRS = (
    ("hypo", "hyper"), ("pre", "post"), ("anti", "pro"), ("intra", "extra"), ("brady", "tachy"), ("micro", "macro"),
    ("poly", "oligo"), ("endo", "exo"), ("ante", "post"), ("supra", "sub"), ("over", "under"), ("inter", "intra"),
)  # fmt: skip
_PREFIXES = tuple({prefix for pair in _PAIRS for prefix in pair})
_LEAST_ROOT = 4
_TYPO = 2


def opposed(one: str, other: str) -> bool:
    """Tell whether two words are the same root, allowing two misspelt letters, under opposite prefixes."""
    if not one.startswith(_PREFIXES) or not other.startswith(_PREFIXES):
        return False
    for left, right in _PAIRS:
        for first, second in ((one, other), (other, one)):
            if first.startswith(left) and second.startswith(right):
                root, opposite = first.removeprefix(left), second.removeprefix(right)
                if len(root) >= _LEAST_ROOT and OSA.distance(root, opposite, score_cutoff=_TYPO) <= _TYPO:
                    return True
    return False


def prefixed(words: Iterable[str]) -> tuple[str, ...]:
    """Give those of `words` that begin with one of the prefixes."""
    return tuple([word for word in words if word.startswith(_PREFIXES)])


def contradicted(asked: Sequence[str], stored: Sequence[str]) -> list[tuple[str, str]]:
    """Give the pairs of prefixed words, one of each text, that are opposed; a word that stands in both is left out."""
    if not asked or not stored:
        return []
    ours, theirs = set(asked), set(stored)
    return [(one, other) for one in sorted(ours - theirs) for other in sorted(theirs - ours) if opposed(one, other)]
