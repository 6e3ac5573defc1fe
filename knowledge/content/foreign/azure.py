"""Tab-separated files of Azure QnA Maker and of Custom Question Answering, which took over its format.

A line is one wording of a question with its answer; lines with the same `QnaId` are wordings of one question. A line
end in an answer is written as a backslash and an n.
"""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

from knowledge.content.foreign.markup import one_line, plain_words
from knowledge.content.foreign.reading import Gathering
from knowledge.errors import PageRefused
from knowledge.model import Answer, Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knowledge.content.foreign.reading import Reading

    Row = Mapping[str, str]

_NEEDED = {"question", "answer"}
_SIGNS = {"source", "metadata", "suggestedquestions", "iscontextonly", "prompts", "qnaid", "sourcedisplayname"}
# Without ids, lines of one answer are wordings of one question, unless so short an answer fits many questions.
_LONG_ANSWER = 40
_TOPIC_KEYS = {"topic", "topics", "category", "categories", "tag", "tags", "subject", "specialty", "speciality"}
_EMPTY = {"", "[]", "{}", "null"}
_NEWLINE = re.compile(r"\\r\\n|\\n|\\r")


def is_azure(first_line: str) -> bool:
    """Whether a file that begins with `first_line` is such an export."""
    names = set(_names(first_line))
    return "\t" in first_line and names >= _NEEDED and not names.isdisjoint(_SIGNS)


def read_azure(file: str, text: str) -> Reading:
    """Give the entries of an export; `file` is its bare name. Raises PageRefused for what is none."""
    lines = text.replace("\r\n", "\n").split("\n")
    if not is_azure(lines[0]):
        told = "Its first line names the columns Question, Answer, Source and more, with tabs between them."
        raise PageRefused("not-azure", f"This is no export of Azure QnA Maker. {told}")
    gathering = Gathering(file)
    groups: dict[tuple[str, str], list[tuple[int, Row]]] = {}
    for number, row in _rows(lines, gathering):
        groups.setdefault(_group(number, row), []).append((number, row))
    for rows in groups.values():
        _gather(gathering, rows)
    return gathering.reading()


def _names(line: str) -> list[str]:
    return [name.strip().strip('"').lower() for name in line.split("\t")]


def _rows(lines: Sequence[str], gathering: Gathering) -> Iterator[tuple[int, Row]]:
    """Give each row by its column names, with the number of its line."""
    names = _names(lines[0])
    for number, fields in _fields(lines):
        if len(fields) < len(names) and not any(field.strip() for field in fields):
            continue
        if len(fields) != len(names):
            told = f"it has {len(fields)} columns where the first line names {len(names)}; a tab is missing or too many"
            gathering.skip(f"line {number}", told)
            continue
        yield number, dict(zip(names, fields, strict=True))


def _fields(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Cut the lines at their tabs.

    The services put no quotes around fields, spreadsheets do where a field holds quotes or line ends. A line that has
    its number of tabs is whole, so quotes at its begin are words.
    """
    tabs = lines[0].count("\t")
    if not lines[0].startswith('"') and all(line.count("\t") == tabs for line in lines if line.strip()):
        for number, line in enumerate(lines[1:], start=2):
            yield number, [_unquoted(field) for field in line.split("\t")]
        return
    reader = csv.reader((f"{line}\n" for line in lines[1:]), delimiter="\t", strict=True)
    begin = 2
    try:
        for fields in reader:
            yield begin, fields
            begin = reader.line_num + 2
    except csv.Error as error:
        told = f"The quotes in the row that begins on line {begin} do not match ({error}). Mend it and import again."
        raise PageRefused("not-azure", told) from None


def _unquoted(field: str) -> str:
    inner = field[1:-1]
    quoted = len(field) > 1 and field[0] == field[-1] == '"' and '""' in inner and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted else field


def _group(number: int, row: Row) -> tuple[str, str]:
    """Give what the lines of one question have in common."""
    if qna_id := row.get("qnaid", "").strip():
        return qna_id, row["answer"]
    if len(row["answer"]) >= _LONG_ANSWER:
        return f"of {row.get('source', '')} {row.get('metadata', '')}", row["answer"]
    return f"line {number}", ""


def _gather(gathering: Gathering, rows: Sequence[tuple[int, Row]]) -> None:
    place, first = f"line {rows[0][0]}", rows[0][1]
    if any(row.get("iscontextonly", "").strip().lower() == "true" for _, row in rows):
        gathering.skip(place, "it answers only what was asked before it, so it cannot stand alone")
        return
    for key, what in (("prompts", "Follow-up buttons"), ("suggestedquestions", "Questions that nobody accepted")):
        if any(row.get(key, "").strip() not in _EMPTY for _, row in rows):
            gathering.leave_out(place, what)
    topics = tuple(dict.fromkeys(topic for _, row in rows for topic in _topics(gathering, place, row)))
    body = plain_words(_NEWLINE.sub("\n", first["answer"]))
    gathering.add(place, [row["question"] for _, row in rows], [Answer(body)], Question("", "", (), topics=topics))


def _topics(gathering: Gathering, place: str, row: Row) -> Iterator[str]:
    for key, value in _metadata(row.get("metadata", "").strip()):
        if key.strip().lower() not in _TOPIC_KEYS:
            gathering.leave_out(place, f"Metadata {one_line(key)}")
        elif topic := one_line(value):
            yield topic


def _metadata(written: str) -> Iterator[tuple[str, str]]:
    """Read `key:value|key:value`, or the list of objects with name and value that scripts write instead."""
    if written in _EMPTY:
        return
    try:
        listed = json.loads(written)
    except (ValueError, RecursionError):
        listed = None
    if isinstance(listed, list):
        pairs = (pair for pair in listed if isinstance(pair, dict))
        yield from ((str(pair.get("name", "")), str(pair.get("value", ""))) for pair in pairs)
        return
    for part in written.split("|"):
        key, _, value = part.partition(":")
        yield key, value
