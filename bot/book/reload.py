"""Follows the knowledge files while the bot runs: good content is served soon after a save, bad content never.

A save is noticed by polling, as editors replace, truncate, delete and rename files in ways that no notification
survives. Everything heavy happens in a thread, and what is served changes by one assignment.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.book.keeper import BookKeeper, Found, GoodBook, RefusedBook
from bot.process.memory import collect_all, collect_recent, long_lived
from bot.process.own_thread import in_own_thread
from knowledge.content.files import BookFile, Fingerprint, fingerprint
from knowledge.content.library import whole, with_changes
from knowledge.content.losses import may_be_unfinished
from knowledge.content.status import BookStatus
from knowledge.errors import SafeToShow
from knowledge.incidents import report
from knowledge.tasks import break_off, in_background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from pathlib import Path

    from bot.book.last_good import LastGood
    from knowledge.content.book import Book
    from knowledge.content.library import Snapshot
    from knowledge.model import Question

    # Answers from a Snapshot from now on; the text is the hash of the knowledge files behind it.
    Serve = Callable[[Snapshot, str], Awaitable[None]]

_log = logging.getLogger(__name__)

# All in seconds. Two polls that find a file alike mean that its save is over.
POLL = 0.2
# A file whose end changed may still be being written, by a program that pauses: it has to stand still for longer.
PATIENCE = 1.0
# Files are read once in this while though nothing tells of a change: some disks keep coarse times.
READ_ANYWAY = 60.0
# After a crash of our own.
PAUSE = 30.0
# Indexing a book that takes longer than this is left for later: what changed is served beside the old index first.
SOON = 0.3
_TOLD = 20


class BookWatch:
    """Holds the Snapshot of the book, and follows its files while `following` is entered.

    `compose` makes a Snapshot of questions; `samples` says whether it shows invented ones. `last_good` keeps copies
    across restarts; without one, only memory does. `clock` counts seconds, `now` gives aware times. Raises
    KnowledgeFaults where the files are faulty and there is no copy.
    """

    def __init__(  # noqa: PLR0913  # what the composition root knows
        self,
        paths: Sequence[Path],
        compose: Callable[[Sequence[Question]], Snapshot],
        *,
        samples: bool = False,
        last_good: LastGood | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._paths = tuple(paths)
        self._compose = compose
        self._samples = samples
        self._clock = clock
        self._keeper = BookKeeper(paths, last_good, now)
        self._handled: Fingerprint | None = None
        self._seen = fingerprint(self._paths)
        self._since = self._read_anyway_at = clock()
        self._good, refused = self._keeper.first()
        with long_lived():
            self._snapshot = compose(self._good.book.questions)
        # The Snapshot to start with while its answers are not indexed yet.
        self._begun = None if self._snapshot.matcher.is_whole else self._snapshot
        self._indexing = clock() - self._since
        self._now, self._day = now, now().date()
        self._turn = asyncio.Lock()
        self._folding: asyncio.Task[None] | None = None
        self._fold_again_at: float | None = None
        self._status = BookStatus(
            len(self._good.book.questions), self._good.kept.loaded, self._good.hash, copied=refused is not None
        )
        self._keep_copy(self._good) if refused is None else self._refuse(refused)

    @property
    def snapshot(self) -> Snapshot:
        """The Snapshot of the book as it is served."""
        return self._snapshot

    @property
    def book(self) -> Book:
        """The book as it is served."""
        return self._good.book

    @property
    def status(self) -> BookStatus:
        """How the book and its files stand."""
        return self._status

    async def accept(self, state: str) -> None:
        """Serve the files with this hash, which are held, at the next look. Raises SafeToShow or OSError."""
        await asyncio.to_thread(self._keeper.accept, state)

    @asynccontextmanager
    async def following(self, serve: Serve) -> AsyncIterator[None]:
        """Look at the files again and again, and hand each new Snapshot, with the hash of its files, to `serve`."""
        if self._begun:
            self._index_anew(serve)
        try:
            async with in_background(self._look_for_ever(serve)):
                yield
        finally:
            if self._folding:
                await break_off(self._folding)

    async def idle(self) -> None:
        """Wait until the index of what is served is whole."""
        while self._folding and not self._folding.done():
            await asyncio.wait([self._folding])

    async def look(self, serve: Serve) -> None:
        """Look at the files once, and serve what they hold if they changed and stand still."""
        seen = await asyncio.to_thread(fingerprint, self._paths)
        now = self._clock()
        if seen != self._seen:
            self._seen, self._since = seen, now
            return
        if seen == self._handled and now < self._read_anyway_at and not await self._was_accepted():
            self._follow_the_day(serve)
            if self._fold_again_at is not None and now >= self._fold_again_at:
                self._index_anew(serve)
            return
        found = await asyncio.to_thread(self._keeper.gather)
        files = [file for file in found if isinstance(file, BookFile)]
        unfinished = now - self._since < PATIENCE and may_be_unfinished(self._good.kept.files, files)
        if unfinished or await asyncio.to_thread(fingerprint, self._paths) != seen:
            return
        self._handled, self._read_anyway_at = seen, now + READ_ANYWAY
        judged = await asyncio.to_thread(self._judged, found)
        if isinstance(judged, RefusedBook):
            self._refuse(judged)
        elif judged is not self._good:
            await self._take(judged, serve)
        elif not self._status.is_current:
            self._status = replace(self._status, faults=(), held=None, copied=False)
            _log.info("The knowledge files are again what is served")

    async def _look_for_ever(self, serve: Serve) -> None:
        while True:
            await asyncio.sleep(POLL)
            try:
                await self.look(serve)
            except Exception as error:  # noqa: BLE001  # a crash in one look must not end all looking
                report(error)
                await asyncio.sleep(PAUSE)

    def _follow_the_day(self, serve: Serve) -> None:
        """On each new day see which checks of answers are too long ago by now, and collect all garbage."""
        today = self._now().date()
        if today == self._day:
            return
        self._day = today
        if self._snapshot.policy.checked_since:
            self._index_anew(serve)
        collect_all()

    async def _was_accepted(self) -> bool:
        held = self._status.held
        return held is not None and await asyncio.to_thread(self._keeper.is_accepted, held.files_hash)

    async def _take(self, good: GoodBook, serve: Serve) -> None:
        later = self._begun is not None or self._indexing > SOON
        snapshot = await asyncio.to_thread(self._changed if later else self._indexed, good.book)
        async with self._turn:
            await serve(snapshot, good.hash)
            self._good, self._snapshot = good, snapshot
        self._status = BookStatus(len(good.book.questions), good.kept.loaded, good.hash)
        _log.info("The knowledge files were read anew: %d entries are served", len(good.book.questions))
        await asyncio.to_thread(self._keep_copy, good)
        if later:
            self._index_anew(serve)

    def _index_anew(self, serve: Serve) -> None:
        if self._folding is None or self._folding.done():
            self._fold_again_at = None
            self._folding = asyncio.create_task(self._fold(serve))

    async def _fold(self, serve: Serve) -> None:
        """Give the book a whole index again, as often as it changed meanwhile."""
        folded: GoodBook | None = None
        try:
            while folded is not self._good:
                folded = self._good
                snapshot = await in_own_thread(partial(self._indexed, folded.book))
                self._begun = None
                async with self._turn:
                    if folded is self._good:
                        await serve(snapshot, folded.hash)
                        self._snapshot = snapshot
        except Exception as error:  # noqa: BLE001  # what is served beside the old index goes on being served
            report(error)
            self._fold_again_at = self._clock() + PAUSE

    def _judged(self, found: Found) -> GoodBook | RefusedBook:
        collect_recent()
        return self._keeper.judge(found, self._good)

    def _indexed(self, book: Book) -> Snapshot:
        served, begun = self._snapshot, self._clock()
        with long_lived():
            snapshot = whole(served if served is self._begun else self._compose(book.questions))
        self._indexing = self._clock() - begun
        return snapshot

    def _changed(self, book: Book) -> Snapshot:
        with long_lived():
            return with_changes(self._snapshot, book.questions, samples=self._samples)

    def _refuse(self, refused: RefusedBook) -> None:
        before = self._status
        self._status = replace(before, faults=refused.faults, held=refused.held)
        if (before.faults, before.held) == (refused.faults, refused.held):
            return
        serving = "the copy kept from before" if before.copied else "what was read before"
        if refused.held:
            _log.warning("The knowledge files are held, and %s is served: %s", serving, refused.held.reason)
            return
        _log.error("The knowledge files have faults, and %s is served. `python -m bot check` tells them:", serving)
        for fault in refused.faults[:_TOLD]:
            _log.error("  %s", fault.whereabouts)

    def _keep_copy(self, good: GoodBook) -> None:
        try:
            self._keeper.keep(good)
        except (SafeToShow, OSError) as error:
            _log.warning("The copy of the knowledge files could not be kept: %s", type(error).__name__)
