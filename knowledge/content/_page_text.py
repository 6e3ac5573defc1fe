"""A page's bytes become lines, or are refused as no text."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.errors import PageRefused

SIZE_LIMIT = 1_000_000
EXPECTED = (
    'A doctor-answers page is plain text: the question on its first line, a line "Doctor Answers 3" with the number '
    "of answers, the answers each with a byline under it, and a notice at the end."
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF_8_BYTES = 4


class PageText(NamedTuple):
    """The lines of a page without blanks at their ends, and what has to be said about how they were read."""

    lines: list[str]
    cut_character: bool = False
    windows_1252: bool = False
    holds_controls: bool = False


def page_text(data: bytes) -> PageText:
    """Read the bytes of a page as UTF-8, else as Windows-1252. Raises PageRefused for what is no text."""
    if len(data) > SIZE_LIMIT:
        raise PageRefused("too-large", f"The file has more than {SIZE_LIMIT:,} bytes. {EXPECTED}")
    text, cut, windows = _decode(data)
    if not text.strip():
        raise PageRefused("empty", f"The file is empty. {EXPECTED}")
    lines = [line.rstrip() for line in _LINE_END.split(text)]
    return PageText(lines, cut, windows, holds_controls=_CONTROL.search(text) is not None)


def _decode(data: bytes) -> tuple[str, bool, bool]:
    if b"\0" in data:
        raise PageRefused("not-text", f"The file is no text in UTF-8; save it as UTF-8. {EXPECTED}")
    try:
        return data.decode("utf-8-sig"), False, False
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(data) - error.start < _UTF_8_BYTES:
            return data[: error.start].decode("utf-8-sig"), True, False
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = "\0"
    if _CONTROL.search(text):
        raise PageRefused("not-text", f"The file is no text; it holds binary data. {EXPECTED}")
    return text, False, True
