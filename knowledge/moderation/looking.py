"""What moderators look at: entries, drafts, history, and why a reply says what it says. Never another server's."""

from __future__ import annotations

import asyncio
from itertools import chain, islice
from typing import TYPE_CHECKING

from knowledge.curation.changes import is_outdated, version
from knowledge.curation.examples import broken
from knowledge.curation.experts import ExpertNames
from knowledge.curation.refusals import Refused
from knowledge.curation.server_layer import marked
from knowledge.moderation.measuring import measured
from knowledge.moderation.views import EntryState, EntryView, Explanation, History
from knowledge.records import deliveries, revisions
from knowledge.records.counts import day_of
from knowledge.respond import respond
from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from knowledge.curation.entry import Entry
    from knowledge.curation.examples import BrokenExample, Example
    from knowledge.curation.rights import Caller
    from knowledge.curation.server_layer import ServerLayer
    from knowledge.curation.settings import ServerSettings
    from knowledge.model import Decision, Place, Question
    from knowledge.moderation.servers import Servers
    from knowledge.moderation.workplace import Workplace
    from knowledge.statistics.summary import Statistics

NO_SUCH_ENTRY = "There is no such entry here. Choose one from the list that opens while you type."
NO_SUCH_REPLY = "Nothing is known of that message: it is no reply of this bot, or an old one."


class Looking:
    """What may be seen. Nothing here waits for the disk but what is awaited for it: `history`, `why`, `statistics`."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._servers = workplace.servers
        self._database = workplace.database
        self._experts = ExpertNames()

    def settings(self, caller: Caller) -> ServerSettings:
        """Give the settings of the caller's server."""
        return self._workplace.moderated(caller).settings

    def examples(self, caller: Caller) -> tuple[Example, ...]:
        """Give the examples of the caller's server."""
        return self._workplace.moderated(caller).examples

    async def failing_examples(self, caller: Caller) -> tuple[BrokenExample, ...]:
        """Give the server's examples that do not hold now, as after a change of the book."""
        layer, shown = self._workplace.moderated(caller), self._servers.snapshot(caller.server_id)
        found = []
        for example in layer.examples:
            await asyncio.sleep(0)
            if fault := broken(shown, example):
                found.append(fault)
        return tuple(found)

    def entry(self, caller: Caller, entry_id: str) -> EntryView:
        """Give an entry as it stands now. Raises `Refused` where the caller's server has none of this id."""
        found = view(self._servers, self._workplace.moderated(caller), entry_id)
        if found is None:
            raise Refused(NO_SUCH_ENTRY)
        return found

    def waiting(self, caller: Caller) -> tuple[EntryView, ...]:
        """Give the entries whose drafts wait for review."""
        layer = self._workplace.moderated(caller)
        return tuple(_views(self._servers, layer, (entry.id for entry in layer.entries.values() if entry.draft)))

    def outdated(self, caller: Caller) -> tuple[EntryView, ...]:
        """Give the entries that the book has changed since the caller's server did, and where nobody has chosen yet."""
        layer = self._workplace.moderated(caller)
        views = _views(self._servers, layer, (entry.id for entry in layer.entries.values() if entry.live))
        return tuple(view for view in views if view.book_changed)

    def find(
        self, caller: Caller, typed: str, limit: int = 25, states: Collection[EntryState] = tuple(EntryState)
    ) -> tuple[EntryView, ...]:
        """Give the entries in one of `states` that a half-typed text may mean: the server's own, then the book's."""
        layer = self._workplace.moderated(caller)
        ids = chain(self._own_like(layer, typed), self._shown_like(caller.server_id, typed, limit))
        fitting = (found for found in _views(self._servers, layer, dict.fromkeys(ids)) if found.state in states)
        return tuple(islice(fitting, limit))

    def experts(self, caller: Caller, typed: str, limit: int) -> tuple[str, ...]:
        """Give the names of the experts whose answers members of the caller's server see, if they hold `typed`."""
        changed = self._workplace.moderated(caller).entries
        shown = self._servers.snapshot(caller.server_id).questions
        own = (shown[entry_id] for entry_id in changed if entry_id in shown)
        return tuple(islice(self._experts.like(typed, self._servers.book.questions, own, changed), limit))

    def try_text(self, caller: Caller, text: str, place: Place) -> Decision:
        """Tell what `text` would get in the caller's server, and why. Nothing of it is kept."""
        self._workplace.moderated(caller)
        return respond(self._servers.snapshot(caller.server_id), text, place)

    async def history(self, caller: Caller, entry_id: str) -> History:
        """Give every revision of an entry. Raises `Refused` where the caller's server has none of this id."""
        self.entry(caller, entry_id)
        return await self._history(caller.server_id, entry_id)

    async def why(self, caller: Caller, channel_id: str, reply_id: str) -> Explanation:
        """Explain a reply in the caller's server. Raises `Refused` where nothing is known of that message."""
        self._workplace.moderated(caller)
        delivery = await deliveries.of_reply(self._database, channel_id, reply_id)
        if delivery is None or delivery.server_id != caller.server_id:
            raise Refused(NO_SUCH_REPLY)
        words = await revisions.find_words(self._database, caller.server_id, delivery.entry_id, delivery.content_hash)
        live = self._servers.shown_hash(caller.server_id, delivery.entry_id)
        # An entry that the book has dropped since has a history all the same.
        history = await self._history(caller.server_id, delivery.entry_id) if words else None
        return Explanation(delivery, words, bool(live) and live == delivery.content_hash, history)

    async def statistics(self, caller: Caller, days: int) -> Statistics:
        """Tell what became of the questions of the caller's server over the last `days` days. Raises `NotRead`."""
        self._workplace.moderated(caller)
        today = day_of(self._workplace.clock())
        return await measured(self._database, self._servers, caller.server_id, today, days)

    async def _history(self, server_id: str, entry_id: str) -> History:
        return History(
            own=await revisions.history(self._database, server_id, entry_id),
            of_book=await revisions.history(self._database, revisions.THE_BOOK, entry_id),
        )

    def _own_like(self, layer: ServerLayer, typed: str) -> Iterator[str]:
        wanted = fold(typed)
        return (entry.id for entry in layer.entries.values() if wanted in fold(_title(self._servers, entry)))

    def _shown_like(self, server_id: str, typed: str, limit: int) -> Iterator[str]:
        shown = self._servers.snapshot(server_id)
        if not fold(typed):
            return islice(shown.questions, 4 * limit)
        return (question.id for question in shown.matcher.suggest(typed, 4 * limit))


