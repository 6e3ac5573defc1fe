"""Cut the text of a knowledge file at its `[[question]]` heads, so that one broken entry hides no other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What may hold something that looks like a head: texts of each kind, and comments. Possessive groups keep hostile
# files linear. Up to two more quotes behind a closing mark belong to the text.
_MULTI_LINE = r'"""(?>[^"\\]+|\\.|"(?!""))*+(?:""""{0,2}|\Z)' "|" r"'''(?>[^']+|'(?!''))*+(?:''''{0,2}|\Z)"
_ONE_LINE = r'"(?>[^"\\\n]+|\\[^\n])*+"?' "|" r"'[^'\n]*+'?" "|" r"\#[^\n]*+"
_HEAD = r"^[ \t]*+\[\[[ \t]*+question[ \t]*+\]\]"
_TOKENS = re.compile(rf"(?P<text>{_MULTI_LINE})|{_ONE_LINE}|(?P<head>{_HEAD})", re.DOTALL | re.MULTILINE)
# A head wherever it stands, in a text too.
RAW_HEAD = re.compile(_HEAD, re.MULTILINE)


def next_head(text: str, start: int) -> int:
    """Give the offset of the first `[[question]]` after `start`, or the end of `text`.

    `start` has to be the begin of a line outside every text.
    """
    for match in _TOKENS.finditer(text, start):
        if match["head"] is not None and match.start() > start:
            return match.start()
    return len(text)


def long_texts(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the texts in triple quotes, as offsets."""
    return (match.span() for match in _TOKENS.finditer(text) if match["text"] is not None)
