"""Reload a book again and again in a process of its own, and print its memory now and then, as JSON.

python -m tests.bot.book.reloads NUMBER FOLDER
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from tests.bot.book.conftest import Followed, book

PAGE = 4096
NAMES = [f"toe-{number}" for number in range(100)]


def megabytes() -> float:
    """Give the memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE / 1e6


async def main(number: int, folder: Path) -> None:
    followed = Followed(folder / "book.toml", folder / "data")
    followed.file.write_text(book(NAMES), "utf-8")
    followed.start()
    held = []
    for reload in range(number):
        followed.file.write_text(book(NAMES, **dict.fromkeys(NAMES[: reload % 100], f"Rest {reload} days.")), "utf-8")
        await followed.settle()
        assert followed.watch.status.is_current
        del followed.served[:-1]
        if reload % (number // 20) == 0:
            held.append(megabytes())
    sys.stdout.write(json.dumps(held))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
