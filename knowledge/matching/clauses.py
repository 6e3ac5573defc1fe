"""Sentences and clauses of a message, so that the asking part of a story can be told from the story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.matching.phrases import AUXILIARIES, INTERROGATIVES
from knowledge.text import words

_SENTENCE = re.compile(r"[^.!?;\n\u2026]*(?:[.!?;\n\u2026]+(?=\s|$)|[.!?;\n\u2026](?=\D)|$)")
# The look back keeps a long run of blanks from being tried from each of them.
_CLAUSE = re.compile(r"(?<!\s)\s*(?:,|\s-\s|\u2014|\s\u2013\s|:)\s*")
# A sentence of more words is a story without full stops: its commas part it.
_STORY = 16
_OPENERS = INTERROGATIVES | AUXILIARIES


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence, or a part of a long one: its normalised words, and whether a question mark ends it."""

    words: tuple[str, ...]
    marked: bool


def clauses(text: str) -> tuple[Clause, ...]:
    """Give the clauses of a text without markup, in order; parts without a word are left out."""
    found: list[Clause] = []
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        marked = sentence.rstrip(")\"' ").endswith("?")
        whole = words(sentence)
        cut = _CLAUSE.split(sentence)
        parts = [words(part) for part in cut] if len(cut) > 1 else [whole]
        if len(whole) <= _STORY and not any(part and part[0] in _OPENERS for part in parts[1:]):
            found.append(Clause(whole, marked))
            continue
        found.extend(Clause(part, marked and place == len(parts) - 1) for place, part in enumerate(parts))
    return tuple(clause for clause in found if clause.words)
