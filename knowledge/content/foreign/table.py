"""A table with named columns, as spreadsheets save it: one answer to a row.

Rows of the same question, or of the same id, are several experts' answers to it.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from knowledge.content.foreign.markup import one_line, plain_words
from knowledge.content.foreign.reading import Gathering
from knowledge.content.limits import ID_LIMIT
from knowledge.errors import PageRefused
from knowledge.model import Answer, Question
from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knowledge.content.foreign.reading import Reading

    Row = Mapping[str, str]

_OTHER_NAMES = {
    "question": "title",
    "answer": "body",
    "alternate questions": "phrasings",
    "alternatives": "phrasings",
    "topic": "topics",
    "category": "topics",
    "expert": "name",
    "doctor": "name",
}
_OF_ENTRY = ("id", "title", "details", "phrasings", "topics", "examples", "notice")
_OF_ANSWER = ("headline", "body", "name", "credentials", "rating", "reviews", "as_of", "checked")
_DELIMITERS = ",;\t"
_SEVERAL = re.compile(r"[|\n]")
_ID = re.compile(rf"[a-z0-9-]{{1,{ID_LIMIT}}}")
_MOST_STARS = 5


@dataclass(frozen=True, slots=True)
class _Placed:
    place: str
    row: Row


def is_table(first_line: str) -> bool:
    """Whether a file that begins with `first_line` names a question and an answer among its columns."""
    return bool(_delimiter(first_line))


def read_table(file: str, text: str) -> Reading:
    """Give the entries of a table; `file` is its bare name. Raises PageRefused for what is none."""
    delimiter = _delimiter(text.lstrip().split("\n", 1)[0])
    if not delimiter:
        told = "Its first line names the columns; there must be one called question and one called answer."
        raise PageRefused("not-csv", f"This is no table of questions and answers. {told}")
    gathering = Gathering(file)
    groups: dict[str, list[_Placed]] = {}
    for placed in _rows(text, delimiter, gathering):
        said = placed.row.get("id", "").strip() or fold(one_line(placed.row["title"]))
        groups.setdefault(said or placed.place, []).append(placed)
    for rows in groups.values():
        _gather(gathering, rows)
    return gathering.reading()


def _delimiter(first_line: str) -> str:
    """Give what stands between the columns, or nothing where the line names no question and answer."""
    for delimiter in _DELIMITERS:
        names = _names(first_line.rstrip("\r").split(delimiter))
        if "title" in names and "body" in names:
            return delimiter
    return ""


def _names(written: Sequence[str]) -> list[str]:
    names = [name.strip().strip('"').strip().lower().replace("_", " ") for name in written]
    return [_OTHER_NAMES.get(name, name.replace(" ", "_")) for name in names]


def _rows(text: str, delimiter: str, gathering: Gathering) -> Iterator[_Placed]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begin = 1
    try:
        names = _names(next(fields for fields in reader if fields))
        for name in names:
            if name not in (*_OF_ENTRY, *_OF_ANSWER):
                gathering.leave_out("every row", f'The column "{name}"')
        begin = reader.line_num + 1
        for fields in reader:
            place, begin = f"line {begin}", reader.line_num + 1
            if len(fields) == len(names):
                yield _Placed(place, dict(zip(names, fields, strict=True)))
            elif any(field.strip() for field in fields):
                told = f"it has {len(fields)} columns where the first line names {len(names)}; put texts in quotes"
                gathering.skip(place, told)
    except csv.Error as error:
        told = f"The quotes in the row that begins on line {begin} do not match ({error}). Mend it and import again."
        raise PageRefused("not-csv", told) from None


def _gather(gathering: Gathering, rows: Sequence[_Placed]) -> None:
    first = rows[0]
    answers = []
    for placed in rows:
        answer = _answer(gathering, placed)
        if answer.body:
            answers.append(answer)
        elif len(rows) > 1:
            gathering.skip(placed.place, "it has no answer")
    entry = Question(
        _id(gathering, first),
        "",
        (),
        details=plain_words(_first(rows, "details")),
        topics=tuple(_several(rows, "topics")),
        examples=tuple(_several(rows, "examples")),
        notice=plain_words(_first(rows, "notice")),
    )
    wordings = [*(placed.row["title"] for placed in rows), *_several(rows, "phrasings")]
    gathering.add(first.place, wordings, list(dict.fromkeys(answers)), entry)


def _answer(gathering: Gathering, placed: _Placed) -> Answer:
    row = placed.row
    return Answer(
        plain_words(row["body"]),
        one_line(row.get("headline", "")),
        one_line(row.get("name", "")) or None,
        one_line(row.get("credentials", "")) or None,
        _rating(gathering, placed),
        _reviews(gathering, placed),
        as_of=_day(gathering, placed, "as_of"),
        checked=_day(gathering, placed, "checked"),
    )


def _rating(gathering: Gathering, placed: _Placed) -> float | None:
    written = placed.row.get("rating", "").strip()
    if re.fullmatch(r"\d(?:\.\d{1,4})?", written) and float(written) <= _MOST_STARS:
        return float(written)
    if written:
        gathering.leave_out(placed.place, "A rating that is no number from 0 to 5, such as 4.9")
    return None


def _reviews(gathering: Gathering, placed: _Placed) -> int | None:
    written = placed.row.get("reviews", "").strip()
    if re.fullmatch(r"\d{1,9}|\d{1,3}(?:,\d{3}){1,2}", written, re.ASCII):
        return int(written.replace(",", ""))
    if written:
        gathering.leave_out(placed.place, "A number of reviews that is no whole number, such as 32")
    return None


def _day(gathering: Gathering, placed: _Placed, column: str) -> date | None:
    written = placed.row.get(column, "").strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    if written:
        gathering.leave_out(placed.place, f"A day in {column} that is not written as 2026-01-31")
    return None


def _id(gathering: Gathering, placed: _Placed) -> str:
    written = placed.row.get("id", "").strip()
    if written and not _ID.fullmatch(written):
        gathering.leave_out(placed.place, f"An id that is not made of a-z, 0-9 and -, {ID_LIMIT} characters at most")
        return ""
    return written


def _first(rows: Sequence[_Placed], column: str) -> str:
    return next((written for placed in rows if (written := placed.row.get(column, "").strip())), "")


def _several(rows: Sequence[_Placed], column: str) -> Iterator[str]:
    """Give the texts of a column that holds several in a cell, on lines of their own or with | between them."""
    cells = (placed.row.get(column, "") for placed in rows)
    return iter(dict.fromkeys(text for cell in cells for part in _SEVERAL.split(cell) if (text := one_line(part))))
