"""Voting on replies. A vote that an answer could harm somebody reaches the staff at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.curation.votes import Verdict
from knowledge.records import outbox, votes
from knowledge.records.outbox import Item

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from knowledge.curation.votes import Vote
    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction

STAFF_NOTE = "staff-note"
"""The kind of an outbox item that tells the staff of a report; no words of a member and no name are in it.

Its payload holds `entry`, `channel` and `reply`, the last one "" where only the member can see the reply.
"""


class Voting:
    """One vote a member on each reply; the last one counts. `clock` gives aware times."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def cast(self, vote: Vote, *, private: bool) -> None:
        """Keep a vote in place of the member's earlier one. `private`: nobody else sees the reply.

        Raises `NotSaved`.
        """
        now = self._clock()

        async def cast(change: Transaction) -> None:
            await votes.cast(change, vote, now)
            if vote.verdict is Verdict.COULD_HARM:
                await outbox.add(change, _staff_note(vote, now, private=private))

        await self._database.write(cast)

    async def take_back(self, channel_id: str, reply_id: str, member_id: str) -> None:
        """Keep a vote no longer; without one, do nothing. Raises `NotSaved`."""
        await self._database.write(lambda change: votes.take_back(change, channel_id, reply_id, member_id))
        await self._database.forget_old_pages()


def _staff_note(vote: Vote, now: datetime, *, private: bool) -> Item:
    """Give the note of a report: one for each answer of a reply, however many members report it."""
    reply = "" if private else vote.reply_id
    payload = {"entry": vote.entry_id, "channel": vote.channel_id, "reply": reply}
    return Item(STAFF_NOTE, f"{vote.channel_id}:{vote.reply_id}:{vote.entry_id}", now, vote.server_id, payload=payload)
