"""An entry as canonical JSON: what is kept of each revision, and what its content hash is made from.

The same words always give the same text and hash. An entry's id and layer are where it stands, not what it says, and
are no part of it. What is unset is left out, so that a field added later changes no older hash.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from knowledge.model import Answer, Layer, Question, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXTS = ("title", "details", "notice")
_LISTS = ("phrasings", "topics", "examples")
_ANSWER_FIELDS = ("id", "headline", "body", "name", "credentials", "rating", "reviews")
_DATES = ("as_of", "checked")
# One answer asks for the hash of what it shows half a dozen times.
_LATELY_HASHED = 256


def to_json(question: Question) -> str:
    """Give the canonical JSON of what `question` says."""
    said: dict[str, Any] = {name: getattr(question, name) for name in _TEXTS}
    said |= {name: list(getattr(question, name)) for name in _LISTS}
    said["answers"] = [_set_only(_answer_fields(answer)) for answer in question.answers]
    if question.source is not None:
        said["source"] = {"file": question.source.file, "sha256": question.source.sha256}
    return json.dumps(_set_only(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str, question_id: str, layer: Layer) -> Question:
    """Read what `to_json` wrote."""
    said = json.loads(text)
    fields: dict[str, Any] = {name: said.get(name, "") for name in _TEXTS}
    fields |= {name: tuple(said.get(name, ())) for name in _LISTS}
    return Question(
        id=question_id,
        layer=layer,
        answers=tuple(_answer(answer) for answer in said["answers"]),
        source=Source(**said["source"]) if "source" in said else None,
        **fields,
    )


@lru_cache(maxsize=_LATELY_HASHED)
def content_hash(question: Question) -> str:
    """Give the SHA-256 of what `question` says, in hex: equal for equal words, whoever holds them."""
    return hash_of(to_json(question))


def hash_of(canonical: str) -> str:
    """Give the content hash of an entry's canonical JSON."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def _answer_fields(answer: Answer) -> dict[str, Any]:
    fields = {name: getattr(answer, name) for name in _ANSWER_FIELDS}
    fields |= {name: day.isoformat() for name in _DATES if (day := getattr(answer, name)) is not None}
    if answer.invented:
        fields["invented"] = True
    return fields


def _set_only(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [])}


def _answer(fields: Mapping[str, Any]) -> Answer:
    days = {name: date.fromisoformat(fields[name]) for name in _DATES if name in fields}
    return Answer(**{**fields, **days})
