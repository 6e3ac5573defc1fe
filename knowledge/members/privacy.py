"""What is kept about a member, in all servers: shown to them, deleted for them, and what is not read of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.curation.waiting import Ended, Ending
from knowledge.records import notifications, opt_outs, outbox, queue, traces, votes, wordings
from knowledge.records.notifications import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from knowledge.curation.votes import Vote
    from knowledge.curation.waiting import MemberQuestion
    from knowledge.curation.wordings import ShownWording
    from knowledge.members.held import HeldTexts
    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction


@dataclass(frozen=True, slots=True)
class KeptOfMember:
    """Everything that is kept of a member. `to_be_told` counts answers that are on their way to them.

    `signed` counts what they did as a moderator or admin: that stays with what they wrote. `opted_out` is whether their
    messages in watched channels are not read.
    """

    askings: tuple[MemberQuestion, ...]
    wordings: tuple[ShownWording, ...]
    votes: tuple[Vote, ...]
    to_be_told: int
    signed: int
    opted_out: bool


class Privacy:
    """Works in every server and in direct messages alike. Raises `NotRead` and `NotSaved`."""

    def __init__(
        self,
        database: Database,
        held: HeldTexts,
        opted_out: set[str],
        read_since: dict[str, datetime],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._held = held
        self._opted_out = opted_out
        self._read_since = read_since
        self._clock = clock

    async def kept(self, member_id: str) -> KeptOfMember:
        """Give what is kept of a member."""
        return KeptOfMember(
            askings=await queue.of_member(self._database, member_id),
            wordings=await wordings.of_member(self._database, member_id),
            votes=await votes.of_member(self._database, member_id),
            to_be_told=await notifications.waiting_for(self._database, member_id),
            signed=await traces.signed_by(self._database, member_id),
            opted_out=self.opted_out(member_id),
        )

    async def forget(self, member_id: str) -> None:
        """Delete everything that a member may have deleted, and tell them of nothing any more.

        What they chose not to have read stays so.
        """
        self._held.forget(member_id)
        now = self._clock()

        async def forget(change: Transaction) -> None:
            await queue.end(change, await queue.forget(change, member_id), Ended(Ending.TAKEN_BACK), now)
            await wordings.forget(change, member_id)
            await votes.forget(change, member_id)
            await outbox.cancel(change, ANSWERED, "member", member_id, now)

        await self._database.write(forget)
        await self._database.forget_old_pages()

    def opted_out(self, member_id: str, written_at: datetime | None = None) -> bool:
        """Whether a member's messages in watched channels are not to be read; from memory.

        Of one that is come upon later, `written_at` tells when it was written: opting in again lets nobody read what
        was written before.
        """
        since = self._read_since.get(member_id)
        before = since is not None and written_at is not None and written_at < since
        return before or member_id in self._opted_out

    async def opt_out(self, member_id: str) -> None:
        """Read a member's messages in watched channels no more, from this moment."""
        await self._database.write(lambda change: opt_outs.keep(change, member_id, self._clock()))
        self._opted_out.add(member_id)

    async def opt_in(self, member_id: str) -> None:
        """Read again what a member writes in watched channels from now on."""
        now = self._clock()
        await self._database.write(lambda change: opt_outs.remove(change, member_id, now))
        if member_id in self._opted_out:
            self._read_since[member_id] = now
        self._opted_out.discard(member_id)
