"""Ways of finding the stored question that somebody asks: the matcher, and what one would use instead."""

from __future__ import annotations

import gc
import json
import random
import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.model import Answer, Question
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LARGEST_WITH_ANSWERS = 100_000
_SET = Path(__file__).resolve().parents[2] / "shared" / "matching" / "diseases-typos"
_SEED = 20261122
_WORDS_AN_ANSWER = 150


def titles(count: int) -> tuple[list[str], list[str]]:
    """Give `count` distinct stored titles, and misspelt questions to ask."""
    if _SET.exists():
        stored = [json.loads(line)["title"] for line in (_SET / "stored.jsonl").open(encoding="utf-8")]
        asked = [json.loads(line)["text"] for line in (_SET / "asked.jsonl").open(encoding="utf-8")]
    else:
        stored, asked = _generated()
    chosen = dict.fromkeys(stored[:count])
    rng = random.Random(_SEED)
    while len(chosen) < count:
        one, other = rng.choice(stored).split(), rng.choice(stored).split()
        chosen[" ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :], "and", rng.choice(other)])] = None
    return list(chosen), asked


def _generated() -> tuple[list[str], list[str]]:
    rng = random.Random(_SEED)
    syllables = ["ca", "do", "mi", "re", "lo", "tu", "ne", "pha", "gly", "der", "ost", "ren"]
    topics = ["".join(rng.choices(syllables, k=rng.randint(2, 5))) for _ in range(8000)]
    forms = [
        "What causes {}?",
        "How is {} treated?",
        "What are the symptoms of {}?",
        "Is {} inherited?",
        "Who gets {}?",
    ]
    stored = [form.format(f"{rng.choice(topics)} {topic}") for topic in topics for form in forms]
    asked = ["hey " + title.lower().replace("t", "tt", 1) for title in rng.sample(stored, 1000)]
    return stored, asked


def questions(stored: Sequence[str]) -> list[Question]:
    """Give stored questions, with answers up to 100,000 of them."""
    rng = random.Random(_SEED)
    vocabulary = sorted({word for title in stored[:20_000] for word in words(title)})
    answered = len(stored) <= LARGEST_WITH_ANSWERS
    found = []
    for number, title in enumerate(stored):
        body = " ".join(rng.choices(vocabulary, k=_WORDS_AN_ANSWER)) if answered else "See a doctor."
        found.append(Question(id=f"q{number}", title=title, answers=(Answer(body=body),)))
    return found


def with_matcher(stored: Sequence[str]) -> tuple[float, Callable[[str], object]]:
    book = questions(stored)
    data = load_matching_data()
    start = time.perf_counter()
    matcher = Matcher.build(book, data)
    seconds = time.perf_counter() - start
    gc.collect()
    gc.freeze()
    return seconds, matcher.rank


def with_extract_one(stored: Sequence[str], scorer: Callable[..., float]) -> tuple[float, Callable[[str], object]]:
    start = time.perf_counter()
    choices = [utils.default_process(title) for title in stored]
    seconds = time.perf_counter() - start
    return seconds, lambda text: process.extractOne(utils.default_process(text), choices, scorer=scorer)


def with_fts5(stored: Sequence[str]) -> tuple[float, Callable[[str], object]]:
    start = time.perf_counter()
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE entry USING fts5(title, body, tokenize = 'porter unicode61')")
    base.executemany("INSERT INTO entry VALUES (?, ?)", ((q.title, q.answers[0].body) for q in questions(stored)))
    seconds = time.perf_counter() - start

    def ask(text: str) -> object:
        match = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
        find = "SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 3.0, 1.0) LIMIT 5"
        return base.execute(find, (match,)).fetchall()

    return seconds, ask


def with_tantivy(stored: Sequence[str]) -> tuple[float, Callable[[str], object]]:
    import tantivy  # noqa: PLC0415  # an extra: the other rows are printed without it

    start = time.perf_counter()
    schema = tantivy.SchemaBuilder().add_text_field("title", tokenizer_name="en_stem")
    index = tantivy.Index(schema.add_text_field("body", tokenizer_name="en_stem").build())
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for question in questions(stored):
        writer.add_document(tantivy.Document(title=question.title, body=question.answers[0].body))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    seconds = time.perf_counter() - start

    def ask(text: str) -> object:
        return searcher.search(index.parse_query(" ".join(dict.fromkeys(words(text))), ["title", "body"]), 5)

    return seconds, ask


WAYS: dict[str, Callable[[Sequence[str]], tuple[float, Callable[[str], object]]]] = {
    "matcher": with_matcher,
    "extractOne WRatio": partial(with_extract_one, scorer=fuzz.WRatio),
    "extractOne token_set": partial(with_extract_one, scorer=fuzz.token_set_ratio),
    "SQLite FTS5 bm25": with_fts5,
    "tantivy": with_tantivy,
}
