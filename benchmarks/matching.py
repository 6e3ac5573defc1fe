"""Speed and memory of the matcher, beside what one would use instead, in one run on the same questions.

    python -m benchmarks.matching [SIZE ...]        sizes: 1000 10000 100000 (default), 1000000

For each size: build time, process memory, p50 and p99 of one question on one core, for the matcher, for
`rapidfuzz.process.extractOne` (WRatio and token_set_ratio), for SQLite FTS5 (BM25, the same words) and for tantivy
(extra `benchmarks`). Questions are timed by the processor's clock, so that other work on the machine counts little.
Each way runs in a process of its own, so that memory is its own, and they are asked in turns, so that a slow minute is
one for all. Up to 100,000 questions have answers of about 150 words; a million have none. Then, at the largest size up
to 100,000: a new entry, hostile texts, and, while one question after another is asked, for how long the event loop
stood still at most, and how long a timer of 1 ms took at most.

Questions come from `../shared/matching/diseases-typos` where it is, else they are generated; further ones are titles
with the topic of another put in.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import multiprocessing
import resource
import statistics
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from benchmarks.loading import longest_gap
from benchmarks.searching import LARGEST_WITH_ANSWERS, WAYS, questions, titles
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.model import Answer, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

_SLOW_TRIES = 50
_TRIES = 500
_TURNS = 5
_HOSTILE = {
    "4,000 equal characters": "a" * 4000,
    "one word 2,000 times": "what " * 2000,
    "700 distinct words": " ".join(
        f"{'bcdfghjklmnpqrstvwxyz'[n % 21]}{'aeiou'[n % 5]}{n % 97}word{n}" for n in range(700)
    ),
    "64 of the commonest words": " ".join(
        ["what is the symptoms of syndrome treatment disease for how to who are do i need"] * 4
    ),
    "CJK": "什么是糖尿病的症状和治疗方法" * 300,
}


class Runner:
    """One way in a process of its own, built and ready to be asked. `seconds` is what building it took."""

    def __init__(self, way: str, size: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._line, far_end = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(far_end, way, size))
        self._process.start()
        self._tries = _SLOW_TRIES if way.startswith("extractOne") and size > 10_000 else _TRIES  # noqa: PLR2004
        self.seconds: float = self._line.recv()
        self.times: list[float] = []

    def ask(self, turn: int) -> None:
        """Ask the questions of one turn, and note how long each took, in seconds."""
        share = self._tries // _TURNS
        self._line.send((turn * share, (turn + 1) * share))
        self.times += self._line.recv()

    def close(self) -> float:
        """End the process; give the most memory that it had, in MB."""
        self._line.send(None)
        memory: float = self._line.recv()
        self._process.join()
        return memory


def _serve(line: Connection, way: str, size: int) -> None:
    stored, asked = titles(size)
    seconds, ask = WAYS[way](stored)
    line.send(seconds)
    while span := line.recv():
        line.send([_timed(ask, text) for text in asked[slice(*span)]])
    line.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def compare(size: int) -> None:
    """Print a row for each way at a size.

    The ways take turns: a machine that is slower in one minute than in the next is so for all of them.
    """
    heads = "".join(f"{head:>10s}" for head in ("build s", "MB", "p50 ms", "p99 ms", "x p50"))
    print(f"\n{size:,} stored questions{heads:>66s}")
    installed = [way for way in WAYS if way != "tantivy" or find_spec("tantivy")]
    runners = {way: Runner(way, size) for way in installed}
    for turn in range(_TURNS):
        for runner in runners.values():
            runner.ask(turn)
    base = statistics.median(runners["matcher"].times)
    for way, runner in runners.items():
        p50, p99 = statistics.median(runner.times), sorted(runner.times)[int(len(runner.times) * 0.99)]
        figures = f"{runner.seconds:10.2f}{runner.close():10.0f}{1e3 * p50:10.2f}{1e3 * p99:10.2f}{p50 / base:10.1f}"
        print(f"  {way:36s}{figures}", flush=True)
    if "tantivy" not in runners:
        print("  tantivy: not installed (extra `benchmarks`)")


def _timed(ask: Callable[[str], object], text: str) -> float:
    start = time.thread_time()
    ask(text)
    return time.thread_time() - start


def more(size: int) -> list[str]:
    """Give what else is promised of the matcher at a size: a new entry, hostile texts beside a normal question."""
    stored, asked = titles(size)
    matcher = Matcher.build(questions(stored), load_matching_data())
    gc.collect()
    gc.freeze()
    normal = sorted(_timed(matcher.rank, text) for text in asked[:_TRIES])[_TRIES // 2]
    entry = Question(id="new", title="Does a zebrafish allergy go away?", answers=(Answer(body="It may."),))
    added = sorted(_timed(lambda _: matcher.with_layer([entry]), "") for _ in range(50))[25]
    seen = matcher.with_layer([entry]).rank(entry.title).matches[0].question.id == "new"
    lines = [f"a new entry is {'found' if seen else 'NOT FOUND'} after {1000 * added:.2f} ms"]
    for name, text in _HOSTILE.items():
        cost = min(_timed(matcher.rank, text) for _ in range(5))
        lines.append(f"{name}: {1000 * cost:.2f} ms, {cost / normal:.1f} times a normal question")
    held, late = (
        1000 * asyncio.run(longest_gap(_ask_all(matcher, asked[:_TRIES]), time.thread_time, pause))
        for pause in (0.0, 0.001)
    )
    lines.append(f"the event loop was held for {held:.1f} ms at most while {_TRIES} questions were asked")
    return [*lines, f"a timer of 1 ms, behind three of these questions each time, took {late:.1f} ms at most"]


async def _ask_all(matcher: Matcher, asked: Sequence[str]) -> None:
    for text in asked:
        matcher.rank(text)
        await asyncio.sleep(0)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sizes", nargs="*", type=int, default=[1000, 10_000, 100_000], metavar="SIZE")
    sizes = options.parse_args().sizes
    for size in sizes:
        compare(size)
    largest = max(size for size in (*sizes, 1000) if size <= LARGEST_WITH_ANSWERS)
    print(f"\nthe matcher at {largest:,}")
    print("\n".join(f"  {line}" for line in _alone(more, largest)))


def _alone(what: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401  # what it gives is what `what` gives
    """Run in a fresh process, so that memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(what, arguments)


if __name__ == "__main__":
    main()
