"""The one object that adapters hold for what members decide about what is kept of them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.members.held import HeldTexts
from knowledge.members.notifying import Notifier
from knowledge.members.passing_on import PassingOn
from knowledge.members.privacy import Privacy
from knowledge.members.voting import Voting
from knowledge.records import opt_outs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from knowledge.moderation.servers import Servers
    from knowledge.records.database import Database


@dataclass(frozen=True, slots=True)
class MembersDesk:
    """Votes on replies, questions and wordings passed on to moderators, privacy.

    `held` are texts that members may agree to have kept, in memory alone.
    """

    votes: Voting
    held: HeldTexts
    passing_on: PassingOn
    notifier: Notifier
    privacy: Privacy


@asynccontextmanager
async def open_members_desk(
    database: Database, servers: Servers, clock: Callable[[], datetime]
) -> AsyncIterator[MembersDesk]:
    """Open the members' desk, and tell who waits of what is answered by now and from now on.

    `clock` gives aware times. Leave it before the database: what was begun is waited for.
    """
    held, notifier = HeldTexts(clock), Notifier(database, servers, clock)
    passing_on = PassingOn(database, servers, notifier, held, clock)
    out, read_since = set(await opt_outs.load(database)), await opt_outs.load_ended(database)
    privacy = Privacy(database, held, out, read_since, clock)
    servers.on_shown = notifier.look_soon
    notifier.look_soon("")
    try:
        async with held.let_go_in_time():
            yield MembersDesk(Voting(database, clock), held, passing_on, notifier, privacy)
    finally:
        await passing_on.finish()
        await notifier.finish()
