"""The ranking processes that a process has."""

from __future__ import annotations

from pathlib import Path


def rankers_of(process: int) -> list[int]:
    """Give their ids; those that have just ended are left out."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    found = [int(number) for one in children for number in one.read_text("ascii").split()]
    return [number for number in found if b"bot.ranking.worker" in _command(number)]


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""
