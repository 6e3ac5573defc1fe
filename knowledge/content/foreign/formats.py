"""The formats that are read, and which of them a file is written in."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.content.foreign.azure import is_azure, read_azure
from knowledge.content.foreign.qnabot import read_qnabot
from knowledge.content.foreign.table import is_table, read_table
from knowledge.errors import PageRefused

if TYPE_CHECKING:
    from knowledge.content.foreign.reading import Reading

MOST_BYTES = 100_000_000
_HINT = re.compile(r"\Asep=.(?=\r?\n)")
_BYTE_ORDER_MARKS_16 = (b"\xff\xfe", b"\xfe\xff")


class Format(StrEnum):
    """What a file with several entries may be; doctor-answers pages hold one each and are not among them."""

    AZURE = "azure"
    QNABOT = "qnabot"
    CSV = "csv"


_READERS = {Format.AZURE: read_azure, Format.QNABOT: read_qnabot, Format.CSV: read_table}


def detect(head: bytes) -> Format | None:
    """Tell by its first bytes, some thousands of them, which of the formats a file has; None where it has none."""
    marked_16 = head.startswith(_BYTE_ORDER_MARKS_16)
    text = _without_hint(head.decode("utf-16" if marked_16 else "utf-8-sig", "replace")).lstrip()
    first_line = text.split("\n", 1)[0]
    if text.startswith("{"):
        return Format.QNABOT
    if is_azure(first_line):
        return Format.AZURE
    return Format.CSV if is_table(first_line) else None


def read_foreign(file: str, data: bytes, wanted: Format) -> Reading:
    """Give what a file of the `wanted` format holds; `file` is its bare name. Raises PageRefused."""
    if len(data) > MOST_BYTES:
        raise PageRefused("too-large", f"The file has more than {MOST_BYTES // 1_000_000} MB. Split it.")
    try:
        text = data.decode("utf-16" if data.startswith(_BYTE_ORDER_MARKS_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PageRefused(
            "not-text", f"Line {line} is not UTF-8. Save the file as UTF-8 and import it again."
        ) from None
    if not text.strip():
        raise PageRefused("empty", "The file is empty.")
    return _READERS[wanted](file, _without_hint(text))


def _without_hint(text: str) -> str:
    """Take away what a spreadsheet puts above a table to tell itself the delimiter; the line stays, for its number."""
    return _HINT.sub("", text)
