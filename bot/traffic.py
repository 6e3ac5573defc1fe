"""Traffic on any platform: bounded queues, one reply to a message, what is in flight when the program ends.

Kept is, in memory and bounded, which reply a message got: ids, never words or authors.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.health.timing import Timing
from knowledge.incidents import report
from knowledge.tasks import break_off

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Iterator

    Job = Callable[[], Awaitable[None]]

# A channel's members read a handful of replies a minute: whoever waits behind more than this has gone on.
WAITING_IN_A_CHANNEL = 100
WAITING = 1_000
# Discord lets a bot send five messages in five seconds to a channel; more at once would only wait inside the library.
ABREAST = 5
# What is remembered of messages and of alarms; the oldest is forgotten first.
REMEMBERED = 10_000


@dataclass(slots=True)
class _Handled:
    """What became of a message. `reply` is the channel's and the message's id, `begun` when it arrived."""

    begun: float | None = None
    reply: tuple[int, int] | None = None
    taken_away: int = 0
    gone: bool = False
    rethought: bool = False


class Traffic:
    """`clock` gives seconds that never go back, like `time.monotonic`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._queues: dict[int, deque[Job]] = {}
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._abreast: dict[int, int] = {}
        self._in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._ending = False
        self._handled: OrderedDict[int, _Handled] = OrderedDict()
        self._noted: OrderedDict[Hashable, float] = OrderedDict()
        # From when a message arrived to when its reply was out.
        self.replies = Timing()

    @property
    def waiting(self) -> int:
        """How many jobs are queued and not begun."""
        return self._waiting

    @property
    def in_flight(self) -> int:
        """How much is being done."""
        return self._in_flight

    @property
    def ending(self) -> bool:
        """Whether the program is ending: what comes now is too late to be begun."""
        return self._ending

    # --- Queues -----------------------------------------------------------------------------

    def put(self, channel: int, job: Job, *, overheard: bool = False) -> bool:
        """Queue a job behind others of its channel. False when there are too many already.

        What was `overheard` fills no more than half of the room, so that who asks directly finds some left.
        """
        queue = self._queues.get(channel) or deque()
        takes = 2 if overheard else 1
        if len(queue) * takes >= WAITING_IN_A_CHANNEL or self._waiting * takes >= WAITING:
            return False
        queue = self._queues.setdefault(channel, queue)
        queue.append(job)
        self._waiting += 1
        if self._abreast.get(channel, 0) < ABREAST:
            self._abreast[channel] = self._abreast.get(channel, 0) + 1
            task = asyncio.create_task(self._drain(channel, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return True

    async def _drain(self, channel: int, queue: deque[Job]) -> None:
        """Do a channel's jobs until none is left, then end: no task outlives its work."""
        with self.busy():
            while queue:
                job = queue.popleft()
                self._waiting -= 1
                try:
                    await job()
                except Exception as error:  # noqa: BLE001  # one job's crash must not take the others' answers
                    report(error)
                # A job that never waited would otherwise hold the loop, and with it the heartbeat, for the whole queue.
                await asyncio.sleep(0)
        self._abreast[channel] -= 1
        if not self._abreast[channel]:
            del self._abreast[channel]
            del self._queues[channel]

    # --- What is in flight ------------------------------------------------------------------

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Count the work inside as in flight: an ending program waits for it."""
        self._in_flight += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._in_flight -= 1
            if not self._in_flight:
                self._idle.set()

    async def finish(self, limit: float) -> int:
        """Call the end, wait until all in flight is done, `limit` seconds at most; give how much was not."""
        self._ending = True
        try:
            async with asyncio.timeout(limit):
                await self._idle.wait()
        except TimeoutError:
            pass
        left = self._in_flight + self._waiting
        await break_off(*self._tasks)
        return left

    # --- One reply to a message -------------------------------------------------------------

    def begin(self, message: int) -> bool:
        """Claim a message. False when it was claimed before."""
        if message in self._handled:
            return False
        self._remember(message).begun = self._clock()
        return True

    def knows(self, message: int) -> bool:
        """Whether this run has had to do with a message."""
        return message in self._handled

    def sent(self, message: int, channel: int, reply: int) -> bool:
        """Note which reply a message got. False when the message was deleted meanwhile: so must be its reply."""
        handled = self._remember(message)
        if handled.begun is not None and not handled.rethought:
            self.replies.took(self._clock() - handled.begun)
            handled.begun = None
        handled.reply = (channel, reply)
        return not handled.gone

    def reply_to(self, message: int) -> tuple[int, int] | None:
        """Give channel and id of the reply that a message got."""
        handled = self._handled.get(message)
        return handled.reply if handled else None

    def unsent(self, message: int) -> tuple[int, int] | None:
        """Forget the reply to a message, which is being taken away or is gone; give its channel and id."""
        handled = self._handled.get(message)
        if handled is None or handled.reply is None:
            return None
        reply, handled.reply = handled.reply, None
        handled.taken_away += 1
        return reply

    def taken_away(self, message: int) -> int:
        """Give how many replies a message got that are `unsent`."""
        handled = self._handled.get(message)
        return handled.taken_away if handled else 0

    def gone(self, message: int) -> tuple[int, int] | None:
        """Note that a message was deleted; give channel and id of the reply that goes with it."""
        handled = self._handled.get(message)
        if handled is None:
            return None
        handled.gone = True
        return handled.reply

    def is_gone(self, message: int) -> bool:
        """Whether a message was deleted."""
        handled = self._handled.get(message)
        return handled is not None and handled.gone

    def rethink(self, message: int) -> bool:
        """Allow a message to be thought over again after an edit: True once."""
        handled = self._remember(message)
        if handled.rethought or handled.gone:
            return False
        handled.rethought = True
        return True

    def _remember(self, message: int) -> _Handled:
        handled = self._handled.setdefault(message, _Handled())
        while len(self._handled) > REMEMBERED:
            self._handled.popitem(last=False)
        return handled

    # --- What happened lately ---------------------------------------------------------------

    def note(self, key: Hashable) -> None:
        """Remember that `key` happened now."""
        self._noted[key] = self._clock()
        self._noted.move_to_end(key)
        while len(self._noted) > REMEMBERED:
            self._noted.popitem(last=False)

    def within(self, key: Hashable, seconds: float) -> bool:
        """Whether `key` happened in the last `seconds`."""
        at = self._noted.get(key)
        return at is not None and self._clock() - at < seconds
