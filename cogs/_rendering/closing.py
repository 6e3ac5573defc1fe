"""What closes every message with stored words: the texts that operators and admins put above the notice, and it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._rendering.escape import escaped, tidy
from cogs._rendering.layouts import texts

if TYPE_CHECKING:
    from knowledge.model import Notice


def closing(notice: Notice, *, short: bool = False) -> tuple[str, ...]:
    """Give the texts of the last block of a message, the notice last, in its `short` form for a list of choices."""
    return texts(*(escaped(tidy(text)) for text in notice.above), notice.short if short else notice.full)
