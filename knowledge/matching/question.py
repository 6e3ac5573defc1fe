"""Does a text ask? The gate for overheard messages; asked directly it only tells small talk from questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.model import Asking, AskKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENERS = frozenset(
    "what how why when where who which can could should would will is are am do does did has have may any"
    " anyone".split()
)
_SMALL_TALK = frozenset(
    "hi hello hey hiya thanks thank you ok cool great good bot morning evening night bye goodbye lol yes no sure nice"
    " welcome cheers so much very a lot the all everyone please".split()
)


def asking(text: str, words: Sequence[str]) -> Asking:
    """Judge a text and its normalised words."""
    if not words:
        return Asking(AskKind.NOTHING_TO_READ, 0.0)
    if all(word in _SMALL_TALK for word in words):
        return Asking(AskKind.SMALL_TALK, 0.0)
    letters = [char for char in text if char.isalpha()]
    if sum(char.isascii() for char in letters) < 0.5 * len(letters):
        return Asking(AskKind.OTHER_LANGUAGE, 0.0)
    if words[0] in _OPENERS or text.rstrip().endswith("?"):
        return Asking(AskKind.QUESTION, 0.8)
    return Asking(AskKind.STATEMENT, 0.2)
