"""Leafing through what is live, for whoever does not know what to ask."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

from knowledge.content.contents import Contents, contents_of

if TYPE_CHECKING:
    from knowledge.content.library import Snapshot
    from knowledge.desk import AnswerDesk

# Servers whose table of contents is kept: a book of 100,000 takes a second to sort, and 10 MB to keep.
_KEPT = 8


class Browsing:
    """Tables of contents of what is live, each made when somebody first asks for it after a change."""

    def __init__(self, desk: AnswerDesk) -> None:
        self._desk = desk
        self._kept: OrderedDict[str, tuple[Snapshot, Contents]] = OrderedDict()

    async def contents(self, server_id: str = "") -> Contents:
        """Give the table of contents of what is live in a server; "" is the book alone."""
        snapshot = self._desk.snapshot_of(server_id)
        # Servers that changed nothing share the book's.
        key = server_id if snapshot is not self._desk.snapshot else ""
        kept = self._kept.get(key)
        if kept is None or kept[0] is not snapshot:
            kept = snapshot, await asyncio.to_thread(contents_of, snapshot.questions)
            self._kept[key] = kept
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return kept[1]
