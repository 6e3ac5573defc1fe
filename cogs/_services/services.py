"""What the composition root hands to the cogs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, cast

import discord

from cogs._custom_ids.states import checksum
from cogs._rendering.layouts import Fullness, Reader
from cogs._services.private_replies import PrivateReplies
from cogs._services.shared_server import SharedServers
from knowledge.curation.settings import SHIPPED
from knowledge.errors import NotRead, NotSaved
from knowledge.model import Tier

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from cogs._services.protocols import Cooldowns, FollowedBook, OutboxLine, Storage, Traffic
    from knowledge.curation.care import Measured
    from knowledge.curation.settings import ServerSettings
    from knowledge.desk import AnswerDesk
    from knowledge.health import Finding
    from knowledge.model import Decision
    from knowledge.statistics.summary import Bar


@dataclass(frozen=True, slots=True)
class Services:
    """What every cog works with. `watched` and `staff` are channel ids; nothing is said in a staff channel by default.

    `defaults` are the settings of servers where nothing is kept. `reads_everything` is whether the message-content
    intent is on. Without `storage` there is nothing for moderators. `owners` are ids of people who own the book besides
    the application's owners, `fault_channels` those of channels that are told when its files are not served. Without
    `book` there is nothing for owners. Without `outbox` nothing is done later. `draw_chart` gives a PNG, or None where
    it cannot; it takes a second and is called beside the loop. `measured` tells what a word for how sure to be means.
    `examine` looks at what the bot needs, on its machine and on Discord.
    """

    desk: AnswerDesk
    traffic: Traffic
    cooldowns: Cooldowns
    defaults: ServerSettings = SHIPPED
    watched: AbstractSet[int] = frozenset()
    staff: AbstractSet[int] = frozenset()
    fullness: Fullness = Fullness.FULL
    reads_everything: bool = False
    storage: Storage | None = None
    book: FollowedBook | None = None
    owners: AbstractSet[int] = frozenset()
    fault_channels: AbstractSet[int] = frozenset()
    outbox: OutboxLine | None = None
    draw_chart: Callable[[Sequence[Bar]], bytes | None] | None = None
    measured: Sequence[Measured] = ()
    examine: Callable[[discord.Client], Awaitable[Sequence[Finding]]] | None = None
    shared_servers: SharedServers = field(default_factory=SharedServers)
    private_replies: PrivateReplies = field(default_factory=PrivateReplies)

    def settings(self, server_id: str) -> ServerSettings:
        """Give a server's settings, from memory. Where it names no channels of its own, the operator's are watched."""
        kept = self.storage.moderators.servers.settings(server_id) if self.storage else self.defaults
        return kept if "watched" in kept.chosen else _watching(kept, frozenset(self.watched))

    def is_paused(self, server_id: str) -> bool:
        """Whether a server's moderators have paused the bot: then it shows emergency cards alone."""
        return self.settings(server_id).is_paused(discord.utils.utcnow())

    def reader(self, decision: Decision, asker: int) -> Reader:
        """For whom the reply to a text is drawn: its asker, and what is offered if it is not what was meant."""
        others = tuple(checksum(question.id) for question in self.desk.next_candidates(decision))
        caution = decision.verdict.category if decision.verdict.tier is Tier.CAUTION else ""
        return self.reader_of(asker, others, caution)

    def opted_out(self, member: int, written_at: datetime | None = None) -> bool:
        """Whether what a member writes, or wrote then, in watched channels is not to be read."""
        return self.storage is not None and self.storage.members.privacy.opted_out(str(member), written_at)

    def reader_of(self, asker: int, others: tuple[str, ...] = (), caution: str = "") -> Reader:
        """For whom a reply is drawn that shows an entry by its name (see `Reader`)."""
        return Reader(asker, self.fullness, others, caution, votes=self.storage is not None)


# Asked for half a dozen times while a message is answered.
@lru_cache(maxsize=256)
def _watching(settings: ServerSettings, channels: frozenset[int]) -> ServerSettings:
    return replace(settings, watched=frozenset(map(str, channels)))


class _HasServices(Protocol):
    services: Services


def services_of(client: discord.Client) -> Services:
    """Give the services of the client that a cog or button was called by."""
    return cast("_HasServices", client).services


def storage_of(client: discord.Client) -> Storage:
    """Give the storage; a cog that is for moderators is only added where there is one."""
    storage = services_of(client).storage
    if storage is None:
        raise NotSaved("This bot keeps nothing here, so there is nothing for moderators to do.")
    return storage


def book_of(client: discord.Client) -> FollowedBook:
    """Give the book and its files; a cog that is for owners is only added where they are followed."""
    book = services_of(client).book
    if book is None:
        raise NotRead("This bot follows no knowledge files.")
    return book


def examiner_of(client: discord.Client) -> Callable[[discord.Client], Awaitable[Sequence[Finding]]]:
    """Give what looks at a client and its machine."""
    examine = services_of(client).examine
    if examine is None:
        raise NotRead("Nothing can be looked at here. Use `python -m bot doctor` on the bot's machine.")
    return examine


def server_of(guild: discord.Guild | None) -> str:
    """Give the id under which a server's own answers are kept; "" for a direct message."""
    return str(guild.id) if guild is not None else ""


async def server_for(interaction: discord.Interaction[Any]) -> str:
    """Give the server whose answers somebody gets who used something: in a direct message the one that they share."""
    if interaction.guild is not None:
        return server_of(interaction.guild)
    client = interaction.client
    return await services_of(client).shared_servers.of(client, interaction.user.id)
