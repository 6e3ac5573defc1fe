"""What moderators do with the questions that members passed on: look, assign, answer, dismiss.

`key` is as for `Editing`. A question that somebody else changed or ended meanwhile is not touched: `ChangedQuestion`
tells how it stands.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.curation.changes import SAY_WHY
from knowledge.curation.refusals import Refused
from knowledge.curation.waiting import Ended, Ending, most_asked_first
from knowledge.moderation.looking import NO_SUCH_ENTRY
from knowledge.records import queue, requests, votes
from knowledge.records.notifications import end_and_notify
from knowledge.tasks import UnbrokenWork

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from knowledge.curation.rights import Caller
    from knowledge.curation.votes import Tally
    from knowledge.curation.waiting import WaitingQuestion
    from knowledge.model import Match
    from knowledge.moderation.views import Note
    from knowledge.moderation.workplace import Workplace
    from knowledge.records.transaction import Transaction

_REPORTED_FOR = timedelta(days=30)
_NEAREST = 3
# Of those below fewer than one in seven is meant: they would be more to read, and buttons to press by a slip.
_NEAR_ENOUGH = 0.15
_DONE = "done"


class ChangedQuestion(Refused):
    """Somebody else changed the question meanwhile, or it waits no longer. `ended` tells why, None where it waits."""

    def __init__(self, ended: Ended | None, *, waits: bool) -> None:
        super().__init__(
            "Nothing was done: somebody changed this question after you opened it. Look at how it stands now."
            if waits
            else "Nothing was done: this question waits no longer."
        )
        self.ended = ended


class Queue:
    """Every method raises `NotAllowed` for who is no moderator, `NotRead` and `NotSaved`."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._work = UnbrokenWork()

    async def waiting(self, caller: Caller) -> tuple[WaitingQuestion, ...]:
        """Give the questions that wait in the caller's server, most asked first."""
        self._workplace.moderated(caller)
        return most_asked_first(await queue.waiting(self._workplace.database, caller.server_id))

    async def question(self, caller: Caller, number: int) -> WaitingQuestion:
        """Give a question that waits. Raises `ChangedQuestion` where it does not any more."""
        found = next((one for one in await self.waiting(caller) if one.id == number), None)
        if found is None:
            raise ChangedQuestion(await queue.ended(self._workplace.database, caller.server_id, number), waits=False)
        return found

    def nearest(self, caller: Caller, question: WaitingQuestion) -> tuple[Match, ...]:
        """Give the stored entries that come near a question, with the matcher's own confidence, likeliest first."""
        self._workplace.moderated(caller)
        shown = self._workplace.servers.snapshot(caller.server_id)
        best: dict[str, Match] = {}
        for text in question.texts[:_NEAREST]:
            for match in shown.matcher.rank(text).matches:
                known = best.get(match.question.id)
                if known is None or match.confidence > known.confidence:
                    best[match.question.id] = match
        near = (match for match in best.values() if match.confidence >= _NEAR_ENOUGH)
        return tuple(sorted(near, key=lambda match: -match.confidence)[:_NEAREST])

    async def reported(self, caller: Caller) -> Mapping[str, Tally]:
        """Give the entries of which a member said in the last month that they could harm somebody."""
        self._workplace.moderated(caller)
        since = self._workplace.clock() - _REPORTED_FOR
        found = await votes.tallies(self._workplace.database, caller.server_id, since)
        return {entry_id: tally for entry_id, tally in found.items() if tally.could_harm}

    # --- Decisions --------------------------------------------------------------------------

    async def assign(self, caller: Caller, key: str, number: int, version: int) -> None:
        """Have the caller look after a question, or nobody where they did."""

        async def assign(change: Transaction, seen: WaitingQuestion) -> int:
            await queue.assign(change, number, "" if seen.assigned_to == caller.user_id else caller.user_id)
            return 0

        await self._decide(caller, key, number, version, assign)

    async def dismiss(self, caller: Caller, key: str, number: int, version: int, reason: str) -> int:
        """End a question without an answer and tell each asker why; give how many those are."""
        said = reason.strip()
        if not said:
            raise Refused(SAY_WHY)
        ended = Ended(Ending.DISMISSED, caller.user_id)

        async def dismiss(change: Transaction, seen: WaitingQuestion) -> int:
            return await end_and_notify(change, seen, _all(seen, ""), ended, self._workplace.clock(), said)

        return await self._decide(caller, key, number, version, dismiss)

    async def answer(self, caller: Caller, key: str, number: int, version: int, entry_id: str) -> int:
        """Say that an entry answers a question: each asker is told; give how many those are."""
        self._workplace.moderated(caller)
        if entry_id not in self._workplace.servers.snapshot(caller.server_id).questions:
            raise Refused(NO_SUCH_ENTRY)
        ended = Ended(Ending.ANSWERED, caller.user_id, entry_id)

        async def answer(change: Transaction, seen: WaitingQuestion) -> int:
            return await end_and_notify(change, seen, _all(seen, entry_id), ended, self._workplace.clock())

        return await self._decide(caller, key, number, version, answer)

    def answered_by(self, caller: Caller, number: int) -> Note:
        """Give what notes, in the transaction that saves an entry, that this entry answers a question.

        Its askers are told as soon as members see the entry; a question that waits no longer is left alone.
        """

        async def note(change: Transaction, entry_id: str) -> None:
            await queue.link(change, caller.server_id, number, entry_id)

        return note

    async def finish(self) -> None:
        """Wait until everything that was begun has ended."""
        await self._work.finish()

    # --- Inside -----------------------------------------------------------------------------

    async def _decide(
        self,
        caller: Caller,
        key: str,
        number: int,
        version: int,
        decide: Callable[[Transaction, WaitingQuestion], Awaitable[int]],
    ) -> int:
        """Carry a decision out once and give what it gives. Raises `ChangedQuestion` where it is not as it was seen."""
        self._workplace.moderated(caller)
        database = self._workplace.database
        done = await requests.outcome_of(database, caller.server_id, key)
        if done is not None:
            return done[_DONE][0]
        seen = await self.question(caller, number)

        async def write(change: Transaction) -> int:
            if seen.version != version or not await queue.claim(change, seen):
                raise ChangedQuestion(None, waits=True)
            given = await decide(change, seen)
            await requests.settle(change, caller.server_id, key, {_DONE: [given]}, self._workplace.clock())
            return given

        given = await self._work.run(database.write(write))
        await database.forget_old_pages()
        return given


def _all(seen: WaitingQuestion, entry_id: str) -> dict[int, str]:
    return {asking.id: entry_id for asking in seen.askings}
