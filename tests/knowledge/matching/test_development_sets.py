"""The development sets beside the project, at a small tolerance; skipped where they are not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.matching.outcome import choose
from knowledge.model import Answer, Outcome, Place, Policy, Question

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not SHARED.exists(), reason="the development sets (../shared) are not beside the project"),
]


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def book_of(stored):
    return [
        Question(
            id=row["id"],
            title=row["title"],
            phrasings=tuple(row.get("phrasings", ())),
            answers=tuple(Answer(body=answer["body"]) for answer in row["answers"]),
        )
        for row in stored
    ]


def decided(stored, asked, *, addressed=True):
    """Give (right first, answered) for each asked text."""
    matcher = Matcher.build(book_of(stored), load_matching_data())
    found = []
    for row in asked:
        ranking = matcher.rank(row["text"])
        outcome, _ = choose(ranking, Policy(), Place(addressed=addressed))
        first = bool(ranking.matches) and ranking.matches[0].question.id == row["id"]
        found.append((first, outcome is Outcome.ANSWER))
    return found


@pytest.mark.parametrize(
    ("name", "least_first", "least_answered", "least_precision"),
    [
        ("stackfaq", 0.80, 0.30, 0.95),
        ("medical-pairs", 0.80, 0.22, 0.88),
        ("assistant", 0.80, 0.44, 0.95),
        ("diseases-typos", 0.94, 0.78, 0.97),
    ],
)
def test_questions_put_to_the_bot(name, least_first, least_answered, least_precision):
    folder = SHARED / "matching" / name
    asked = rows(folder / "asked.jsonl")
    found = decided(rows(folder / "stored.jsonl"), asked)
    answerable = sum(row["id"] is not None for row in asked)
    right = sum(first and answered for first, answered in found)
    assert sum(first for first, _ in found) / answerable >= least_first
    assert right / answerable >= least_answered
    assert right / sum(answered for _, answered in found) >= least_precision


def test_overheard_chatter():
    asked = rows(SHARED / "chatter" / "asked.jsonl")
    found = decided(rows(SHARED / "chatter" / "stored.jsonl"), asked, addressed=False)
    right = sum(first and answered for first, answered in found)
    assert right / sum(answered for _, answered in found) >= 0.94
    assert right / sum(row["id"] is not None for row in asked) >= 0.55


def test_lookalikes():
    pairs = rows(SHARED / "lookalikes" / "pairs.jsonl")
    ids = {title: f"p{number}" for number, title in enumerate(dict.fromkeys(pair["stored"] for pair in pairs))}
    stored = [{"id": number, "title": title, "answers": [{"body": "(none)"}]} for title, number in ids.items()]
    found = decided(stored, [{"text": pair["asked"], "id": ids[pair["stored"]]} for pair in pairs])
    accepted = [first and answered for first, answered in found]
    same = [yes for yes, pair in zip(accepted, pairs, strict=True) if pair["same"]]
    different = {pair["kind"]: 0 for pair in pairs if not pair["same"]}
    for yes, pair in zip(accepted, pairs, strict=True):
        if not pair["same"]:
            different[pair["kind"]] += yes
    assert sum(same) >= 0.9 * len(same)
    assert sum(different.values()) <= 2
    assert different["drug_lasa"] == different["dose_number"] == 0


@pytest.mark.parametrize("name", ["stackfaq", "medical-pairs"])
def test_nothing_is_answered_before_answers_are_indexed_that_would_not_be_afterwards(name):
    folder = SHARED / "matching" / name
    early = Matcher.of_wordings(book_of(rows(folder / "stored.jsonl")), load_matching_data())
    whole, given = early.with_answers(), []
    for row in rows(folder / "asked.jsonl"):
        for matcher in (early, whole):
            ranking = matcher.rank(row["text"])
            outcome, _ = choose(ranking, Policy(), Place(addressed=True))
            given.append(ranking.matches[0].question.id if outcome is Outcome.ANSWER else "")
    answers = [(before, after) for before, after in zip(given[::2], given[1::2], strict=True) if before]
    assert len(answers) > 50
    assert all(before == after for before, after in answers)
