"""Try mutated knowledge files in a process of its own and print what became of them, as JSON.

python -m tests.bot.book.mutations NUMBER
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.book.keeper import BookKeeper, GoodBook
from bot.config import SHIPPED_BOOK
from knowledge.content.files import BookFile

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "book.toml"
# Put in at a random place.
INSERTED = [
    b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\r", b"\xe2\x80\xae",
    b"\xe2\x80\xa8", b'"', b"'", b'"""', b"'''", b"\\", b"[", b"]]", b"{", b"#", b"=", b"\n[[question]]\n",
    b"\n[[nothing]]\n", b"\n[question]\n", b"\n[[question.answers]]\n", b"\nx = " + b"[" * 5000,
    b"\nx = " + b"{a=" * 3000, b"\nx = " + b"9" * 5000, b"\nx = 1e999999\n", b"\nrating = nan\n", b"\nreviews = -1\n",
    b"\nid = 5\n", b"\ntitle = ''\n", b"\n" * 20_000, b'\nphrasings = ["' + b"a " * 100_000 + b'"]\n',
]  # fmt: skip


def mutated(good: bytes, chance: random.Random, number: int) -> tuple[str, bytes]:
    """Give what was done, and the mutated bytes."""
    if number % 4 == 0:
        return "cut", good[: number // 4 * 37 % len(good)]
    place = chance.randrange(len(good))
    if number % 4 == 1:
        return "insert", good[:place] + chance.choice(INSERTED) + good[place:]
    if number % 4 == 2:  # the third of four ways
        flipped = bytearray(good)
        for _ in range(chance.randint(1, 20)):
            flipped[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
        return "flip", bytes(flipped)
    end = min(len(good), place + chance.randint(1, 3000))
    return "move", good[:place] + good[end:] + good[place:end]


def most_held() -> float:
    """Give the most memory, in MB, that this process ever held. `getrusage` would count what its parent held."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(re.search(r"VmHWM:\s*(\d+)", status.read_text("ascii"))[1]) / 1024


def trials(number: int) -> Iterator[dict[str, object]]:
    """Judge so many mutated files while the good one is served."""
    good = SHIPPED_BOOK.read_bytes()
    keeper = BookKeeper([SHIPPED_BOOK], None, lambda: datetime.now(UTC))
    served = keeper.judge((BookFile(NAME, good),), None)
    assert isinstance(served, GoodBook)
    chance = random.Random(number)
    for tried in range(number):
        kind, data = mutated(good, chance, tried)
        begun = time.thread_time()
        judged = keeper.judge((BookFile(NAME, data),), served)
        taken = isinstance(judged, GoodBook)
        yield {
            "kind": kind,
            "seconds": time.thread_time() - begun,
            "taken": taken,
            "empty": taken and not judged.book.questions,
            "other": taken and judged.book.questions != served.book.questions,
            "lines": [] if taken else [fault.line for fault in judged.faults],
            "held": not taken and judged.held is not None,
            "last": data.count(b"\n") + 1,
        }


if __name__ == "__main__":
    found = list(trials(int(sys.argv[1])))
    sys.stdout.write(json.dumps({"trials": found, "megabytes": most_held()}))
