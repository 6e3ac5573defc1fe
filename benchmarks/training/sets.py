"""The labelled question sets that weights are trained and judged on; all but one stand beside the project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.model import Answer, Question

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FOLDERS = {
    "stackfaq": SHARED / "matching" / "stackfaq",
    "medical-pairs": SHARED / "matching" / "medical-pairs",
    "assistant": SHARED / "matching" / "assistant",
    "diseases-typos": SHARED / "matching" / "diseases-typos",
    "chatter": SHARED / "chatter",
    # Of the same form, by another writer.
    "talk": ROOT / "tests" / "data" / "talk",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One asked text, the id of the stored question it asks (None: none does), and its kind where the set tells."""

    text: str
    id: str | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Stored questions and asked texts that were labelled by people (or, for typing errors, by program)."""

    name: str
    stored: tuple[Question, ...]
    asked: tuple[Asked, ...]


def load(name: str) -> QuestionSet:
    """Read one of FOLDERS."""
    return _load_folder(name, FOLDERS[name])


def _load_folder(name: str, folder: Path) -> QuestionSet:
    stored = tuple(
        Question(
            id=row["id"],
            title=row["title"],
            phrasings=tuple(row.get("phrasings", ())),
            answers=tuple(Answer(body=answer["body"]) for answer in row["answers"]),
        )
        for row in _rows(folder / "stored.jsonl")
    )
    asked = tuple(Asked(row["text"], row["id"], row.get("kind", "")) for row in _rows(folder / "asked.jsonl"))
    return QuestionSet(name, stored, asked)


def load_pairs() -> QuestionSet:
    """Read the look-alike pairs as one set; a pair that differs has no right answer."""
    pairs = _rows(SHARED / "lookalikes" / "pairs.jsonl")
    ids: dict[str, str] = {}
    for pair in pairs:
        ids.setdefault(pair["stored"], f"p{len(ids)}")
    stored = tuple(Question(id=number, title=title, answers=(Answer(body="(none)"),)) for title, number in ids.items())
    asked = tuple(Asked(pair["asked"], ids[pair["stored"]] if pair["same"] else None, pair["kind"]) for pair in pairs)
    return QuestionSet("lookalikes", stored, asked)


def _rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
