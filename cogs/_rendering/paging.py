"""Cutting a long text into pages: between paragraphs, lines, sentences or words, never inside a character."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cogs._rendering.escape import escaped
from cogs._rendering.limits import size

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where a page may end, best first; a better place is taken when the page is at least this full there.
_BORDERS = (
    (re.compile(r"\n\n"), 0.3),
    (re.compile(r"\n"), 0.4),
    (re.compile(r"(?<=[.!?])[\"')\]]*\s"), 0.4),
    (re.compile(r"\s"), 0.0),
)
# In no room at all a text would never come to its end.
_LEAST = 50
_JOINER = "\N{ZERO WIDTH JOINER}"
_VIRAMA = 9  # the canonical combining class of marks that bind the next consonant
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_SYLLABLES = (
    ("L", range(0x1100, 0x1160)),
    ("L", range(0xA960, 0xA97D)),
    ("V", range(0x1160, 0x11A8)),
    ("V", range(0xD7B0, 0xD7C7)),
    ("T", range(0x11A8, 0x1200)),
    ("T", range(0xD7CB, 0xD7FC)),
    ("S", range(0xAC00, 0xD7A4)),
)
_HALFWIDTH_MARKS = ("\uff9e", "\uff9f")


def pages(text: str, first: int, following: int) -> tuple[str, ...]:
    """Cut a tidy text into pieces, at least one, that are at most `first` and then `following` characters when escaped.

    Only blanks at the borders are lost. Rooms are in UTF-16 units; one of less than 50 is taken for 50.
    """
    return tuple(_pieces(text, max(first, _LEAST), max(following, _LEAST))) or ("",)


def shortened(text: str, room: int) -> str:
    """Give the beginning of a tidy text, with an ellipsis where something is left out; `room` is as for `pages`."""
    room = max(room, _LEAST)
    if len(text) <= room and size(escaped(text)) <= room:
        return text
    return f"{text[: _border(text, _fitting(text, room - 1))].rstrip()}…"


def _pieces(text: str, room: int, following: int) -> Iterator[str]:
    while len(text) > room or size(escaped(text)) > room:
        cut = _border(text, _fitting(text, room))
        yield text[:cut].rstrip()
        text = text[cut:].lstrip("\n") if text[cut] == "\n" else text[cut:].lstrip()
        room = following
    if text:
        yield text


def _fitting(text: str, room: int) -> int:
    """How many characters of `text` fit into `room` when escaped, or a few fewer: 1 at least."""
    fitting = min(len(text), room)
    while fitting > 1 and (taken := size(escaped(text[:fitting]))) > room:
        fitting = max(1, min(fitting - 1, fitting * room // taken))
    return fitting


def _border(text: str, limit: int) -> int:
    """Where to cut, at `limit` at the latest."""
    for border, least in _BORDERS:
        # One character further is read: the blank after the last word that fits is a border too.
        places = [found.start() + len(found[0].rstrip()) for found in border.finditer(text, 0, limit + 1)]
        if places and places[-1] > limit * least and text[: places[-1]].strip():
            return places[-1]
    return next((place for place in range(limit, 0, -1) if not _inside_character(text, place)), limit)


def _inside_character(text: str, place: int) -> bool:
    """Whether what a reader takes for one character stands on both sides of `place`.

    Follows Unicode Standard Annex 29 on grapheme clusters, but for its handful of prepended marks.
    """
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if unicodedata.category(after).startswith("M") or after in {_JOINER, "\u200c", *_HALFWIDTH_MARKS}:
        return True
    if before == _JOINER or ord(after) in _SKIN_TONES or unicodedata.combining(before) == _VIRAMA:
        return True
    if ord(before) in _FLAG_LETTERS and ord(after) in _FLAG_LETTERS:
        letters = place - len(text[:place].rstrip("".join(map(chr, _FLAG_LETTERS))))
        return letters % 2 == 1
    return _hangul(before) + _hangul(after) in {"LL", "LV", "LS", "VV", "VT", "SV", "ST", "TT"}


def _hangul(char: str) -> str:
    """Say which part of a Korean syllable `char` is: leading, vowel, trailing, a whole syllable, or none."""
    return next((part for part, codes in _SYLLABLES if ord(char) in codes), "")
