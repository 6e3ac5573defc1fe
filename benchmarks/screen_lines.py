"""The labelled lines that the emergency screen's weights are learned from and judged by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Config
from knowledge.content.book import read_book
from knowledge.model import Tier, Verdict
from knowledge.safety.emergency import Screen
from knowledge.safety.rules import load_rules
from knowledge.safety.ruleset import ABOUT_ANOTHER, SELF_HARM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.safety.reading import Reading

HERE = Path(__file__).resolve().parents[1]
OWN = HERE / "tests/knowledge/safety/data/lines.jsonl"
ASKED = HERE / "tests/data/labelled.jsonl"
SHARED = HERE.parent / "shared"
# Questions and chat of other people: but for questions to doctors, they hold next to no emergency.
CALM_SETS = {
    "assistant": SHARED / "matching/assistant/asked.jsonl",
    "stackfaq": SHARED / "matching/stackfaq/asked.jsonl",
    "diseases-typos": SHARED / "matching/diseases-typos/asked.jsonl",
    "medical-pairs": SHARED / "matching/medical-pairs/asked.jsonl",
    "chatter": SHARED / "chatter/asked.jsonl",
}
CALM = "calm"
# The kind of alarm that a line of a category is an instance of. One model for each kind finds more than one for all:
# what tells of a swallowed battery and what tells of a stroke have few words in common.
_KINDS = {
    "suicide_self_harm": "suicide",
    "poisoning_overdose": "poisoning",
    "violence": "violence",
}
_OTHER_KIND = "other"
KINDS = (*_KINDS.values(), _OTHER_KIND)


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled text as the screen reads it. `kind` is calm or a kind of alarm, `author` the set it came in.

    `by_rules` is what the rules made of it before any rule was written with it in view; None where nobody noted that.
    A tolerated line is calm, but one where an alarm is no fault. `another` tells of a line about suicide that it is
    about another person than its writer.
    """

    reading: Reading
    kind: str
    author: str
    by_rules: Verdict | None = None
    tolerated: bool = False
    another: bool = False


def all_lines() -> list[Line]:
    """Read every labelled line there is."""
    rules = load_rules()
    screen = Screen(rules)
    lines = [_own(screen, line) for line in read(OWN)]
    lines += [_own(screen, {"half": "development", **line}) for line in read(SHARED / "emergency/dev.jsonl")]
    for rule in rules.rules:
        if rule.strength == "strong":
            kind, another = _kind_of(rule.category), rule.category == ABOUT_ANOTHER
            lines.append(Line(screen.reading(rule.example), kind, "rules", another=another))
    for question in read_book(Config().knowledge.path).questions:
        texts = (*question.wordings, *question.examples)
        lines += [Line(screen.reading(text), CALM, "book") for text in texts]
    for line in read(ASKED):
        kind = _OTHER_KIND if line["want"] == "emergency" else CALM
        lines.append(Line(screen.reading(line["text"]), kind, "asked"))
    lines += [line for name, path in CALM_SETS.items() for line in _calm(screen, name, path)]
    return lines


def read(path: Path) -> list[dict[str, str]]:
    """Read a file of JSON Lines; ends the program where it is not there."""
    if not path.exists():
        raise SystemExit(f"The lines to learn from are not all here: {path} is missing.")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _own(screen: Screen, line: dict[str, str]) -> Line:
    tier, _, category = line.get("first_look", "").partition(" ")
    return Line(
        screen.reading(line["text"]),
        _KINDS.get(line["category"], _OTHER_KIND) if line["emergency"] else CALM,
        line["half"],
        Verdict(Tier(tier), category) if tier else None,
        tolerated=(line.get("note") or "").startswith("border"),
        another=bool(line.get("another")),
    )


def _calm(screen: Screen, name: str, path: Path) -> Iterator[Line]:
    for line in read(path):
        verdict = screen(line["text"])
        # Questions to doctors do hold emergencies. Were those that the rules find left out, or called calm, the weights
        # would learn that nobody who asks a doctor politely is in danger.
        kind = _kind_of(verdict.category) if verdict.tier is Tier.EMERGENCY else CALM
        yield Line(screen.reading(line["text"]), kind, name, verdict, another=verdict.category == ABOUT_ANOTHER)


def _kind_of(category: str) -> str:
    """Give the kind of alarm that a rule's category is an instance of."""
    if category in SELF_HARM:
        return "suicide"
    if category == "opioid":
        return "poisoning"
    return category if category in KINDS else _OTHER_KIND
