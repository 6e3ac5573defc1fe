"""The one object that adapters hold for what members decide about what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.members.voting import Voting

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from knowledge.moderation.servers import Servers
    from knowledge.records.database import Database


@dataclass(frozen=True, slots=True)
class MembersDesk:
    """Votes on replies."""

    votes: Voting
    servers: Servers

    def kept_days(self, server_id: str) -> int:
        """Give for how many days at most a server keeps what its members agreed to."""
        return self.servers.layer(server_id).settings.retention_days


def open_members_desk(database: Database, servers: Servers, clock: Callable[[], datetime]) -> MembersDesk:
    """Open the members' desk. `clock` gives aware times."""
    return MembersDesk(Voting(database, clock), servers)