def view(servers: Servers, layer: ServerLayer, entry_id: str) -> EntryView | None:
    """Give an entry as the moderators of a server with this layer see it, or None where it is nothing there."""
    entry = layer.entry(entry_id)
    book_hash = servers.book_hash(entry_id)
    if not entry.number and not book_hash:
        return None
    of_book = servers.book.questions.get(entry_id)
    shown = None if entry.hidden else marked(entry.live.question, of_book) if entry.live else of_book
    return EntryView(
        id=entry_id,
        title=_title(servers, entry),
        state=_state(entry, shown),
        version=version(entry, book_hash),
        shown=shown,
        draft=marked(entry.draft.question, of_book) if entry.draft else None,
        drafted_by=entry.drafted_by,
        overrides_book=bool(book_hash and entry.live),
        book_changed=is_outdated(entry, book_hash),
        of_book=of_book,
        book_hash=book_hash,
    )


def _state(entry: Entry, shown: Question | None) -> EntryState:
    if entry.hidden:
        return EntryState.WITHDRAWN
    if entry.live:
        return EntryState.OWN
    return EntryState.BOOK if shown else EntryState.NOT_YET


def _views(servers: Servers, layer: ServerLayer, entry_ids: Iterable[str]) -> Iterator[EntryView]:
    return (found for entry_id in entry_ids if (found := view(servers, layer, entry_id)))


def _title(servers: Servers, entry: Entry) -> str:
    said = entry.draft or entry.live
    if said:
        return said.question.title
    of_book = servers.book.questions.get(entry.id)
    return of_book.title if of_book else entry.title or entry.id
