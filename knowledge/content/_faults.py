"""Put pydantic's findings into words that tell an owner what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knowledge.content._schema import REVIEWS_LIMIT
from knowledge.content._unknown_keys import explain_key
from knowledge.content.limits import ID_LIMIT
from knowledge.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from knowledge.content._raw import RawTable

_MISSING = {
    "title": 'title is missing; write title = "..." with the question as it was asked',
    "answers": "no answer is given; write [[question.answers]] with a body",
    "body": 'body is missing; write body = """...""" with the answer',
    "text": 'text is missing; write text = "..." with what must find nothing',
}
_MISSING_IN_JSON = {
    "title": 'title is missing; write "title": "..." with the question as it was asked',
    "answers": 'no answer is given; write "answers": [{"body": "..."}]',
    "body": 'body is missing; write "body": "..." with the answer',
    "text": 'text is missing; write "text": "..." with what must find nothing',
}
_RANGES = {
    "rating": "a number from 0 to 5, such as 4.9",
    "reviews": f"a whole number from 0 to {REVIEWS_LIMIT:,} (without commas)",
}
_KINDS = {
    "string_type": "a text in straight quotes",
    "bool_type": "true or false, without quotes",
    "list_type": 'a list, such as ["...", "..."]',
    "model_type": "a table with keys of its own",
    "float_type": "a number without quotes, such as 4.9",
    "int_type": "a whole number without quotes, such as 32",
    "int_from_float": "a whole number, such as 32",
    "not_a_date": "a date, such as 2026-01-31",
}
_ANSWERS = "[[question.answers]] in double brackets, once for each answer"
_ANSWERS_IN_JSON = 'a list, such as [{"body": "..."}]'
_SHOWN = 40


def faults_in(file: str, table: RawTable, error: ValidationError) -> Iterator[Fault]:
    """Give a fault for each thing that pydantic found wrong with `table`, at its line."""
    in_json = file.lower().endswith(".jsonl")
    for detail in error.errors(include_url=False):
        if table.partial and detail["type"] in {"missing", "too_short"}:
            continue
        words = _words(table.kind, detail, in_json=in_json)
        yield Fault(file, table.line_of(detail["loc"]), f"{_answer(detail)}{words}", table.entry)


def _answer(detail: ErrorDetails) -> str:
    """Say which answer is meant, counted from 1 as people do."""
    loc = detail["loc"]
    return f"answer {loc[1] + 1}: " if len(loc) > 1 and loc[0] == "answers" and isinstance(loc[1], int) else ""


def _words(kind: str, detail: ErrorDetails, *, in_json: bool) -> str:
    keys = tuple(part for part in detail["loc"] if isinstance(part, str))
    key = keys[-1] if keys else kind
    if isinstance(detail["loc"][-1:][0] if detail["loc"] else None, int) and key not in {"answers", "question"}:
        key = f"{key} {int(detail['loc'][-1]) + 1}"
    error, given = detail["type"], detail["input"]
    if error == "extra_forbidden":
        return explain_key(key, (kind, *keys[:-1]))
    if error in {"missing", "too_short"}:
        return (_MISSING_IN_JSON if in_json else _MISSING).get(key, f"{key} is missing; write one")
    if error in _KINDS and not (key in _RANGES and isinstance(given, int | float)):
        answers = _ANSWERS_IN_JSON if in_json else _ANSWERS
        wanted = answers if key == "answers" else _KINDS[error]
        return f"{key} is {_type_of(given)}; write {wanted}"
    if key in _RANGES:
        return f"{key} is {_quoted(given)}; write {_RANGES[key]}"
    return _words_of_text(key, detail)


def _words_of_text(key: str, detail: ErrorDetails) -> str:
    error, context = detail["type"], detail.get("ctx", {})
    if error == "empty_text":
        return f"{key} is empty; {_when_empty(key)}"
    if error == "long_text":
        return f"{key} has {context['length']:,} characters; write {context['limit']:,} at most"
    if error == "bad_id":
        wanted = f"write only a-z, 0-9 and -, {ID_LIMIT} characters at most"
        return f"the id {_quoted(detail['input'])} cannot be used; {wanted}"
    if error == "bad_sha256":
        return "sha256 is no SHA-256; write its 64 characters 0-9 and a-f, as import does"
    if error == "half_character":
        return f"{key} holds half a character (a lone surrogate), which cannot be stored; write the whole character"
    return f"{key} cannot be read; {detail['msg']}"


def _when_empty(key: str) -> str:
    wanted = {"title": "write the question as it was asked", "body": "write the answer's words"}
    return wanted.get(key, "write something in it, or leave it out")


def _quoted(value: Any) -> str:  # noqa: ANN401  # whatever the file holds
    try:
        shown = repr(value)
    except ValueError:  # a whole number of thousands of digits
        return "too large"
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."


def _type_of(value: Any) -> str:  # noqa: ANN401  # whatever the file holds
    names = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return "unknown (null)" if value is None else names.get(type(value), "a date or a time")
