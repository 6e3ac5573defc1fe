"""What moderators make of members' wordings: phrasings of stored questions, once they were tried and harm no other."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.curation import proposals
from knowledge.curation.refusals import Refused
from knowledge.curation.wordings import can_be_phrasing, speak_against
from knowledge.moderation.looking import NO_SUCH_ENTRY, view
from knowledge.records import wordings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.curation.rights import Caller
    from knowledge.curation.waiting import WaitingQuestion
    from knowledge.curation.wordings import ShownWording
    from knowledge.model import Match
    from knowledge.moderation.proposing import Proposing
    from knowledge.moderation.views import Note, Proposal
    from knowledge.moderation.workplace import Workplace
    from knowledge.records.transaction import Transaction

_TRIED_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A member's wording that would do as a phrasing of the entry whose answer they chose, and harm no other."""

    wording: ShownWording
    proposal: Proposal


class Phrasings:
    """Every method raises `NotAllowed` for who is no moderator, `NotRead` and `NotSaved`."""

    def __init__(self, workplace: Workplace, propose: Proposing) -> None:
        self._workplace = workplace
        self._propose = propose

    def proposed(self, caller: Caller, entry_id: str, text: str) -> Proposal:
        """Propose `text` as a phrasing of an entry. Raises `Refused` with what is wrong with that."""
        seen = view(self._workplace.servers, self._workplace.moderated(caller), entry_id)
        if seen is None or seen.newest is None:
            raise Refused(NO_SUCH_ENTRY)
        return self._propose.change(caller, seen, proposals.with_phrasing(seen.newest, " ".join(text.split())))

    async def fits(self, caller: Caller, entry_id: str, text: str) -> Proposal | None:
        """Try a text as a phrasing against all examples and other questions; None where it would break or take any."""
        self._workplace.moderated(caller)
        if not can_be_phrasing(text):
            return None
        try:
            proposal = self.proposed(caller, entry_id, text)
            assessment = await self._propose.assess(caller, proposal)
        except Refused:
            return None
        policy = self._workplace.servers.snapshot(caller.server_id).policy
        return None if assessment.broken or speak_against(assessment.concerns, policy) else proposal

    async def suggested(self, caller: Caller, question: WaitingQuestion, nearest: Sequence[Match]) -> str:
        """Give the entry among the `nearest` of which the question's words would do as a phrasing, "" for none.

        It is likely meant, nobody who asked said that it is not, and the words fit. What takes long to try is not
        suggested: whoever opens the queue waits for it.
        """
        policy = self._workplace.servers.snapshot(caller.server_id).policy
        rejected = {asking.rejected for asking in question.askings}
        likely = (match for match in nearest if match.confidence >= policy.choices_at and not match.forbidden)
        best = next((match.question.id for match in likely if match.question.id not in rejected), "")
        if not best:
            return ""
        try:
            async with asyncio.timeout(_TRIED_SECONDS):
                return best if await self.fits(caller, best, question.texts[0]) else ""
        except TimeoutError:
            return ""

    async def next_suggestion(self, caller: Caller, after: int) -> Suggestion | None:
        """Give the first wording that members showed after the one numbered `after` and that fits; None: no more."""
        self._workplace.moderated(caller)
        for wording in await wordings.of_server(self._workplace.database, caller.server_id):
            if wording.id > after:
                await asyncio.sleep(0)  # each is tried against every example
                if proposal := await self.fits(caller, wording.entry_id, wording.text):
                    return Suggestion(wording, proposal)
        return None

    async def wording(self, caller: Caller, number: int) -> ShownWording:
        """Give a wording that a member showed. Raises `Refused` where it is gone."""
        self._workplace.moderated(caller)
        shown = await wordings.of_server(self._workplace.database, caller.server_id)
        found = next((wording for wording in shown if wording.id == number), None)
        if found is None:
            raise Refused("That wording is gone: another moderator decided on it, or its member took it back.")
        return found

    async def drop_wording(self, caller: Caller, number: int) -> bool:
        """Keep a member's wording no longer. False: it is gone already."""
        self._workplace.moderated(caller)
        gone = await self._workplace.database.write(lambda change: wordings.remove(change, caller.server_id, number))
        await self._workplace.database.forget_old_pages()
        return gone

    def used_wording(self, caller: Caller, number: int) -> Note:
        """Give what deletes a member's wording in the transaction that saves it as a phrasing."""

        async def note(change: Transaction, entry_id: str) -> None:  # noqa: ARG001  # the shape of a `Note`
            await wordings.remove(change, caller.server_id, number)

        return note
