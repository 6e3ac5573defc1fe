"""Texts that members may agree to have kept: in memory alone, until they decide or it was a while ago."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from weakref import WeakSet

from knowledge.curation.refusals import Refused
from knowledge.tasks import in_background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

NOT_HELD = (
    "Nothing was kept. I do not have your words any more, because it was a while ago or I was started again. "
    "Please ask again."
)
FORGOTTEN = "Nothing was kept, since you had everything deleted meanwhile."
# Discord's own messages of that kind live a quarter of an hour; a chat that was left open gets somewhat more.
LASTS = timedelta(hours=1)
_LOOK = 60.0  # seconds


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


class Agreement:
    """A member's word that something of theirs may be kept: it `holds` until they have everything deleted."""

    def __init__(self, member_id: str) -> None:
        self.member_id = member_id
        self.holds = True

    def require(self) -> None:
        """Raise `Refused` where it does not hold any more. Call it in the transaction that keeps something.

        Then what a deletion does not find, as it is not kept yet, is not kept after it either.
        """
        if not self.holds:
            raise Refused(FORGOTTEN)


class HeldTexts:
    """Holds `most` texts, each under the number of the request that brought it; the oldest is forgotten first."""

    def __init__(self, clock: Callable[[], datetime], most: int = 1_000) -> None:
        self._clock = clock
        self._most = most
        self._held: OrderedDict[int, tuple[datetime, HeldText]] = OrderedDict()
        self._agreements: WeakSet[Agreement] = WeakSet()

    @asynccontextmanager
    async def let_go_in_time(self) -> AsyncIterator[None]:
        """Let go of what was held for too long, every minute until this is left."""
        async with in_background(self._look_for_ever()):
            yield

    def put(self, number: int, held: HeldText) -> None:
        """Hold a text."""
        self._held[number] = (self._clock(), held)
        self._held.move_to_end(number)
        self.let_go()

    def let_go(self) -> None:
        """Let go of what was held for too long, and of the oldest where there is too much."""
        now = self._clock()
        while self._held and (len(self._held) > self._most or now - next(iter(self._held.values()))[0] > LASTS):
            self._held.popitem(last=False)

    def find(self, number: int, member_id: str) -> HeldText | None:
        """Give a member's text, or None where it is not held."""
        at, held = self._held.get(number, (None, None))
        if at is None or held is None or held.member_id != member_id or self._clock() - at > LASTS:
            return None
        return held

    def drop(self, number: int) -> None:
        """Hold it no longer."""
        self._held.pop(number, None)

    def agreement(self, member_id: str) -> Agreement:
        """Note that a text of a member is about to be kept, with their word."""
        agreement = Agreement(member_id)
        self._agreements.add(agreement)
        return agreement

    def forget(self, member_id: str) -> None:
        """Hold nothing of a member any longer, and have nothing of theirs kept that is not yet."""
        for agreement in self._agreements:
            agreement.holds = agreement.holds and agreement.member_id != member_id
        for number in [number for number, (_, held) in self._held.items() if held.member_id == member_id]:
            self.drop(number)

    async def _look_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            self.let_go()
