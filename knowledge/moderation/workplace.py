"""What every part of the moderators' desk works with."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.curation.changes import require_seen
from knowledge.curation.entry import Signed
from knowledge.curation.examples import BreaksExamples, require_distinct
from knowledge.curation.refusals import NotAllowed
from knowledge.curation.review import needs_review
from knowledge.curation.rights import is_admin, is_moderator

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from knowledge.curation.entry import Entry, Step, Version
    from knowledge.curation.review import Risk
    from knowledge.curation.rights import Caller
    from knowledge.curation.server_layer import ServerLayer
    from knowledge.matching.lexicon import Lexicon
    from knowledge.model import Question
    from knowledge.moderation.example_checks import ExampleChecks
    from knowledge.moderation.servers import Servers
    from knowledge.moderation.views import Proposal
    from knowledge.records.database import Database

ONLY_IN_A_SERVER = "This works in a server only, for the people who moderate it."
ONLY_MODERATORS = "Only this server's moderators may do that. Its admins name them in the settings."
ONLY_ADMINS = "Only this server's admins (who may manage the server) may do that."


@dataclass(frozen=True, slots=True)
class Workplace:
    """The servers' layers, the store, the clock, and what examples say of a change."""

    servers: Servers
    database: Database
    clock: Callable[[], datetime]
    examples: ExampleChecks

    @property
    def lexicon(self) -> Lexicon:
        """The words and names of medicines that warnings are made from: those that the matcher's guards compare."""
        return self.servers.book.matcher.lexicon

    def moderated(self, caller: Caller) -> ServerLayer:
        """Give the layer of the caller's server. Raises `NotAllowed` unless they moderate it at this moment."""
        if not caller.server_id:
            raise NotAllowed(ONLY_IN_A_SERVER)
        layer = self.servers.layer(caller.server_id)
        if not is_moderator(caller, layer.settings):
            raise NotAllowed(ONLY_MODERATORS)
        return layer

    def administered(self, caller: Caller) -> ServerLayer:
        """Give the layer of the caller's server. Raises `NotAllowed` unless they are its admin at this moment."""
        if not caller.server_id:
            raise NotAllowed(ONLY_IN_A_SERVER)
        if not is_admin(caller):
            raise NotAllowed(ONLY_ADMINS)
        return self.servers.layer(caller.server_id)

    def signed(self, caller: Caller, reason: str = "") -> Signed:
        """Sign something in the caller's name, now."""
        return Signed(caller.user_id, self.clock(), " ".join(reason.split()))

    def as_seen(self, layer: ServerLayer, seen: Version) -> tuple[Entry, str]:
        """Give an entry and the hash of the book's. Raises `ChangedMeanwhile` unless it is as the caller saw it."""
        entry, book_hash = layer.entry(seen.entry_id), self.servers.book_hash(seen.entry_id)
        require_seen(entry, book_hash, seen)
        return entry, book_hash

    async def risks(self, layer: ServerLayer, question: Question) -> frozenset[Risk] | None:
        """Give why a change of an entry to `question` waits for another moderator, or None where it does not."""
        entry = layer.entry(question.id)
        current = entry.draft or entry.live
        before = current.question if current else self.servers.book.questions.get(question.id)
        # A long answer takes longer than members' questions should wait.
        return await asyncio.to_thread(needs_review, layer.settings.review, before, question, self.lexicon)

    def require_sound(self, layer: ServerLayer, proposal: Proposal) -> tuple[Entry, str]:
        """Give what `as_seen` gives. Raises `Refused` where an example would show nothing any more."""
        found = self.as_seen(layer, proposal.seen)
        require_distinct(proposal.question, layer.examples)
        return found

    async def require_examples(self, server_id: str, layer: ServerLayer, step: Step) -> None:
        """Raise `BreaksExamples` where examples that hold now would not hold any more after `step`."""
        if found := await self.examples.broken_by(server_id, layer, step):
            raise BreaksExamples(found)
