"""Passing on to a server's moderators what a member agreed to have kept: a question, or a wording of one.

`key` names the press: one key keeps something once, however often it arrives.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from knowledge.curation.refusals import Refused
from knowledge.curation.waiting import (
    Ended,
    Ending,
    MemberQuestion,
    checked_text,
    require_room,
    same_question,
)
from knowledge.curation.wordings import ShownWording
from knowledge.members.held import NOT_HELD
from knowledge.records import queue, requests, wordings
from knowledge.tasks import UnbrokenWork

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from knowledge.curation.waiting import Route
    from knowledge.members.held import Agreement, HeldText, HeldTexts
    from knowledge.members.notifying import Notifier
    from knowledge.moderation.servers import Servers
    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that is kept: the asking's number, and how many members ask it by now."""

    asking_id: int
    askers: int


_ASKING = "asking"


class PassingOn:
    """Keeps, merges and takes back. Raises `NotSaved`, `NotRead`, and `Refused` for what may not be kept."""

    def __init__(
        self,
        database: Database,
        servers: Servers,
        notifier: Notifier,
        held: HeldTexts,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._servers = servers
        self._notifier = notifier
        self._held = held
        self._clock = clock
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._work = UnbrokenWork()

    def days(self, server_id: str) -> int:
        """Give for how many days at most a server keeps what a member agrees to now."""
        return self._servers.settings(server_id).retention_days

    async def ask(self, key: str, server_id: str, held: HeldText | None, route: Route) -> Kept:
        """Keep a question until it is answered or its time is over.

        One that another member asked already is merged with theirs. `held` None is a text that is not held any more:
        then it has to be kept under `key` already.
        """
        keep = partial(self._keep, key, held, route, self._held.agreement(held.member_id)) if held else None
        return await self._work.run(self._ask(key, server_id, keep))

    async def show(self, key: str, server_id: str, held: HeldText | None) -> None:
        """Keep how a member put the question whose answer they chose. `held` is as for `ask`."""
        agreement = self._held.agreement(held.member_id if held else "")
        async with self._turns[server_id]:
            if await requests.outcome_of(self._database, server_id, key) is not None:
                return
            if held is None:
                raise Refused(NOT_HELD)
            now = self._clock()
            until = now + timedelta(days=self.days(server_id))
            wording = ShownWording(server_id, held.member_id, held.entry_id, checked_text(held.text), until)

            async def keep(change: Transaction) -> None:
                agreement.require()
                await requests.settle(change, server_id, key, {}, now)
                await wordings.keep(change, wording, now)

            await self._database.write(keep)

    async def take_back(self, member_id: str, asking_id: int) -> bool:
        """Delete a question that a member waits for. False: it does not wait any more."""
        mine = {asking.id for asking in await queue.of_member(self._database, member_id)}
        if asking_id not in mine:
            return False
        now = self._clock()

        async def take_back(change: Transaction) -> bool:
            number = await queue.remove(change, asking_id)
            if number is not None:
                await queue.end(change, [number], Ended(Ending.TAKEN_BACK), now)
            return number is not None

        gone = await self._database.write(take_back)
        await self._database.forget_old_pages()
        return gone

    async def finish(self) -> None:
        """Wait until everything that was begun has ended."""
        await self._work.finish()

    async def _ask(self, key: str, server_id: str, keep: Callable[[], Awaitable[int]] | None) -> Kept:
        async with self._turns[server_id]:
            done = await requests.outcome_of(self._database, server_id, key)
            if done:
                number = done[_ASKING][0]
            elif keep:
                number = await keep()
            else:
                raise Refused(NOT_HELD)
        found = (one for one in await queue.waiting(self._database, server_id) if number in {a.id for a in one.askings})
        question = next(found, None)
        if question is not None:
            # What came to be shown while this was being kept may answer it already.
            self._notifier.look_soon(server_id, question.id)
        return Kept(number, len(question.askings) if question is not None else 1)

    async def _keep(self, key: str, held: HeldText, route: Route, agreement: Agreement) -> int:
        text, server_id, now = checked_text(held.text), held.server_id, self._clock()
        waiting = await queue.waiting(self._database, server_id)
        require_room(waiting, held.member_id)
        same = await asyncio.to_thread(same_question, waiting, text, self._servers.snapshot(server_id))
        asking = MemberQuestion(
            server_id=server_id,
            member_id=held.member_id,
            channel_id=held.channel_id,
            message_id=held.message_id,
            text=text,
            route=route,
            until=now + timedelta(days=self.days(server_id)),
            rejected=held.rejected,
        )

        async def keep(change: Transaction) -> int:
            agreement.require()
            number = await queue.keep(change, asking, same.id if same else None, now)
            await requests.settle(change, server_id, key, {_ASKING: [number]}, now)
            return number

        return await self._database.write(keep)
