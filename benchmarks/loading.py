"""How long a book takes to load, and to follow a save, beside plain parsers on the same data.

    python -m benchmarks.loading [ENTRIES ...]

Prints a line for each size (100, 1,000, 10,000 and 100,000 entries without arguments). `answer` is from the start of
the chat to the end of its first answer, from JSON Lines with answers of 150 words. `served` is from a save of one
changed entry to its being served, polling included; `held` the longest time for which the event loop stood still
meanwhile, with everything that follows the reload. Ends with 1 where a goal is missed: for the first answer at any
size, for the others at up to 10,000 entries.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.limits import start_to_answer
from bot.app import composer
from bot.book.reload import BookWatch
from bot.config import SHIPPED_BOOK, Config
from knowledge.content.book import read_book
from knowledge.content.writing import write_jsonl, write_toml
from knowledge.model import Answer, Question
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from knowledge.content.library import Snapshot

SIZES = (100, 1_000, 10_000, 100_000)
GOAL_SERVED, GOAL_HELD, GOAL_ENTRIES = 2.0, 0.050, 10_000
GOAL_ANSWER = 6.0
TITLE_WORDS, BODY_WORDS, LONG_BODY_WORDS = 10, 80, 150
# A knowledge file has less than 100 MB.
ENTRIES_A_FILE = 50_000


def made_up(entries: int, body_words: int = BODY_WORDS) -> list[Question]:
    """Recombine the shipped book's words into so many entries."""
    chance = random.Random(7)
    shipped = read_book([SHIPPED_BOOK]).questions
    known = sorted({word for question in shipped for answer in question.answers for word in words(answer.body)})
    return [
        Question(
            id=f"entry-{number}",
            title=f"{' '.join(chance.choices(known, k=TITLE_WORDS))} {number}?",
            answers=(Answer(" ".join(chance.choices(known, k=body_words)), name="Jo Doe, MD"),),
        )
        for number in range(entries)
    ]


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


async def longest_gap(
    work: Awaitable[None], clock: Callable[[], float] = time.perf_counter, pause: float = 0.001
) -> float:
    """Give the longest time, in seconds, in which the event loop did nothing else while `work` was under way.

    It is looked at every `pause` seconds. Where `work` never waits itself, a timer comes some turns of the loop late,
    so only a pause of 0 tells how long one turn takes; it also keeps the loop busy.
    """
    longest = 0.0
    task = asyncio.ensure_future(work)
    before = clock()
    while not task.done():
        await asyncio.sleep(pause)
        now = clock()
        longest, before = max(longest, now - before), now
    await task
    return longest


def change_first(file: Path, question: Question) -> None:
    new = file.with_suffix(".new")
    new.write_text(file.read_text("utf-8").replace(question.answers[0].body, "Changed.", 1), "utf-8")
    new.replace(file)


async def follow_a_save(file: Path, questions: Sequence[Question]) -> tuple[float, float]:
    """Give how long a changed entry takes until it is served, and for how long the loop was held."""
    watch = BookWatch([file], composer(Config(), samples=False))
    served = asyncio.Event()

    async def serve(snapshot: Snapshot, _files_hash: str) -> None:
        if "Changed." in snapshot.questions[questions[0].id].answers[0].body:
            served.set()

    took = 0.0

    async def save() -> None:
        nonlocal took
        await asyncio.to_thread(change_first, file, questions[0])
        begun = time.perf_counter()
        await served.wait()
        took = time.perf_counter() - begun
        await watch.idle()

    async with watch.following(serve):
        held = await longest_gap(save())
    return took, held


def first_answer(entries: int, folder: Path) -> float:
    """Give how long the first answer from a book in JSON Lines takes, from the start of the chat."""
    questions = made_up(entries, LONG_BODY_WORDS)
    book, settings = folder / "book", folder / "config.toml"
    book.mkdir()
    for begin in range(0, entries, ENTRIES_A_FILE):
        (book / f"{begin}.jsonl").write_text(write_jsonl(questions[begin : begin + ENTRIES_A_FILE]), "utf-8")
    settings.write_text('[knowledge]\npath = "book"\n', "utf-8")
    return seconds(lambda: start_to_answer(questions[0].title, "--config", str(settings)))


def measure(entries: int, folder: Path) -> tuple[float, ...]:
    questions = made_up(entries)
    toml, lines = folder / "book.toml", folder / "book.jsonl"
    toml.write_text(write_toml(questions), "utf-8")
    lines.write_text(write_jsonl(questions), "utf-8")
    plain = seconds(lambda: tomllib.loads(toml.read_text("utf-8")))
    plain_json = seconds(lambda: [json.loads(line) for line in lines.read_text("utf-8").splitlines()])
    ours, ours_json = (seconds(lambda file=file: read_book([file])) for file in (toml, lines))
    index = seconds(lambda: composer(Config(), samples=False)(questions))
    answer = first_answer(entries, folder)
    return plain, ours, plain_json, ours_json, index, answer, *asyncio.run(follow_a_save(toml, questions))


def main() -> int:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print("entries   tomllib     ours      json     ours     index    answer    served     held")
    missed = False
    for entries in sizes:
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(entries, Path(folder))
        *loading, served, held = figures
        shown = "".join(f"{figure:8.2f}s" for figure in itertools.chain(loading, (served,)))
        print(f"{entries:>7,} {shown} {held * 1000:6.0f}ms", flush=True)
        missed |= entries <= GOAL_ENTRIES and (served > GOAL_SERVED or held > GOAL_HELD)
        missed |= loading[-1] > GOAL_ANSWER
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
