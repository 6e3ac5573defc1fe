"""The one normaliser: what a text says, whatever characters it is written in; and how it may be shown."""

from __future__ import annotations

import re
import unicodedata

# Longer questions carry no more meaning for the matcher and cost time; the screen reads further (its own limit).
MATCHED_CHARACTERS = 400

_DROPPED = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Me"})
_LATIN_GREEK_CYRILLIC_END = "\u0530"
_COMBINING_RUN = re.compile(
    r"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# Joiners belong to emoji and to several scripts; every other format character only misleads a reader.
_KEPT_FORMAT = frozenset({"\u200c", "\u200d"})


def fold(text: str) -> str:
    """Give the letters of `text`: no accents, case, styles or invisible characters, single blanks between words.

    Decomposes, drops marks, composes again (NFKD, then NFKC): composing first would turn stacked accents into letters.
    In scripts other than Latin, Greek and Cyrillic marks are letters and stay.
    """
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(char)
        if char.isspace():
            kept.append(" ")
        elif category == "Mn" and base < _LATIN_GREEK_CYRILLIC_END:
            continue
        elif category not in _DROPPED:
            kept.append(char)
        if category != "Mn":
            base = char
    return " ".join(unicodedata.normalize("NFKC", "".join(kept)).casefold().split())


def showable(text: str) -> str:
    r"""Give `text` as it may be shown: the same words, without characters that hide or reverse what stands around them.

    Control and bidirectional characters go, lone surrogates become the replacement character, every line end becomes
    "\n", and piles of more than four accents are cut to four. Markup is the adapter's to escape.
    """
    lines = re.sub(r"\r\n?|[\u0085\u2028\u2029\v\f]", "\n", text)
    kept = "".join(_showable_character(char) for char in lines)
    return _COMBINING_RUN.sub(r"\1", kept)


def _showable_character(char: str) -> str:
    if char in "\n\t" or char in _KEPT_FORMAT:
        return char
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    return "" if category in {"Cf", "Cc"} else char
