"""Texts that members may agree to have kept: in memory alone, until they decide or it was a while ago."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

NOT_HELD = (
    "Nothing was kept. I do not have your words any more, because it was a while ago or I was started again. "
    "Please ask again."
)
# Discord's own messages of that kind live a quarter of an hour; a chat that was left open gets somewhat more.
_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HeldText:
    """What a member asked: where, and in which message, "" where there is none that others see.

    `entry_id` is the entry that they chose, `rejected` the one that is not their question; each may be "". A `text`
    that stands in the message need not be held.
    """

    server_id: str
    member_id: str
    channel_id: str
    message_id: str
    text: str
    entry_id: str = ""
    rejected: str = ""


class HeldTexts:
    """Holds `most` texts, each under the number of the request that brought it; the oldest is forgotten first."""

    def __init__(self, clock: Callable[[], datetime], most: int = 1_000) -> None:
        self._clock = clock
        self._most = most
        self._held: OrderedDict[int, tuple[datetime, HeldText]] = OrderedDict()

    def put(self, number: int, held: HeldText) -> None:
        """Hold a text, and let go of those held for too long."""
        now = self._clock()
        self._held[number] = (now, held)
        self._held.move_to_end(number)
        while len(self._held) > self._most or now - next(iter(self._held.values()))[0] > _LASTS:
            self._held.popitem(last=False)

    def find(self, number: int, member_id: str) -> HeldText | None:
        """Give a member's text, or None where it is not held."""
        at, held = self._held.get(number, (None, None))
        if at is None or held is None or held.member_id != member_id or self._clock() - at > _LASTS:
            return None
        return held

    def drop(self, number: int) -> None:
        """Hold it no longer."""
        self._held.pop(number, None)

    def forget(self, member_id: str) -> None:
        """Hold nothing of a member any longer."""
        for number in [number for number, (_, held) in self._held.items() if held.member_id == member_id]:
            self.drop(number)
