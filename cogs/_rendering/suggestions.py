"""Texts as the names of what is suggested while somebody types."""

from __future__ import annotations

from cogs._rendering import limits
from knowledge.text import showable


def suggestion_name(text: str) -> str:
    """Give a text as the name of a suggestion: one line, shortened where it is too long."""
    line = " ".join(showable(text).split()) or "(no words)"
    room = limits.SUGGESTION_NAME
    return line if limits.size(line) <= room else f"{line[: room // 2 if limits.size(line) > len(line) else room - 1]}…"
