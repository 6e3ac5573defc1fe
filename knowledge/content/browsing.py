"""Leafing through what is live, for whoever does not know what to ask."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING

from knowledge.content.contents import Contents, contents_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.content.library import Snapshot

# Servers whose table of contents is kept: a book of 100,000 takes a second to sort.
_KEPT = 8


class Browsing:
    """Tables of contents of what is live, each made when somebody first asks for it after a change.

    `snapshot_of` gives what is live in a server; "" is the book alone.
    """

    def __init__(self, snapshot_of: Callable[[str], Snapshot]) -> None:
        self._snapshot_of = snapshot_of
        self._kept: OrderedDict[str, Contents] = OrderedDict()

    async def contents(self, server_id: str = "") -> Contents:
        """Give the table of contents of what is live in a server."""
        snapshot = self._snapshot_of(server_id)
        # Servers that changed nothing share the book's.
        key = server_id if snapshot is not self._snapshot_of("") else ""
        found = self._kept.get(key)
        if found is None:
            found = await asyncio.to_thread(contents_of, snapshot.questions)
            if self._snapshot_of(key) is snapshot:
                self._kept[key] = found
                self._trim()
        else:
            self._kept.move_to_end(key)
        return found

    def forget(self, server_id: str = "") -> None:
        """Forget a server's table of contents, as it changed; with "" all of them, as the book did."""
        if server_id:
            self._kept.pop(server_id, None)
        else:
            self._kept.clear()

    def _trim(self) -> None:
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
