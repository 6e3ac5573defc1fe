"""The one object that adapters hold for moderators. Every method of its parts checks anew what its caller may do."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.curation.settings import SHIPPED, ServerSettings
from knowledge.deliveries.recall import MONTH, Recalls
from knowledge.moderation.administering import Administering
from knowledge.moderation.book_changes import BookChanges
from knowledge.moderation.editing import Editing
from knowledge.moderation.example_checks import ExampleChecks
from knowledge.moderation.looking import Looking
from knowledge.moderation.measuring import Weeks
from knowledge.moderation.phrasings import Phrasings
from knowledge.moderation.proposing import Proposing
from knowledge.moderation.queue import Queue
from knowledge.moderation.servers import Servers
from knowledge.moderation.workplace import Workplace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection
    from datetime import datetime, timedelta

    from knowledge.content.library import Snapshot
    from knowledge.desk import AnswerDesk
    from knowledge.records.database import Database


@dataclass(frozen=True, slots=True)
class ModeratorsDesk:
    """Look at what is there, propose, edit, administer, work through the queue; and follow the book when it changes."""

    look: Looking
    propose: Proposing
    edit: Editing
    administer: Administering
    queue: Queue
    phrasings: Phrasings
    servers: Servers
    recalls: Recalls
    weeks: Weeks
    book_changes: BookChanges

    async def follow(self, book: Snapshot, files_hash: str) -> None:
        """Show a new book from now on under every server's own answers, and keep a revision of what changed in it.

        What says the same in both becomes the book's.
        """
        await self.servers.follow(book)
        await self.book_changes.record(files_hash)
        await self.book_changes.retire_merged()


@asynccontextmanager
async def open_moderators_desk(  # noqa: PLR0913  # what the composition root knows
    database: Database,
    desk: AnswerDesk,
    clock: Callable[[], datetime],
    *,
    files_hash: str = "",
    nothing: Callable[[], Collection[str]] = tuple,
    defaults: ServerSettings = SHIPPED,
    samples: bool = False,
    recall_within: timedelta = MONTH,
) -> AsyncIterator[ModeratorsDesk]:
    """Show every server's own answers on `desk` and open the moderators' desk over them.

    `clock` gives aware times. `files_hash` tells the state of the knowledge files, `nothing` gives the book's texts
    that must find no entry, as the book is then; `defaults` are the settings of a server that chose none;
    `recall_within` is as for `Recalls`. Leave it before the database: changes that were begun are waited for.
    """
    recalls = Recalls(database, desk, clock, within=recall_within)
    servers = Servers(database, desk, clock, recalls=recalls, defaults=defaults, samples=samples)
    await servers.load()
    book_changes = BookChanges(database, servers, clock)
    await book_changes.record(files_hash)
    await book_changes.retire_merged()
    workplace = Workplace(servers, database, clock, ExampleChecks(servers, nothing))
    propose = Proposing(workplace)
    waiting = Queue(workplace)
    try:
        yield ModeratorsDesk(
            Looking(workplace),
            propose,
            Editing(workplace),
            Administering(workplace),
            waiting,
            Phrasings(workplace, propose),
            servers,
            recalls,
            Weeks(database, servers),
            book_changes,
        )
    finally:
        await waiting.finish()
        await servers.finish()
