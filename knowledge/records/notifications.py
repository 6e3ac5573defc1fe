"""Ending a wait: what is kept of an asking goes, and what its asker is told comes, in one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.curation.waiting import Route
from knowledge.records import outbox, queue
from knowledge.records.outbox import Item

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from knowledge.curation.waiting import Ended, MemberQuestion, WaitingQuestion
    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction

ANSWERED = "answered"
"""The kind of an outbox item that tells one asker what became of their question; no words of theirs are in it.

Its payload holds `member`, `channel`, `message` ("" for none that others see), `direct`, `entry` ("" where moderators
dismissed the question) and `reason`, the moderators' own words then.
"""
# Whoever is away for longer looks elsewhere.
_LASTS = timedelta(days=30)


async def waiting_for(database: Reader, member_id: str) -> int:
    """Count what a member is still to be told."""
    return await outbox.count(database, ANSWERED, "member", member_id)


async def end_and_notify(  # noqa: PLR0913, PLR0917  # what is known when askers are told
    change: Transaction,
    question: WaitingQuestion,
    answered: Mapping[int, str],
    ended: Ended,
    now: datetime,
    reason: str = "",
) -> int:
    """Put what the askers in `answered` are told into the outbox, and delete what they asked; give how many those are.

    Call `Database.forget_old_pages` after it.
    """
    told = 0
    for asking in question.askings:
        # Who took the question back meanwhile is told nothing.
        if asking.id in answered and await queue.remove(change, asking.id) is not None:
            await outbox.add(change, _item(asking, answered[asking.id], reason, now))
            told += 1
    await queue.end(change, [question.id], ended, now)
    return told


def _item(asking: MemberQuestion, entry_id: str, reason: str, now: datetime) -> Item:
    direct = asking.route is Route.DIRECT
    payload = {
        "member": asking.member_id,
        "channel": asking.channel_id,
        "message": asking.message_id,
        "direct": direct,
        "entry": entry_id,
        "reason": reason,
    }
    channel = "" if direct else asking.channel_id
    return Item(ANSWERED, str(asking.id), now, asking.server_id, channel, payload, lasts=_LASTS)
