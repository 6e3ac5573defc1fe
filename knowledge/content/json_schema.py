"""The shape of a knowledge file as a JSON Schema: from it editors complete keys and mark mistakes as one types."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from knowledge.content._schema import AnswerTable, NothingTable, QuestionTable, SourceTable
from knowledge.content.limits import ID_LIMIT

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TOLD = {
    QuestionTable: {
        "title": "The question as it was asked. It is shown in full.",
        "answers": "The experts' answers, in the order of the page: [[question.answers]] for each.",
        "id": "Made once, and kept when the title is mended: a-z, 0-9 and -.",
        "details": "What the asker told of the circumstances.",
        "phrasings": "Other ways to ask the very same question. They help to find it and are never shown.",
        "topics": "Words to sort entries by.",
        "examples": "Texts that must find this entry. `check` tries them.",
        "notice": "The closing notice of the page it came from.",
        "source": "Where it was imported from. Written by `import`.",
    },
    AnswerTable: {
        "body": "The answer, word for word.",
        "headline": "The answer in a few words.",
        "name": "Who wrote it, with degrees, as on the page. Leave it out when unknown.",
        "credentials": "Town and specialty, as on the page.",
        "rating": "What patients gave the doctor, from 0 to 5.",
        "reviews": "How many patients, a whole number.",
        "id": "A name for this answer, like an entry's id.",
        "as_of": "The day of rating and reviews, such as 2026-01-31.",
        "checked": "The day on which a person last read the answer.",
        "invented": "true for a sample that no real doctor wrote.",
    },
    SourceTable: {"file": "The page's file name.", "sha256": "The SHA-256 of its bytes."},
    NothingTable: {"text": "A text that must find nothing. `check` tries it."},
}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", title="A knowledge file of Second Opinion")

    question: list[QuestionTable] = []
    nothing: list[NothingTable] = []


def knowledge_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of a TOML knowledge file."""
    schema = _File.model_json_schema()
    tables = schema["$defs"]
    for model, told in _TOLD.items():
        table = tables[model.__name__]
        table["description"] = (model.__doc__ or "").strip().rstrip(".")
        for key, description in told.items():
            table["properties"][key] = _for_editors(table["properties"][key]) | {"description": description}
    for model in (QuestionTable, AnswerTable):
        tables[model.__name__]["properties"]["id"]["pattern"] = f"^[a-z0-9_-]{{1,{ID_LIMIT}}}$"
    for value in schema["properties"].values():
        value.pop("title", None)
    return {"$schema": DIALECT, **schema}


def _for_editors(value: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a file cannot say (null, which is a key left out) and names made from keys."""
    kinds = [kind for kind in value.get("anyOf", ()) if kind != {"type": "null"}]
    merged = value | kinds[0] if len(kinds) == 1 else value
    return {key: said for key, said in merged.items() if key not in {"anyOf", "title"} and said is not None}
