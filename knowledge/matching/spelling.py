"""Blanks that slipped: words run together, parted in the wrong place, or joined by a letter instead of a blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAST_TO_SPLIT = 6
_MOST_TO_SPLIT = 40
_LEAST_TO_TRUST = 5
_SINGLE = frozenset("ai")


def mend_blanks(words: Sequence[str], known: Callable[[str], bool], near: Callable[[str], bool]) -> tuple[str, ...]:
    """Give `words` with blanks where known words begin and end.

    Only words that are not `known` are touched, and of those only words that are not `near` a known one.
    """
    out: list[str] = []
    for word in words:
        if out and not (known(word) and known(out[-1])):
            shifted = _shifted(out[-1], word, known)
            if shifted is not None:
                out[-1:] = shifted
                continue
        out.append(word)
    return tuple(part for word in out for part in _parts(word, known, near))


def _shifted(left: str, right: str, known: Callable[[str], bool]) -> tuple[str, ...] | None:
    """Give two neighbours as one word, or with the blank a letter further, where that makes known words."""
    if known(left + right) and len(left + right) >= _LEAST_TO_TRUST:
        return (left + right,)
    for one, other in ((left[:-1], left[-1:] + right), (left + right[:1], right[1:])):
        if _word(one, known) and _word(other, known) and max(len(one), len(other)) >= _LEAST_TO_TRUST:
            return (one, other)
    return None


def _parts(word: str, known: Callable[[str], bool], near: Callable[[str], bool]) -> tuple[str, ...]:
    if not _LEAST_TO_SPLIT <= len(word) <= _MOST_TO_SPLIT or not word.isalpha() or known(word) or near(word):
        return (word,)
    splits = [(word[:place], word[place + gap :]) for gap in (0, 1) for place in range(1, len(word) - gap)]
    whole = [pair for pair in splits if _word(pair[0], known) and _word(pair[1], known)]
    if whole:
        return max(whole, key=lambda pair: (max(map(len, pair)) >= _LEAST_TO_TRUST, min(map(len, pair))))
    for left, right in sorted(splits, key=lambda pair: -max(map(len, pair))):
        if len(left) >= _LEAST_TO_TRUST and known(left) and near(right):
            return (left, right)
        if len(right) >= _LEAST_TO_TRUST and known(right) and (near(left) or left in _SINGLE):
            return (left, right)
    return (word,)


def _word(text: str, known: Callable[[str], bool]) -> bool:
    return text in _SINGLE or (len(text) > 1 and known(text))
