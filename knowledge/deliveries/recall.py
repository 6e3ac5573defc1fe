"""Recall: what earlier replies show of an answer that was withdrawn or corrected is put right.

Three things lead to it, and each notes it in its own transaction: a change of a server's layer, a change of the book,
and a reply that was noted after its words had changed. So no reply stays wrong because two of them crossed. What a
reply is to show is decided when it is edited, from what is live at that moment: a change that was overtaken meanwhile
leaves nothing to do.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from knowledge.content.canonical import content_hash
from knowledge.errors import NotRead
from knowledge.presentation import sentences
from knowledge.records import deliveries, outbox, recalls, revisions
from knowledge.records.recalls import Cause, Recalled
from knowledge.records.revisions import THE_BOOK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from knowledge.curation.entry import Entry, Step
    from knowledge.desk import AnswerDesk
    from knowledge.model import AnswerReply, Question
    from knowledge.records.database import Database
    from knowledge.records.deliveries import Delivery
    from knowledge.records.outbox import Item
    from knowledge.records.revisions import BookChange
    from knowledge.records.transaction import Transaction

MONTH = timedelta(days=30)
# Whoever pressed a button waits for the day, and a platform takes an answer for a few seconds only.
_LOOK_UP_SECONDS = 1.0
# So many entries are looked up one by one.
_FEW = 20


@dataclass(frozen=True, slots=True)
class Outdated:
    """A reply that shows something else than what is live, and since which day (ISO) that is so.

    `unsure` says that it may have been edited already, without that having been noted.
    """

    delivery: Delivery
    day: str
    unsure: bool


class Recalls:
    """`clock` gives aware times; replies older than `within` are left as they are, all of them where it is 0."""

    def __init__(
        self, database: Database, desk: AnswerDesk, clock: Callable[[], datetime], *, within: timedelta = MONTH
    ) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock
        self._within = within

    # --- What leads to it -------------------------------------------------------------------

    async def changed_in_server(self, change: Transaction, server_id: str, steps: Iterable[Step]) -> None:
        """Have replies in a server put right, in the transaction that keeps these steps there."""
        book = self._desk.snapshot.questions
        for step in steps:
            before, after = (_shown(entry, book) for entry in (step.before, step.after))
            if not read_alike(before, after):
                at = step.revision.signed.at
                await self._changed(change, Cause(server_id, step.after.id, step.revision.number, at), after)

    async def changed_in_book(self, change: Transaction, changed: Sequence[BookChange], at: datetime) -> None:
        """Have replies put right wherever the book's entries are shown, in the transaction that records a new book."""
        # Nobody was shown what was never there. One look finds the few of many entries that were shown at all.
        again = [one for one in changed if one.number > 1]
        shown = await recalls.ever_shown(change) if len(again) > _FEW else {one.entry_id for one in again}
        for one in again:
            if one.entry_id in shown:
                await self._changed(change, Cause(THE_BOOK, one.entry_id, one.number, at), one.question)

    async def noted(self, change: Transaction, asked_id: str) -> None:
        """Have a reply put right whose words changed before it was noted, in the transaction that notes it."""
        if (delivery := await deliveries.of_asked(change, asked_id)) is not None:
            await self.noted_now(change, [delivery])

    async def noted_now(self, change: Transaction, noted: Sequence[Delivery]) -> None:
        """Do the same for replies that are known as they are being noted."""
        shown = [one for one in noted if self._within and one.entry_id and one.reply_id]
        # A server's own is read from the disk; memory follows.
        own = await revisions.live_in_servers(change, [(one.server_id, one.entry_id) for one in shown])
        for delivery in shown:
            if own.get((delivery.server_id, delivery.entry_id), self._hash_in_book(delivery)) != delivery.content_hash:
                await self._add_noted(change, delivery)

    async def counted(self, server_id: str, made: Mapping[str, Iterable[int]]) -> Recalled | None:
        """Give how many replies these revisions, by entry, made wrong in a server; None where that cannot be read."""
        total = Recalled()
        try:
            for entry_id, numbers in made.items():
                for number in numbers:
                    total += await recalls.counted(self._database, server_id, entry_id, number)
        except NotRead:
            return None
        return total

    async def waiting(self) -> int:
        """Give how many replies are still to be put right, in all servers. Raises `NotRead`."""
        return await recalls.waiting(self._database)

    # --- How it is carried out --------------------------------------------------------------

    async def look(self, item: Item) -> Outdated | None:
        """Give the reply that an item of the outbox is about, or None where it shows what is live, or nothing."""
        delivery = await deliveries.of_asked(self._database, item.payload["asked"])
        if delivery is None or not (delivery.entry_id and delivery.reply_id):
            return None
        unsure = item.begun_at is not None
        if not unsure and await self._is_right(delivery):
            return None
        return Outdated(delivery, await self.changed_on(delivery.server_id, delivery.entry_id), unsure)

    async def changed_on(self, server_id: str, entry_id: str) -> str:
        """Give the day (ISO) on which a server's members last saw an entry change; where nobody knows soon, today's."""
        try:
            async with asyncio.timeout(_LOOK_UP_SECONDS):
                at = await recalls.latest(self._database, server_id, entry_id)
        except (NotRead, TimeoutError):
            at = None
        return (at or self._clock()).date().isoformat()

    def reply(self, outdated: Outdated, *, caution: str = "") -> AnswerReply | None:
        """Give what the reply is to show now, or None where the answer is withdrawn."""
        delivery = outdated.delivery
        # What says that the answer is gone has no words to correct.
        news = sentences.CORRECTED if delivery.content_hash else sentences.SHOWN_AGAIN
        return self._desk.show(
            delivery.entry_id, caution=caution, news=news.format(day=outdated.day), server_id=delivery.server_id
        )

    def carried_out(self, outdated: Outdated, reply: AnswerReply | None) -> Callable[[Transaction], Awaitable[None]]:
        """Give what notes, in the transaction that ends the item, that the reply shows this now."""
        return partial(self._carried_out, outdated.delivery, content_hash(reply.question) if reply else "")

    async def _carried_out(self, delivery: Delivery, shown: str, change: Transaction) -> None:
        await deliveries.show(change, delivery.channel_id, delivery.reply_id, delivery.entry_id, shown)
        await self.noted(change, delivery.asked_id)

    # --- What is shown and what is live -----------------------------------------------------

    async def _changed(self, change: Transaction, cause: Cause, now: Question | None) -> None:
        if not self._within:
            return
        since = cause.at - self._within
        wrong = [
            shown
            for shown in await recalls.shown_lately(change, cause, since)
            if not await self._says(shown, cause.server_id, cause.entry_id, now)
        ]
        if wrong:
            await recalls.add(change, cause, wrong, since)

    async def _is_right(self, delivery: Delivery) -> bool:
        live = self._desk.question(delivery.entry_id, server_id=delivery.server_id)
        return await self._says(delivery.content_hash, delivery.server_id, delivery.entry_id, live)

    async def _says(self, shown: str, server_id: str, entry_id: str, question: Question | None) -> bool:
        """Whether words with the hash `shown`, "" for none, read as `question` does."""
        if question is None or not shown:
            return question is None and not shown
        if shown == content_hash(question):
            return True
        words = await revisions.find_words(self._database, server_id, entry_id, shown)
        return words is not None and read_alike(words, question)

    def _hash_in_book(self, delivery: Delivery) -> str:
        """Give the hash of what the book shows of an entry, "" for nothing."""
        of_book = self._desk.snapshot.questions.get(delivery.entry_id)
        return content_hash(of_book) if of_book else ""

    async def _add_noted(self, change: Transaction, delivery: Delivery) -> None:
        now = self._clock()
        key = f"noted:{delivery.asked_id}:{now.timestamp():.6f}"
        item = outbox.Item(
            recalls.KIND,
            key,
            now,
            delivery.server_id,
            delivery.channel_id,
            {"asked": delivery.asked_id},
            bulk=True,
            lasts=recalls.LASTS,
        )
        await outbox.add(change, item)


def read_alike(one: Question | None, other: Question | None) -> bool:
    """Whether members read the same words. Phrasings, topics, sources, patients' ratings and dates are none of them."""
    return (_read(one) if one else None) == (_read(other) if other else None)


def _read(question: Question) -> tuple[object, ...]:
    answers = ((a.headline, a.body, a.name, a.credentials, a.invented) for a in question.answers)
    return (question.title, question.details, question.notice, *answers)


def _shown(entry: Entry, book: Mapping[str, Question]) -> Question | None:
    if entry.hidden:
        return None
    return entry.live.question if entry.live else book.get(entry.id)
