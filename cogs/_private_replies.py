"""Private replies that may still be edited: Discord lets nobody do that but through the interaction they answered."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogs._interactions import Interaction

# Discord's own is 15 minutes; an edit on its last second would fail.
_LIFE_SECONDS = 14 * 60.0
_KEPT = 1_000


class PrivateReplies:
    """The interactions behind private replies, in memory alone and no longer than they are good for."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[float, Interaction]] = OrderedDict()

    def keep(self, reply: int, interaction: Interaction) -> None:
        """Remember by which interaction a reply may be edited; a later one takes the place of an earlier one."""
        self._kept.pop(reply, None)
        self._kept[reply] = (time.monotonic() + _LIFE_SECONDS, interaction)
        while len(self._kept) > _KEPT or next(iter(self._kept.values()))[0] < time.monotonic():
            self._kept.popitem(last=False)

    def find(self, reply: int) -> Interaction | None:
        """Give the interaction by which a reply may be edited, or None where it is too late."""
        until, interaction = self._kept.get(reply, (0.0, None))
        return interaction if until > time.monotonic() else None
