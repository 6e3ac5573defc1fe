"""The shape of a knowledge file, as pydantic checks it, and the frozen values made from what passed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from knowledge.content.limits import (
    BODY_LIMIT,
    CREDENTIALS_LIMIT,
    DETAILS_LIMIT,
    ID_LIMIT,
    NAME_LIMIT,
    TITLE_LIMIT,
    TOPIC_LIMIT,
    TRIED_LIMIT,
)
from knowledge.content.text_rule import shows_something, tidy
from knowledge.model import Answer, Question, Source

if TYPE_CHECKING:
    from collections.abc import Callable

REVIEWS_LIMIT = 1_000_000_000

# An underscore is read because sets of questions made elsewhere use it; we write none.
_ID = re.compile(rf"[a-z0-9_-]{{1,{ID_LIMIT}}}")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _checked(limit: int, *, needed: bool) -> Callable[[str], str]:
    def check(text: str) -> str:
        tidied = tidy(text)
        if not tidied.isascii() and _LONE_SURROGATE.search(tidied):
            raise PydanticCustomError("half_character", "")
        if needed and not shows_something(tidied):
            raise PydanticCustomError("empty_text", "")
        if len(tidied) > limit:
            raise PydanticCustomError("long_text", "", {"limit": limit, "length": len(tidied)})
        return tidied

    return check


def _needed(limit: int) -> AfterValidator:
    return AfterValidator(_checked(limit, needed=True))


def _allowed(limit: int) -> AfterValidator:
    return AfterValidator(_checked(limit, needed=False))


def _matching(pattern: re.Pattern[str], error: str) -> AfterValidator:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise PydanticCustomError(error, "", {"given": text})
        return text

    return AfterValidator(check)


def _to_date(value: object) -> object:
    """TOML knows dates, JSON writes them as text; a time of day is never meant."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    elif value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise PydanticCustomError("not_a_date", "")


_Title = Annotated[str, _needed(TITLE_LIMIT)]
# A plain `[]` would be copied deeply for each entry, which takes longer than checking it.
_NO_TEXTS: list[str] = Field(default_factory=list, json_schema_extra={"default": []})
_Day = Annotated[date | None, BeforeValidator(_to_date)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AnswerTable(_Table):
    """`[[question.answers]]`."""

    body: Annotated[str, _needed(BODY_LIMIT)]
    headline: Annotated[str, _allowed(TITLE_LIMIT)] = ""
    name: Annotated[str, _allowed(NAME_LIMIT)] | None = None
    credentials: Annotated[str, _allowed(CREDENTIALS_LIMIT)] | None = None
    rating: Annotated[float, Field(ge=0, le=5, allow_inf_nan=False)] | None = None
    reviews: Annotated[int, Field(ge=0, le=REVIEWS_LIMIT)] | None = None
    id: Annotated[str, _matching(_ID, "bad_id")] | None = None
    as_of: _Day = None
    checked: _Day = None
    invented: bool = False


class SourceTable(_Table):
    """`source = { ... }`."""

    file: Annotated[str, _needed(TITLE_LIMIT)]
    sha256: Annotated[str, _matching(_SHA256, "bad_sha256")]


class QuestionTable(_Table):
    """`[[question]]`."""

    title: _Title
    answers: Annotated[list[AnswerTable], Field(min_length=1)]
    id: Annotated[str, _matching(_ID, "bad_id")] | None = None
    details: Annotated[str, _allowed(DETAILS_LIMIT)] = ""
    phrasings: list[_Title] = _NO_TEXTS
    topics: list[Annotated[str, _needed(TOPIC_LIMIT)]] = _NO_TEXTS
    examples: list[Annotated[str, _needed(TRIED_LIMIT)]] = _NO_TEXTS
    notice: Annotated[str, _allowed(DETAILS_LIMIT)] = ""
    source: SourceTable | None = None


class NothingTable(_Table):
    """`[[nothing]]`."""

    text: Annotated[str, _needed(TRIED_LIMIT)]


# The tables by the path of keys that leads to them, for telling unknown keys from misplaced ones.
TABLES: dict[tuple[str, ...], type[BaseModel]] = {
    ("question",): QuestionTable,
    ("question", "answers"): AnswerTable,
    ("question", "source"): SourceTable,
    ("nothing",): NothingTable,
}


def to_question(table: QuestionTable, question_id: str) -> Question:
    """Copy a checked table to the frozen value that the program keeps; models would take four times the memory."""
    source = table.source
    return Question(
        id=question_id,
        title=table.title,
        answers=tuple(map(_to_answer, table.answers)),
        details=table.details,
        phrasings=tuple(table.phrasings),
        topics=tuple(table.topics),
        examples=tuple(table.examples),
        notice=table.notice,
        source=Source(source.file, source.sha256) if source else None,
    )


def _to_answer(table: AnswerTable) -> Answer:
    return Answer(
        body=table.body,
        headline=table.headline,
        name=table.name or None,
        credentials=table.credentials or None,
        rating=table.rating,
        reviews=table.reviews,
        id=table.id,
        as_of=table.as_of,
        checked=table.checked,
        invented=table.invented,
    )
