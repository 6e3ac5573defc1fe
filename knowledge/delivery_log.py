"""Which reply showed what, for adapters: claimed before it is sent, settled after, purged by age.

Answering goes on when the disk fails: what cannot be noted then is only not explained later.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.content.canonical import content_hash
from knowledge.errors import NotSaved
from knowledge.incidents import report
from knowledge.model import AnswerReply
from knowledge.records import deliveries, outbox, requests
from knowledge.records.deliveries import Delivery

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from knowledge.model import Decision, Question
    from knowledge.records.database import Database, Transaction

_log = logging.getLogger(__name__)

# Nobody sends a form again after a week.
_REQUESTS_KEPT = timedelta(days=7)
# After a write that failed, replies go out without being noted for so long: each would wait for the disk otherwise.
_PAUSE = timedelta(seconds=10)


class DeliveryLog:
    """`clock` gives aware times. Identifiers are the platform's, as text; the server of a direct message is ""."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._paused_until: datetime | None = None

    async def claim(self, asked_id: str, server_id: str, channel_id: str, decision: Decision) -> bool:
        """Take the right to reply to a message or interaction. False: it has a reply, or another copy is at it.

        Where the disk fails, the right is given: the platform's own guard against doubles has to do then.
        """
        delivery = _delivery(asked_id, server_id, channel_id, decision)

        async def claim(change: Transaction) -> bool:
            return await deliveries.claim(change, delivery, self._clock())

        return await self._noted(claim, otherwise=True)

    async def settle(self, asked_id: str, reply_id: str) -> None:
        """Note the message that carries the reply."""

        async def settle(change: Transaction) -> bool:
            return await deliveries.settle(change, asked_id, reply_id, self._clock())

        await self._noted(settle, otherwise=False)

    async def release(self, asked_id: str) -> None:
        """Give back a claim whose reply was surely not sent."""

        async def release(change: Transaction) -> bool:
            await deliveries.release(change, asked_id)
            return True

        await self._noted(release, otherwise=False)

    async def sent(self, asked_id: str, server_id: str, channel_id: str, decision: Decision, reply_id: str) -> None:
        """Note a reply that is out already, in place of an earlier one to the same message: a card never waits."""
        delivery = _delivery(asked_id, server_id, channel_id, decision)

        async def sent(change: Transaction) -> bool:
            await deliveries.forget(change, asked_id)
            await deliveries.claim(change, delivery, self._clock())
            return await deliveries.settle(change, asked_id, reply_id, self._clock())

        await self._noted(sent, otherwise=False)

    async def showed(self, channel_id: str, reply_id: str, question: Question) -> None:
        """Note that a reply shows `question` now, as after a choice."""

        async def show(change: Transaction) -> bool:
            return await deliveries.show(change, channel_id, reply_id, question.id, content_hash(question))

        await self._noted(show, otherwise=False)

    async def purge(self, keep: timedelta) -> int:
        """Turn what is older than `keep` into counts and give how much that was; forget what else is over as well."""
        now = self._clock()

        async def purge(change: Transaction) -> int:
            await requests.purge(change, now - _REQUESTS_KEPT)
            await outbox.purge(change, now - keep)
            return await deliveries.purge(change, now - keep)

        return await self._database.write(purge)

    async def _noted(self, note: Callable[[Transaction], Awaitable[bool]], *, otherwise: bool) -> bool:
        if self._paused_until is not None and self._clock() < self._paused_until:
            return otherwise
        try:
            return await self._database.write(note)
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
    )
