"""How long people wait: from start to the first answer, for hostile texts, and for the emergency screen.

    python -m benchmarks.limits

Prints a line for each figure with its goal, and ends with 1 where one is missed.
"""

from __future__ import annotations

import os
import pty
import re
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import load_snapshot
from bot.config import Config
from knowledge.model import Place
from knowledge.respond import respond

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
QUESTION = "can botox stop my cheek from twitching"
# The last words of the notice: once they are there, the answer is.
ANSWERED = b"relationship."
STARTS = 9
ROUNDS = 25
GOAL_START, GOAL_REPLY, GOAL_SCREEN = 1000.0, 100.0, 5.0

HOSTILE = {
    "empty": "",
    "white space": " \t\u3000\n " * 20,
    "4,000 characters, one word": "x" * 4000,
    "4,000 characters, many words": "why does my cheek twitch after botox and what can I do about it " * 62,
    "4,000 characters, unknown words": " ".join(f"qz{number:04}xv" for number in range(444)),
    "4,000 characters, near misses": " ".join(["twitchng botxo cheeek injecton"] * 129),
    "one token 4,000 times": "botox " * 4000,
    "emoji only": "\U0001f600\U0001f9e0\U0001f44d\U0001f3fd" * 500,
    "NUL": "\x00" * 4000,
    "lone surrogates": "\ud800\udfff\ud83d" * 1300,
    "zalgo": ("z" + "\u0301\u0316\u0489" * 40) * 33,
    "bidi overrides": "\u202e\u2066xotob nac\u2069\u202c" * 300,
    "zero width between letters": "\u200b".join("can botox stop my cheek from twitching " * 50),
    "ligatures that unfold": "\ufdfa" * 4000,
    "hyphens and slashes": "a-/" * 1333,
}
ALARMING = {
    "nothing alarming": "why does my cheek twitch after botox and what can I do about it " * 62,
    "alarm at the end": "x " * 1980 + "chest pain and I cannot breathe",
    "nearly alarms": "chest is fine pain is gone breathe well not dying no overdose " * 64,
    "one letter": "a" * 4000,
    "spaced letters": "c h e s t p a i n " * 222,
    "leet": "ch3st p4in c4nt br34the 0verd0se " * 121,
    "zero width": "\u200b".join("chest pain cannot breathe " * 77),
    "zalgo": ("s" + "\u0301\u0316\u0489" * 40) * 33,
    "negations": "no not never without " * 190,
    "unfolding ligatures": "\ufdfa" * 4000,
}


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Give the median and the longest time of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), max(times)


def start_to_answer(question: str = QUESTION, *options: str) -> None:
    """Start the chat on a terminal, type a question at once, and wait for the end of its answer.

    `options` are those of `python -m bot`.
    """
    ours, theirs = pty.openpty()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *options],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env=environment,
        )
        try:
            os.write(ours, f"{question}\n".encode())
            seen = b""
            while ANSWERED not in re.sub(rb"\s+", b" ", seen) and select.select([ours], [], [], 30)[0]:
                seen += os.read(ours, 65536)
        finally:
            process.kill()
            process.wait()
            os.close(ours)
            os.close(theirs)


def line(label: str, median: float, worst: float, goal: float) -> bool:
    """Print a figure, and tell whether it reaches its goal: every single time, where it is not a start."""
    reached = (median if goal == GOAL_START else worst) < goal
    verdict = "ok" if reached else "MISSED"
    print(f"  {label:<34} {median:9.2f} {worst:9.2f}   under {goal:g}  {verdict}")
    return reached


def main() -> int:
    print(f"{'Milliseconds':<36} {'median':>9} {'worst':>9}   goal")
    reached = []
    print(f"From start to the end of the first answer, in a terminal ({STARTS} starts; the goal is for the median)")
    start_to_answer()
    reached.append(line("start to first answer", *milliseconds(start_to_answer, STARTS), GOAL_START))
    snapshot = load_snapshot(Config(), samples=True)
    print(f"A reply on the shipped book, {len(snapshot.questions)} questions (the goal is for the worst of {ROUNDS})")
    for label, text in {"an ordinary question": QUESTION, **HOSTILE}.items():
        times = milliseconds(lambda text=text: respond(snapshot, text, Place(addressed=True)))
        reached.append(line(label, *times, GOAL_REPLY))
    print(f"The emergency screen, 4,000 characters (the goal is for the worst of {ROUNDS})")
    for label, text in ALARMING.items():
        reached.append(line(label, *milliseconds(lambda text=text[:4000]: snapshot.screen(text)), GOAL_SCREEN))
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
