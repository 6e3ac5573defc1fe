"""Ids for entries that come without one."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from knowledge.content.limits import ID_LIMIT
from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Container

_HASH = 8


def id_from_title(title: str) -> str:
    """Give the id that belongs to `title`: its words, and a hash where they do not fit or say nothing.

    The same title always gives the same id, whatever else the book holds.
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(title).replace("'", "").replace("\u2019", "")).strip("-")
    if words and len(words) <= ID_LIMIT:
        return words
    digest = hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
    return f"{words[: ID_LIMIT - _HASH - 1].rsplit('-', 1)[0]}-{digest}".lstrip("-")


def unused_id(title: str, used: Container[str]) -> str:
    """Give the id that belongs to `title`, numbered where another entry has it already."""
    wanted = id_from_title(title)
    number, chosen = 1, wanted
    while chosen in used:
        number += 1
        tail = f"-{number}"
        chosen = wanted[: ID_LIMIT - len(tail)] + tail
    return chosen
