"""Cooldowns on any platform: the same answer in a channel, and a member's answers in a server.

Kept is, in memory and bounded, which reply gave which answer where, and when a member was last answered: ids, no words.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

# What is remembered of answers and of members, each; the oldest is forgotten first.
REMEMBERED = 10_000
ON_ITS_WAY = 0


@dataclass(slots=True)
class _Given:
    """An answer that a channel got, or is getting: `reply` is its message's id."""

    at: float
    reply: int = ON_ITS_WAY


class Cooldowns:
    """`clock` gives seconds that never go back, like `time.monotonic`. An `answer` is named by what it says."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._given: OrderedDict[tuple[int, str], _Given] = OrderedDict()
        self._shown_by: dict[int, tuple[int, str]] = {}
        self._members: OrderedDict[Hashable, deque[float]] = OrderedDict()

    # --- The same answer in a channel -------------------------------------------------------

    def earlier(self, channel: int, answer: str, seconds: float) -> int | None:
        """Give the reply that brought this answer to a channel in the last `seconds`, ON_ITS_WAY before it is sent."""
        given = self._given.get((channel, answer))
        return given.reply if given is not None and self._clock() - given.at < seconds else None

    def begin(self, channel: int, answer: str) -> None:
        """Note that an answer is on its way to a channel."""
        self._put((channel, answer), _Given(self._clock()))

    def shown(self, channel: int, answer: str, reply: int) -> None:
        """Note that a reply shows this answer now, whatever it showed before; "" is none."""
        self.gone(reply)
        if answer:
            self._put((channel, answer), _Given(self._clock(), reply))
            self._shown_by[reply] = (channel, answer)

    def not_sent(self, channel: int, answer: str) -> None:
        """Note that what was on its way did not arrive."""
        given = self._given.get((channel, answer))
        if given is not None and given.reply == ON_ITS_WAY:
            del self._given[channel, answer]

    def gone(self, reply: int) -> None:
        """Note that a reply was deleted, or shows nothing of that kind any more."""
        key = self._shown_by.pop(reply, None)
        if key is not None and key in self._given and self._given[key].reply == reply:
            del self._given[key]

    def _put(self, key: tuple[int, str], given: _Given) -> None:
        before = self._given.pop(key, None)
        if before is not None:
            self._shown_by.pop(before.reply, None)
        self._given[key] = given
        while len(self._given) > REMEMBERED:
            _, oldest = self._given.popitem(last=False)
            self._shown_by.pop(oldest.reply, None)

    # --- A member's answers -----------------------------------------------------------------

    def take(self, member: Hashable, answers: int, seconds: float) -> float:
        """Take the right to one more answer, of `answers` in `seconds`; 0 is taken, else the seconds to wait for it."""
        taken, now = self._members.get(member, deque[float]()), self._clock()
        while taken and now - taken[0] >= seconds:
            taken.popleft()
        if len(taken) >= answers:
            return seconds - (now - taken[-answers])
        taken.append(now)
        self._members[member] = taken
        self._members.move_to_end(member)
        while len(self._members) > REMEMBERED:
            self._members.popitem(last=False)
        return 0.0

    def give_back(self, member: Hashable) -> None:
        """Give back the right that was taken last: nothing was sent."""
        taken = self._members.get(member)
        if taken:
            taken.pop()
