"""Every server's own layer: in memory, on the disk and before its members, in step."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.content.canonical import content_hash
from knowledge.content.library import with_server
from knowledge.curation.changes import is_outdated
from knowledge.curation.refusals import ChangedMeanwhile
from knowledge.curation.server_layer import ServerLayer
from knowledge.curation.server_policy import policy_in
from knowledge.records import entries, layers, requests
from knowledge.tasks import UnbrokenWork

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from knowledge.content.library import Snapshot
    from knowledge.curation.entry import Step
    from knowledge.curation.settings import ServerSettings
    from knowledge.deliveries.recall import Recalls
    from knowledge.desk import AnswerDesk
    from knowledge.records.database import Database
    from knowledge.records.requests import RequestOutcome
    from knowledge.records.transaction import Transaction

    Decide = Callable[[ServerLayer], Awaitable["Change"]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """What a request makes of a server's layer: entries move by `steps`, all else is written by `write`."""

    after: ServerLayer
    steps: tuple[Step, ...] = ()
    write: Callable[[Transaction], Awaitable[object]] | None = None


class Servers:
    """The layers of all servers. A change is decided on what is in memory, kept on the disk, then shown; in turn."""

    def __init__(  # noqa: PLR0913  # what the composition root knows
        self,
        database: Database,
        desk: AnswerDesk,
        clock: Callable[[], datetime],
        *,
        recalls: Recalls,
        defaults: ServerSettings,
        samples: bool,
    ) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock
        self.recalls = recalls
        self.defaults = defaults
        self._samples = samples
        self._layers: dict[str, ServerLayer] = {}
        self._book_hashes: dict[str, str] = {}
        self._times_shown: Counter[str] = Counter()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        # Servers whose last write failed: what the disk holds of them is looked up before the next change.
        self._unsure: set[str] = set()
        self._work = UnbrokenWork()
        # Called with a server's id, or "" for all, whenever something else may be shown there.
        self.on_shown: Callable[[str], None] = lambda _server_id: None

    @property
    def book(self) -> Snapshot:
        """What is live where no server changed anything."""
        return self._desk.snapshot

    @property
    def known(self) -> tuple[str, ...]:
        """The servers whose moderators or admins ever changed anything."""
        return tuple(self._layers)

    def layer(self, server_id: str) -> ServerLayer:
        """Give what a server's moderators made."""
        return self._layers.get(server_id) or ServerLayer(settings=self.defaults)

    def settings(self, server_id: str) -> ServerSettings:
        """Give a server's settings, from memory; in a direct message, "", what the operator's settings file says."""
        return self.layer(server_id).settings

    def book_hash(self, entry_id: str) -> str:
        """Give the content hash of the book's entry as it is shown now, "" where there is none."""
        if entry_id not in self._book_hashes:
            question = self.book.questions.get(entry_id)
            self._book_hashes[entry_id] = content_hash(question) if question else ""
        return self._book_hashes[entry_id]

    def outdated(self) -> Mapping[str, int]:
        """Count for each entry of the book the servers that changed it and see it as it was before the book changed."""
        return Counter(
            entry.id
            for layer in self._layers.values()
            for entry in layer.entries.values()
            if is_outdated(entry, self.book_hash(entry.id))
        )

    def snapshot(self, server_id: str) -> Snapshot:
        """Give what is live in a server now."""
        return self._desk.snapshot_of(server_id)

    def showing(self, server_id: str) -> tuple[int, int]:
        """Give a mark of what is live in a server now: another one whenever its layer, or the book, may be another."""
        return self._times_shown[server_id], self._times_shown[""]

    def shown_hash(self, server_id: str, entry_id: str) -> str:
        """Give the content hash of what members of a server see of an entry, "" where they see nothing."""
        entry = self.layer(server_id).entry(entry_id)
        if entry.hidden:
            return ""
        return entry.live.content_hash if entry.live else self.book_hash(entry_id)

    async def compose(self, layer: ServerLayer) -> Snapshot:
        """Give the Snapshot that members of a server with this layer are answered from, over the book as it is then."""
        while True:
            book = self.book
            snapshot = await self._compose(book, layer)
            if self.book is book:
                return snapshot

    async def load(self) -> None:
        """Read every server's layer and show it."""
        self._layers = await layers.load(self._database, defaults=self.defaults)
        await self.follow(self.book)

    async def follow(self, book: Snapshot) -> None:
        """Show a new book from now on, under every server's own layer, all at the same moment."""
        composed: dict[str, Snapshot] = {}
        shown: dict[str, ServerLayer] = {}
        while behind := [server_id for server_id, layer in self._layers.items() if shown.get(server_id) is not layer]:
            for server_id in behind:
                shown[server_id] = self._layers[server_id]
                composed[server_id] = await self._compose(book, shown[server_id])
        self._book_hashes.clear()
        self._desk.serve(book, composed)
        self._times_shown[""] += 1
        self.on_shown("")

    async def change(self, server_id: str, key: str, decide: Decide) -> RequestOutcome:
        """Carry out the request `key` once: decide on the layer as it is, keep it, show it, and give what it did.

        Asked for again, it does nothing and gives the same. It goes on to its end if the caller is cancelled. Raises
        what `decide` refuses, and `NotSaved`; nothing was changed then.
        """
        return await self._work.run(self._change(server_id, key, decide))

    async def look_up(self, server_id: str) -> None:
        """Read a server's layer from the disk anew, after a write that memory does not follow."""
        async with self._turns[server_id]:
            await self._look_up(server_id)

    async def finish(self) -> None:
        """Wait until every change that was begun has ended."""
        await self._work.finish()

    async def _change(self, server_id: str, key: str, decide: Decide) -> RequestOutcome:
        async with self._turns[server_id]:
            if server_id in self._unsure:
                await self._look_up(server_id)
            done = await requests.outcome_of(self._database, server_id, key)
            if done is not None:
                return done
            before = self.layer(server_id)
            change = await decide(before)
            snapshot = await self.compose(change.after)  # before the commit: what is kept can be shown
            book, outcome = self.book, _outcome(change)
            await self._keep(server_id, key, change, outcome)
            if self.book is not book:
                snapshot = await self.compose(change.after)
            self._show(server_id, change.after, snapshot)
            return outcome

    async def _keep(self, server_id: str, key: str, change: Change, outcome: RequestOutcome) -> None:
        async def write(transaction: Transaction) -> None:
            await requests.settle(transaction, server_id, key, outcome, self._clock())
            for step in change.steps:
                await entries.keep(transaction, server_id, step)
            await self.recalls.changed_in_server(transaction, server_id, change.steps)
            if change.write:
                await change.write(transaction)

        self._unsure.add(server_id)
        try:
            await self._database.write(write)
        except entries.StaleEntry:
            await self._look_up(server_id)
            raise ChangedMeanwhile(self.layer(server_id).entry(change.steps[0].after.id)) from None
        self._unsure.discard(server_id)

    async def _look_up(self, server_id: str) -> None:
        layer = (await layers.load(self._database, server_id, self.defaults)).get(server_id) or ServerLayer(
            settings=self.defaults
        )
        self._show(server_id, layer, await self.compose(layer))
        self._unsure.discard(server_id)

    def _show(self, server_id: str, layer: ServerLayer, snapshot: Snapshot) -> None:
        self._layers[server_id] = layer
        self._desk.serve_in(server_id, snapshot)
        self._times_shown[server_id] += 1
        self.on_shown(server_id)

    async def _compose(self, book: Snapshot, layer: ServerLayer) -> Snapshot:
        """Compose beside the loop: a server's thousand entries take a third of a second to index."""
        return await asyncio.to_thread(shown_in, book, layer, samples=self._samples)


def shown_in(book: Snapshot, layer: ServerLayer, *, samples: bool = False) -> Snapshot:
    """Give the Snapshot that members of a server with this layer are answered from."""
    live = with_server(book, layer.live(book.questions), layer.hidden, samples=samples)
    return replace(live, policy=policy_in(layer.settings, book.policy))


def _outcome(change: Change) -> RequestOutcome:
    made: RequestOutcome = {}
    for step in change.steps:
        made.setdefault(step.after.id, []).append(step.revision.number)
    return made
