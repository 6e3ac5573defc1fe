"""Say in plain words what TOML's parser could not read, and what to write instead."""

from __future__ import annotations

import re
import unicodedata

CURLY_QUOTES = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"
_AT_LINE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
_AT_END = re.compile(r"\s*\(at end of document\)$")

_TWICE = "the table is declared twice, or once in another way; write [[question.answers]] for each answer"
_BACKSLASH = "a backslash stands alone in a text; write two of them, or put the text in '''"
_HEAD = "a table head is never closed; write it as [[question]] or [[question.answers]]"
_NO_PAIR = 'this line is not of the form key = "value"; was a text above it closed too early, or never?'
_WORDS = (
    ("Cannot overwrite a value", "the key is written twice; keep one of the two"),
    ("Duplicate inline table key", "the key is written twice; keep one of the two"),
    ("Unterminated string", 'a text is never closed; write " or """ at its end'),
    ("Expected \"'''\"", "a text is never closed; write ''' at its end"),
    ("Unescaped '\\' in a string", _BACKSLASH),
    ("Invalid hex value", _BACKSLASH),
    ("Escaped character is not", "half a character (a surrogate) cannot be stored; write the character itself"),
    ("Unclosed array", "a list is never closed; write ] at its end and commas between its values"),
    ("Unclosed inline table", "a table in braces is never closed; write } at its end and commas between its values"),
    ("Expected ']", _HEAD),
    ("Cannot mutate immutable", "the list is written twice, as key = [...] and as [[...]]; keep one of the two ways"),
    ("Cannot declare", _TWICE),
    ("Cannot redefine", _TWICE),
    ("Invalid date", "this day does not exist; write one that does, as 2026-01-31"),
    ("Expected '=' after a key", _NO_PAIR),
    ("Invalid statement", _NO_PAIR),
    ("Invalid initial character", _NO_PAIR),
)
_DAY = re.compile(r"=\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}[-/]\d{1,2}\b|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})")
_KEY_AND_COLON = re.compile(r"\s*[\w-]+\s*:")
_VALUES = {
    "true": "write true, in small letters",
    "false": "write false, in small letters",
    **dict.fromkeys(("yes", "no", "on", "off"), "write true or false"),
    **dict.fromkeys(("none", "null", "nil"), "an unknown value is not written at all; leave the key out"),
}


def place(message: str) -> tuple[str, int | None, int]:
    """Split a parser's message into its words, the line (None: the end of the text) and the column, both from 1."""
    if found := _AT_LINE.search(message):
        return message[: found.start()], int(found[1]), int(found[2])
    return _AT_END.sub("", message), None, 0


def explain(message: str, line: str, column: int) -> str:
    """Say what is wrong with `line` at `column` (from 1), where the parser said `message`."""
    rest = line[column - 1 :].strip() if column else ""
    outside = _outside_texts(line)
    if "Illegal character" in message:
        return _illegal_character(message, line)
    if foreign := _foreign_to_toml(line, outside):
        return foreign
    known = next((words for begin, words in _WORDS if message.startswith(begin)), "")
    if known:
        return _no_pair(line) if known is _NO_PAIR else known
    if _DAY.search(outside):
        return "a date has a year, a month and a day, the year first, as 2026-01-31"
    return _misplaced(message, rest)


def _foreign_to_toml(line: str, outside: str) -> str:
    """Tell of characters that a word processor or a web page brought, and of JSON; "" where there is nothing of it."""
    if any(quote in outside for quote in CURLY_QUOTES):
        return 'curly quotes do not mark a text; write straight ones: "'
    if unseen := next(filter(_is_unseen, outside), ""):
        return f"an unseen character (U+{ord(unseen):04X}) stands in this line; delete the line and type it anew"
    if line.lstrip().startswith(("{", "[{")):
        return "this is JSON; write each question as one object on one line, in a file that ends in .jsonl"
    return ""


def _is_unseen(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) in {"Cf", "Zs"}


def _no_pair(line: str) -> str:
    if _KEY_AND_COLON.match(line):
        return 'write = between a key and its value, not a colon: key = "value"'
    if line.lstrip().startswith("//"):
        return "a remark begins with #"
    return _NO_PAIR


def _misplaced(message: str, rest: str) -> str:
    if message.startswith("Invalid value"):
        return _invalid_value(rest)
    if message.startswith("Expected newline or end of document"):
        return _too_much(rest)
    return f"this is not valid TOML ({message[:1].lower()}{message[1:]}); look at the quotes and brackets of this line"


def _outside_texts(line: str) -> str:
    return re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*', "", line)


def _illegal_character(message: str, line: str) -> str:
    if "'\\n'" in message:
        if line.rstrip().endswith(tuple(CURLY_QUOTES)):
            return 'the text ends in a curly quote, which closes nothing; write a straight one: "'
        return 'the text is not closed on its line; write " at its end, or """ round a text of several lines'
    if "'\\r'" in message:
        return "a line ends in an old Macintosh line end; save the file with Unix or Windows line ends"
    if "'\\x00'" in message:
        return "the file holds a NUL character; is it a text file?"
    return "the text holds a control character; take it out, or write it as an escape such as \\u0007"


def _invalid_value(rest: str) -> str:
    if not rest or rest.startswith("#"):
        return "the value is missing; write one after the =, or leave the key out"
    if rest.startswith("="):
        return "there is one = too many; leave one between the key and its value"
    word = re.split(r"[\s#,\]}]", rest, maxsplit=1)[0].lower()
    if word in _VALUES:
        return _VALUES[word]
    if rest[0].isdigit() or rest[0] in "+-.":
        return 'this is no number; write it as 4.9 or 32, and a text in straight quotes: "..."'
    return 'a text needs straight quotes round it: key = "..."'


def _too_much(rest: str) -> str:
    if re.match(r",\d", rest):
        return "a number has a decimal point and no commas; write it as 4.9 or 1018"
    if rest.startswith('"') or '"' in rest:
        return "the text ends before its line does; a quote inside a text is written as \\\", or use '...'"
    return 'something stands behind the value; write one key = "value" on each line'
