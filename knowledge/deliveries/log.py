"""Which reply showed what, for adapters: claimed before it is sent, settled after, looked up later.

Answering goes on when the disk fails: what cannot be noted then is only not explained later.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from knowledge.content.canonical import content_hash
from knowledge.deliveries.silences import Silences
from knowledge.errors import NotRead, NotSaved
from knowledge.incidents import report
from knowledge.model import AnswerReply
from knowledge.records import counts, deliveries
from knowledge.records.deliveries import Delivery
from knowledge.records.group_commit import Joined
from knowledge.statistics.counting import Count, Counted, counted_reply, nearest_entry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
    from datetime import datetime

    from knowledge.deliveries.last_heard import LastHeard
    from knowledge.deliveries.recall import Recalls
    from knowledge.model import Decision, Question
    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction

Found = TypeVar("Found")

_log = logging.getLogger(__name__)

# After a write that failed, replies go out without being noted for so long: each would wait for the disk otherwise.
_PAUSE = timedelta(seconds=10)
# No send of this run is under way for longer: what was claimed before and is not settled went wrong.
_SURELY_OVER = timedelta(minutes=5)
# What is looked up decides what a member sees next, at the worst an emergency card: nobody waits longer for the disk.
_LOOK_UP_SECONDS = 1.0
# Whose last direct message is older than this is not asked after.
_DIRECT_WITHIN = timedelta(days=7)


class DeliveryLog:
    """`clock` gives aware times. Identifiers are the platform's, as text; the server of a direct message is "".

    `silences` counts what got no reply, which leaves nothing else behind; `last_heard` tells the next run which
    messages these may be. A reply that is noted when its words are live no more is handed to `recalls`.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        recalls: Recalls,
        last_heard: LastHeard | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._recalls = recalls
        self._paused_until: datetime | None = None
        self.silences = Silences(database, clock, last_heard.note if last_heard is not None else None)
        self._of_an_earlier_run: frozenset[str] = frozenset()
        self._sent: Counter[Counted] = Counter()

    @property
    def counted(self) -> Mapping[Counted, int]:
        """What became of messages and commands since the start, in this run's memory alone; edits count again."""
        return self._sent + self.silences.noted

    async def begin(self) -> None:
        """Take stock of what an earlier run left open. To be called before the first claim of this one.

        It waits for the disk as long as that takes: what is overlooked now would have no reply until the next start.
        """
        left = await self._looked_up(deliveries.unsettled(self._database, self._clock() + timedelta(days=1)), ())
        self._of_an_earlier_run = frozenset(delivery.asked_id for delivery in left)

    async def claim(
        self, asked_id: str, server_id: str, channel_id: str, decision: Decision, *, direct: bool = False
    ) -> bool:
        """Take the right to reply to a message or interaction. False: it has a reply, or another copy is at it.

        Where the disk fails, the right is given: the platform's own guard against doubles has to do then.
        """
        delivery = replace(_delivery(asked_id, server_id, channel_id, decision), direct=direct)
        return await self._noted(Joined(self._claim_all, delivery), otherwise=True)

    async def settle(self, asked_id: str, reply_id: str) -> None:
        """Note the message that carries the reply."""

        async def settle(change: Transaction) -> bool:
            settled = await deliveries.settle(change, asked_id, reply_id, self._clock())
            await self._recalls.noted(change, asked_id)
            return settled

        await self._noted(settle, otherwise=False)

    async def release(self, asked_id: str) -> None:
        """Give back a claim whose reply was surely not sent."""

        async def release(change: Transaction) -> bool:
            await deliveries.release(change, asked_id)
            return True

        await self._noted(release, otherwise=False)

    async def sent(  # noqa: PLR0913  # what there is to note
        self,
        asked_id: str,
        server_id: str,
        channel_id: str,
        decision: Decision,
        reply_id: str,
        *,
        private: bool = False,
        direct: bool = False,
    ) -> None:
        """Note a reply that is out already, in place of an earlier one to the same message: a card never waits."""
        decided = _delivery(asked_id, server_id, channel_id, decision)
        delivery = replace(decided, reply_id=reply_id, private=private, direct=direct)
        self.silences.take_back(asked_id)
        self._sent[delivery.counted] += 1
        await self._noted(Joined(self._sent_all, delivery), otherwise=False)

    async def showed(self, channel_id: str, reply_id: str, entry_id: str, question: Question | None) -> None:
        """Note that a reply shows `question` now, as after a choice; or, with None, that this entry is withdrawn.

        With "" for the entry it shows none any more.
        """

        async def show(change: Transaction) -> bool:
            shown = content_hash(question) if question else ""
            asked_id = await deliveries.show(change, channel_id, reply_id, entry_id, shown)
            await self._recalls.noted(change, asked_id)
            return bool(asked_id)

        await self._noted(show, otherwise=False)

    async def missed(self, server_id: str) -> None:
        """Count a question that nobody answered and that is too old by now to be."""

        async def missed(change: Transaction) -> bool:
            missed = Count(counts.day_of(self._clock()), Counted.MISSED, "", 1)
            await counts.add(change, server_id, [missed])
            return True

        await self._noted(missed, otherwise=False)

    async def of(self, asked_id: str) -> Delivery | None:
        """Give what is known of the reply to a message; None also where the disk fails or takes long."""
        return await self._looked_up_soon(deliveries.of_asked(self._database, asked_id), None)

    async def uncertain(self) -> tuple[Delivery, ...]:
        """Give the claims of an earlier run, or of long ago, of which nobody knows whether their reply was sent."""
        now = self._clock()
        left = await self._looked_up(deliveries.unsettled(self._database, now + timedelta(days=1)), ())
        over = await self._looked_up(deliveries.unsettled(self._database, now - _SURELY_OVER), ())
        return tuple(delivery for delivery in left if delivery in over or delivery.asked_id in self._of_an_earlier_run)

    async def direct_channels(self, limit: int) -> tuple[str, ...]:
        """Give the channels of the newest direct messages that were replied to: no platform lists them."""
        since = self._clock() - _DIRECT_WITHIN
        return await self._looked_up(deliveries.direct_channels(self._database, since, limit), ())

    async def _looked_up_soon(self, reading: Awaitable[Found], otherwise: Found) -> Found:
        try:
            async with asyncio.timeout(_LOOK_UP_SECONDS):
                return await self._looked_up(reading, otherwise)
        except TimeoutError:
            _log.warning("A delivery was not looked up: the disk takes too long")
        return otherwise

    async def _looked_up(self, reading: Awaitable[Found], otherwise: Found) -> Found:
        try:
            return await reading
        except NotRead as error:
            _log.warning("A delivery was not looked up: %s", error)
        except Exception as error:  # noqa: BLE001  # as for what is noted
            report(error)
        return otherwise

    async def _claim_all(self, change: Transaction, wanted: Sequence[Delivery]) -> Sequence[bool]:
        return await deliveries.claim_all(change, wanted, self._clock())

    async def _sent_all(self, change: Transaction, noted: Sequence[Delivery]) -> Sequence[bool]:
        await deliveries.sent_all(change, noted, self._clock())
        await self._recalls.noted_now(change, noted)
        return [True] * len(noted)

    async def _noted(
        self, note: Callable[[Transaction], Coroutine[Any, Any, bool]] | Joined[Delivery, bool], *, otherwise: bool
    ) -> bool:
        if self._paused_until is not None and self._clock() < self._paused_until:
            return otherwise
        try:
            return await self._database.write_in_group(note)
        except NotSaved as error:
            self._paused_until = self._clock() + _PAUSE
            _log.warning("A delivery was not noted: %s", error)
        except Exception as error:  # noqa: BLE001  # nobody goes without an answer because it cannot be noted
            report(error)
        return otherwise


def _delivery(asked_id: str, server_id: str, channel_id: str, decision: Decision) -> Delivery:
    shown = decision.reply.question if isinstance(decision.reply, AnswerReply) else None
    match = decision.ranking.matches[0] if decision.ranking and decision.ranking.matches else None
    return Delivery(
        asked_id=asked_id,
        server_id=server_id,
        channel_id=channel_id,
        outcome=decision.outcome,
        entry_id=shown.id if shown else "",
        content_hash=content_hash(shown) if shown else "",
        confidence=match.confidence if match else None,
        guards=tuple(finding.guard for finding in match.guards) if match else (),
        counted=counted_reply(decision),
        nearest_id="" if shown else nearest_entry(decision),
    )
