"""What moderators decide: save, withdraw, restore, approve. Told as saved only when it is on the disk.

`key` names the request: the platform's identifier of the form or command that the person sent. One key changes
something once, however often a button is pressed or a delivery repeated. `seen` is the `version` of the view that the
person decided on; where the entry is not like that any more, `ChangedMeanwhile` carries how it stands.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from knowledge.curation import changes
from knowledge.curation.experts import without_expert
from knowledge.curation.refusals import Refused
from knowledge.moderation.looking import view
from knowledge.moderation.servers import Change
from knowledge.moderation.views import Saved
from knowledge.records import revisions

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from knowledge.curation.entry import Entry, Step, Version
    from knowledge.curation.rights import Caller
    from knowledge.curation.server_layer import ServerLayer
    from knowledge.model import Question
    from knowledge.moderation.views import Note, Proposal
    from knowledge.moderation.workplace import Workplace
    from knowledge.records.transaction import Transaction

_PIECE = 100
BOOK_CHANGED_AGAIN = "The book has changed this entry again. Look at both texts with /answer show, then choose."
NO_WORDS = "That revision has no words to restore. Choose one from the history that has."
NO_SUCH_EXPERT = "No answer here is by an expert of that name. Write the name as the answers have it."


class Editing:
    """Changes to what is live. Every method raises `NotAllowed` for who is no moderator, and `NotSaved`."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def save(
        self,
        caller: Caller,
        key: str,
        proposal: Proposal,
        note: Note | None = None,
    ) -> Saved:
        """Keep a proposal: live at once, or as a draft where the server's setting has it wait.

        `note` writes what else is true from then on, in the same transaction; it is given the entry's id. Raises
        `BreaksExamples` with the examples that would no longer hold.
        """
        question = proposal.question
        signed = self._workplace.signed(caller, proposal.reason)

        async def decide(layer: ServerLayer) -> tuple[Step, ...]:
            entry, book_hash = self._workplace.require_sound(layer, proposal)
            step = partial(changes.written, entry, question, signed, book_hash=book_hash)
            return (await self._live_or_draft(caller, layer, question, step),)

        also = partial(note, entry_id=question.id) if note else None
        return await self._carry_out(caller, key, decide, also)

    async def withdraw(self, caller: Caller, key: str, seen: Version, reason: str) -> Saved:
        """Show members nothing of an entry any more, from this moment."""
        signed = self._workplace.signed(caller, reason)

        def withdrawn(entry: Entry, book_hash: str) -> Step:
            return changes.withdrawn(entry, signed, book_hash=book_hash)

        return await self._move(caller, key, seen, withdrawn)

    async def withdraw_expert(self, caller: Caller, key: str, name: str, reason: str) -> Saved:
        """Take every answer of one expert from what members see, from this moment: all of them or none."""
        signed = self._workplace.signed(caller, reason)

        async def decide(layer: ServerLayer) -> tuple[Step, ...]:
            if not signed.reason:
                raise Refused(changes.SAY_WHY)
            book = self._workplace.servers.book.questions
            steps: list[Step] = []
            for number, entry_id in enumerate(dict.fromkeys((*layer.entries, *book))):
                if number % _PIECE == 0:
                    await asyncio.sleep(0)  # a large book must not hold up everybody's answers
                steps += without_expert(layer.entry(entry_id), name, signed, of_book=book.get(entry_id))
            if not steps:
                raise Refused(NO_SUCH_EXPERT)
            return tuple(steps)

        return await self._carry_out(caller, key, decide)

    async def restore(self, caller: Caller, key: str, seen: Version, number: int, reason: str = "") -> Saved:
        """Make an entry say again what its revision `number` said: live at once, or as a draft.

        Raises `BreaksExamples` as `save` does.
        """
        self._workplace.moderated(caller)
        wording = await revisions.wording(self._workplace.database, caller.server_id, seen.entry_id, number)
        if wording is None:
            raise Refused(NO_WORDS)
        signed = self._workplace.signed(caller, reason)

        async def decide(layer: ServerLayer) -> tuple[Step, ...]:
            entry, book_hash = self._workplace.as_seen(layer, seen)
            step = partial(changes.restored, entry, wording, signed, book_hash=book_hash)
            return (await self._live_or_draft(caller, layer, wording.question, step),)

        return await self._carry_out(caller, key, decide)

    async def follow_book(self, caller: Caller, key: str, seen: Version, reason: str = "") -> Saved:
        """Drop what this server made of an entry of the book, and show the book's again."""
        signed = self._workplace.signed(caller, reason)

        def following(entry: Entry, book_hash: str) -> Step:
            return changes.following_book(entry, signed, book_hash=book_hash)

        return await self._move(caller, key, seen, following)

    async def keep_ours(self, caller: Caller, key: str, seen: Version, book_hash: str) -> Saved:
        """Go on showing this server's words, although the book has changed the entry since.

        `book_hash` begins the hash of the book's words that the caller saw, "" where the book has none any more.
        """
        signed = self._workplace.signed(caller)

        def kept(entry: Entry, now: str) -> Step:
            _require_seen_in_book(book_hash, now)
            return changes.kept(entry, signed, book_hash=now)

        return await self._move(caller, key, seen, kept)

    async def take_books(self, caller: Caller, key: str, seen: Version, book_hash: str) -> Saved:
        """Show the book's words, which have changed since this server changed the entry; `keep_ours` tells the rest."""
        signed = self._workplace.signed(caller)

        def following(entry: Entry, now: str) -> Step:
            _require_seen_in_book(book_hash, now)
            return changes.following_book(entry, signed, book_hash=now)

        return await self._move(caller, key, seen, following)

    async def approve(self, caller: Caller, key: str, seen: Version) -> Saved:
        """Put a draft before members. Raises `NotAllowed` for everybody who had a part in it, else as `save` does."""
        signed = self._workplace.signed(caller)

        async def decide(layer: ServerLayer) -> tuple[Step, ...]:
            entry, book_hash = self._workplace.as_seen(layer, seen)
            step = changes.approved(entry, signed, book_hash=book_hash)
            await self._workplace.require_examples(caller.server_id, layer, step)
            return (step,)

        return await self._carry_out(caller, key, decide)

    async def reject(self, caller: Caller, key: str, seen: Version, reason: str = "") -> Saved:
        """Drop a draft. Whoever had no part in it says why."""
        signed = self._workplace.signed(caller, reason)

        def rejected(entry: Entry, _book_hash: str) -> Step:
            return changes.rejected(entry, signed)

        return await self._move(caller, key, seen, rejected)

    async def _live_or_draft(
        self, caller: Caller, layer: ServerLayer, question: Question, step: Callable[..., Step]
    ) -> Step:
        """Give the `step`, made with `waits`, by which members see `question`, or by which it waits for review.

        Raises `BreaksExamples` in either case where examples would no longer hold once members see it.
        """
        live = step(waits=False)
        await self._workplace.require_examples(caller.server_id, layer, live)
        return live if await self._workplace.risks(layer, question) is None else step(waits=True)

    async def _move(self, caller: Caller, key: str, seen: Version, move: Callable[[Entry, str], Step]) -> Saved:
        async def decide(layer: ServerLayer) -> tuple[Step, ...]:
            return (move(*self._workplace.as_seen(layer, seen)),)

        return await self._carry_out(caller, key, decide)

    async def _carry_out(
        self,
        caller: Caller,
        key: str,
        decide: Callable[[ServerLayer], Awaitable[tuple[Step, ...]]],
        also: Callable[[Transaction], Awaitable[object]] | None = None,
    ) -> Saved:
        servers = self._workplace.servers

        async def change(layer: ServerLayer) -> Change:
            self._workplace.moderated(caller)
            steps = await decide(layer)
            return Change(layer.after(steps), steps, also)

        self._workplace.moderated(caller)
        made = await servers.change(caller.server_id, key, change)
        layer = servers.layer(caller.server_id)
        waits = any((draft := layer.entry(one).draft) and draft.number in numbers for one, numbers in made.items())
        recalled = await servers.recalls.counted(caller.server_id, made)
        return Saved(tuple(found for one in made if (found := view(servers, layer, one))), waits, recalled)


def _require_seen_in_book(seen: str, now: str) -> None:
    if not now.startswith(seen) or bool(now) != bool(seen):
        raise Refused(BOOK_CHANGED_AGAIN)
