"""The one normaliser: what a text says, whatever characters it is written in; and how it may be shown."""

from __future__ import annotations

import re
import unicodedata

from knowledge.shorthand import spelt_out

# What the matcher reads of a message. A story of 120 words with the question at its end still fits; the screen reads
# further (its own limit).
READ_CHARACTERS = 1200

_DROPPED = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Me"})
# The dropped ones among the ASCII characters; the other control characters there are white space.
_ASCII_DROPPED = dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), 0x7F])
_LATIN_GREEK_CYRILLIC_END = "\u0530"
# Most texts hold nothing but these, which are all shown.
_SHOWN_AS_THEY_ARE = re.compile(r"[\n\t -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*")
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
    if text.isascii():
        shown = text if text.isprintable() else text.translate(_ASCII_DROPPED)
        return " ".join(shown.casefold().split())
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


# What a platform draws instead of words: code, mentions, custom emoji, links, quoted lines. No book could answer it.
_MARKUP = re.compile(
    r"""```.*?(?:```|\Z) | `[^`\n]*`
    | <a?:\w{1,40}:\d{1,25}> | <(?:@[!&]?|\#|t:)\d{1,25}(?::\w)?> | </[\w\ -]{1,40}:\d{1,25}>
    | <?\bhttps?://[^\s>]*>? | \bwww\.[^\s>]+
    | (?<!\w):[a-z0-9_]{2,32}:(?!\w)
    | ^\s*>[^\n]*$""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
# Runs of letters are written as runs, not letter by letter, which takes half as long again.
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:'(?=[^\W\d_])[^\W_]*)*|\d+(?:[.,]\d+)*|[&%]")
_SLASHED = re.compile(r"\bw/(o\b)?|\bb/c\b")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00b4": "'", "\u2032": "'"})


def without_markup(text: str) -> str:
    """Give at most READ_CHARACTERS of `text` without code, quoted lines, links, mentions and custom emoji."""
    return _MARKUP.sub(" ", text[: 4 * READ_CHARACTERS])[:READ_CHARACTERS]


def words(text: str) -> tuple[str, ...]:
    """Give the words and numbers of `text`, folded, in order: contractions and chat shorthand written out.

    "What's the max? can't take 400mg b4 bed" gives what, is, the, max, can, not, take, 400, mg, before, bed. Numbers
    keep their decimal point and lose their thousands' commas. A digit that stands for a word (2 as to, 4 as for) is
    written out where a number would make no sense.
    """
    if "`" in text or not text.isascii():
        text = text.translate(_APOSTROPHES)
    folded = fold(text)
    if "/" in folded:
        folded = _SLASHED.sub(_unslashed, folded)
    return spelt_out(_WORD.findall(folded))


def _unslashed(found: re.Match[str]) -> str:
    return "because " if found[0] == "b/c" else "without " if found[1] else "with "


def showable(text: str) -> str:
    r"""Give `text` as it may be shown: the same words, without characters that hide or reverse what stands around them.

    Control and bidirectional characters go, lone surrogates become the replacement character, every line end becomes
    "\n", and piles of more than four accents are cut to four. Markup is the adapter's to escape.
    """
    if _SHOWN_AS_THEY_ARE.fullmatch(text):
        return text
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
