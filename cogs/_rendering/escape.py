"""Stored text as Discord shows it: word for word, with every character that would be markup escaped.

Discord shows the character after a backslash as it is and no backslash, for all ASCII punctuation. What is markup
depends on where a line starts: cut a text first, escape the pieces.
"""

from __future__ import annotations

import re

from knowledge.text import showable

_MARKUP = re.compile(
    r"""
    # A plain web address stays as it is, so that it can be followed: no markup is read inside it.
    (?P<address> (?<![\w/]) https?://
        (?: [A-Za-z0-9./?=%\#+-] | (?<=[A-Za-z0-9]) _ (?=[A-Za-z0-9]) )* [A-Za-z0-9/]
        (?= [.,;:!?"')]* (?:\s|\Z) ) )
  | [\\*_~|`\[<@]               # emphasis, spoiler, code, masked link, mentions and <...> of every kind
  | & (?=\#?\w+;)               # an HTML entity, for clients that read them
  | : (?= // | [\w+-]+: )       # any other address; an emoji's :name:
  | (?P<closing> (?<!\#) \#++ (?=[ \t]*$) )     # what would close a heading: the run as one, looked at once
  # A list, heading, small print or quote at the start of a line, indented or not: what stands before the escape.
  | (?P<opening> ^ \u00a0* (?: [0-9]{1,9} (?= [.)] (?:\s|\Z) ) | (?= [-+\#>=] ) ) )
    """,
    re.VERBOSE | re.MULTILINE,
)
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
# A line of blanks, or of letters that show nothing.
_EMPTY_LINE = r"[\s\u115f\u1160\u2800\u3164\uffa0]*\n"
_EMPTY_LINES = re.compile(rf"\n{_EMPTY_LINE}")
_EMPTY_BEGINNING = re.compile(rf"\A{_EMPTY_LINE}")
_SMALL_PRINT = re.compile(r"^(\u00a0*\\-#) ", re.MULTILINE)
# Shown like a blank, but neither a code block's indentation nor what makes `-#` small print.
_FIXED_BLANK = "\N{NO-BREAK SPACE}"


def tidy(text: str) -> str:
    """Give `text` as it may be shown, one empty line at most between paragraphs: a screenful of them hides a notice."""
    return _EMPTY_LINES.sub("\n\n", _EMPTY_BEGINNING.sub("", showable(text))).rstrip()


def escaped(text: str) -> str:
    """Give a tidy text, or a piece cut from one, so that Discord shows exactly its characters and no markup."""
    indented = _INDENTATION.sub(lambda blanks: _FIXED_BLANK * len(blanks[0].expandtabs(4)), text)
    return _SMALL_PRINT.sub(rf"\1{_FIXED_BLANK}", _MARKUP.sub(_escape, indented))


def escaped_line(text: str) -> str:
    """Give a title, headline or name as one escaped line."""
    return escaped(" ".join(tidy(text).split()))


def _escape(found: re.Match[str]) -> str:
    if found["opening"] is not None:
        return f"{found[0]}\\"
    if found["closing"]:
        return "\\#" * len(found[0])
    return found[0] if found["address"] else f"\\{found[0]}"
