"""Cut the text of a knowledge file at its `[[question]]` heads, so that one broken entry hides no other."""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What may hold something that looks like a head: texts of each kind, and comments. Possessive groups keep hostile
# files linear. Up to two more quotes behind a closing mark belong to the text.
_MULTI_LINE = r'"""(?>[^"\\]+|\\.|"(?!""))*+(?:""""{0,2}|\Z)' "|" r"'''(?>[^']+|'(?!''))*+(?:''''{0,2}|\Z)"
_ONE_LINE = r'"(?>[^"\\\n]+|\\[^\n])*+"?' "|" r"'[^'\n]*+'?"
COMMENT = r"\#[^\n]*+"
TEXTS = f"{_MULTI_LINE}|{_ONE_LINE}"
# A head of one bare word, brackets forgotten or not: `[[qestion]` has to cut as well, or its answers would be taken
# for those of the question before it.
_HEAD = r"^[ \t]*+\[{1,2}[ \t]*+(?P<word>[A-Za-z][A-Za-z0-9_-]*+)[ \t]*+\]{0,2}(?=[ \t]*+(?:\#[^\n]*+)?$)"
_TOKENS = re.compile(rf"(?P<text>{_MULTI_LINE})|{_ONE_LINE}|{COMMENT}|(?P<head>{_HEAD})", re.DOTALL | re.MULTILINE)
_BLOCK_HEAD = re.compile(_HEAD, re.MULTILINE)
# A head of an entry or an answer wherever it stands, in a text too.
RAW_HEAD = re.compile(r"^[ \t]*+\[\[[ \t]*+question(?P<answers>[ \t]*+\.[ \t]*+answers)?[ \t]*+\]\]", re.MULTILINE)


def next_head(text: str, start: int) -> int:
    """Give the offset of the first `[[question]]` after `start`, or of what was meant to be one, or the end of `text`.

    `start` has to be the begin of a line outside every text.
    """
    for match in _TOKENS.finditer(text, start):
        if match["head"] is not None and match.start() > start and _means_question(match["word"]):
            return match.start()
    return len(text)


def mistyped_head(block: str) -> str:
    """Give the head that `block` begins with, where it was meant to be `[[question]]` and is not, else nothing."""
    head = _BLOCK_HEAD.match(block)
    if head is None or not _means_question(head["word"]) or RAW_HEAD.match(block):
        return ""
    return head[0].strip()


@cache
def _means_question(word: str) -> bool:
    return difflib.get_close_matches(word.lower(), ["question", "nothing"], 1) == ["question"]


def long_texts(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the texts in triple quotes, as offsets."""
    return (match.span() for match in _TOKENS.finditer(text) if match["text"] is not None)
