"""Files to import, of whichever format: what each holds, or why it was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.content.foreign.formats import MOST_BYTES, Format, detect, read_foreign
from knowledge.content.pages import MOST_BYTES as MOST_BYTES_OF_PAGE
from knowledge.content.pages import question_of, read_page
from knowledge.errors import PageRefused

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.content.foreign.reading import Reading
    from knowledge.content.pages import Page
    from knowledge.model import Question

AUTO, PAGE = "auto", "page"
_HEAD_BYTES = 65_536
_BY_NAME = {".csv": Format.CSV, ".tsv": Format.CSV, ".json": Format.QNABOT}


@dataclass(frozen=True, slots=True)
class PageRead:
    """A doctor-answers page, and the entry made of it."""

    path: Path
    page: Page
    question: Question


@dataclass(frozen=True, slots=True)
class ForeignRead:
    """A file of another program, and what was found in it."""

    path: Path
    format: Format
    reading: Reading


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that holds nothing to import, and why."""

    path: Path
    refusal: PageRefused


Read = PageRead | ForeignRead | RefusedFile


def read_file(path: Path, wanted: str = AUTO) -> Read:
    """Read a file as what it is `wanted` to be: `page`, one of `Format`, or, for `auto`, what its first line shows."""
    try:
        chosen = _format(path, wanted)
        if chosen is None:
            data = _bytes(path, MOST_BYTES_OF_PAGE + 1)
            page = read_page(data)
            return PageRead(path, page, question_of(page, path.name, data))
        return ForeignRead(path, chosen, read_foreign(path.name, _bytes(path, MOST_BYTES + 1), chosen))
    except PageRefused as refusal:
        return RefusedFile(path, refusal)


def _format(path: Path, wanted: str) -> Format | None:
    if wanted == AUTO:
        # Where the first line shows nothing, the name tells whose shape the refusal should describe.
        return detect(_bytes(path, _HEAD_BYTES)) or _BY_NAME.get(path.suffix.lower())
    return None if wanted == PAGE else Format(wanted)


def _bytes(path: Path, most: int) -> bytes:
    """Give the first `most` bytes of the file, which show where there are too many."""
    try:
        if path.exists() and not path.is_file():
            raise PageRefused("unreadable", "This is no ordinary file. Name the files one by one.")
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise PageRefused(
            "unreadable", f"The file cannot be read ({reason}). Check its name and its rights."
        ) from error
