"""What the composition root hands to the cogs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, cast

import discord

from cogs._drafts import Fullness, Reader
from cogs._private_replies import PrivateReplies
from cogs._states import checksum
from knowledge.curation.settings import SHIPPED
from knowledge.errors import NotRead, NotSaved
from knowledge.model import Tier

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Sequence
    from collections.abc import Set as AbstractSet
    from contextlib import AbstractContextManager

    from knowledge.attendance import Attendance
    from knowledge.carrying import Carry
    from knowledge.content.book import Book
    from knowledge.content.status import BookStatus
    from knowledge.curation.care import Measured
    from knowledge.curation.settings import ServerSettings
    from knowledge.delivery_log import DeliveryLog
    from knowledge.departures import Departures
    from knowledge.desk import AnswerDesk
    from knowledge.examination import Finding
    from knowledge.members.desk import MembersDesk
    from knowledge.model import Decision
    from knowledge.moderation.desk import ModeratorsDesk
    from knowledge.moderation.unsaved import UnsavedWork
    from knowledge.statistics import Bar


class Traffic(Protocol):
    """Bounded queues, and what is kept of a message for as long as the program runs: ids, never words or authors."""

    @property
    def ending(self) -> bool:
        """Whether the program is ending: what comes now is too late to be begun, but for cards."""
        ...

    def put(self, channel: int, job: Callable[[], Awaitable[None]]) -> bool:
        """Queue a job behind others of its channel. False when there are too many already."""
        ...

    def busy(self) -> AbstractContextManager[None]:
        """Count the work inside as in flight: an ending program waits for it."""
        ...

    def begin(self, message: int) -> bool:
        """Claim a message. False when it was claimed before."""
        ...

    def knows(self, message: int) -> bool:
        """Whether this run has had to do with a message."""
        ...

    def sent(self, message: int, channel: int, reply: int) -> bool:
        """Note which reply a message got. False when the message was deleted meanwhile: so must be its reply."""
        ...

    def reply_to(self, message: int) -> tuple[int, int] | None:
        """Give channel and id of the reply that a message got."""
        ...

    def unsent(self, message: int) -> tuple[int, int] | None:
        """Forget the reply to a message, which is being taken away; give its channel and id."""
        ...

    def gone(self, message: int) -> tuple[int, int] | None:
        """Note that a message was deleted; give channel and id of the reply that goes with it."""
        ...

    def is_gone(self, message: int) -> bool:
        """Whether a message was deleted."""
        ...

    def rethink(self, message: int) -> bool:
        """Allow a message to be thought over again after an edit: True once."""
        ...

    def within(self, key: object, seconds: float) -> bool:
        """Whether `note` was called for `key` in the last `seconds`."""
        ...

    def note(self, key: object) -> None:
        """Remember `key` for a while."""
        ...


class Cooldowns(Protocol):
    """Which answer a channel got lately, and how often a member was answered: in memory, ids alone."""

    def earlier(self, channel: int, answer: str, seconds: float) -> int | None:
        """Give the reply that brought an answer to a channel in the last `seconds`; 0 while that is on its way."""
        ...

    def begin(self, channel: int, answer: str) -> None:
        """Note that an answer is on its way to a channel."""
        ...

    def shown(self, channel: int, answer: str, reply: int) -> None:
        """Note that a reply shows this answer now, whatever it showed before; "" is none."""
        ...

    def not_sent(self, channel: int, answer: str) -> None:
        """Note that what was on its way did not arrive."""
        ...

    def gone(self, reply: int) -> None:
        """Note that a reply was deleted."""
        ...

    def take(self, member: Hashable, answers: int, seconds: float) -> float:
        """Take the right to one more answer, of `answers` in `seconds`; 0 is taken, else the seconds to wait for it."""
        ...

    def give_back(self, member: Hashable) -> None:
        """Give back the right that was taken last: nothing was sent."""
        ...


class FollowedBook(Protocol):
    """The book, which follows its files."""

    @property
    def status(self) -> BookStatus:
        """What is served, and why nothing newer is."""
        ...

    @property
    def book(self) -> Book:
        """The book as it is served."""
        ...

    async def accept(self, state: str) -> None:
        """Serve the files with this hash, which are held."""
        ...


class OutboxLine(Protocol):
    """Where the outbox is told how its items are carried out, for as long as Discord is there."""

    def connect(self, carry: Carry) -> None:
        """Carry items out with `carry` from now on."""
        ...

    async def disconnect(self) -> None:
        """Begin nothing more, and wait a little for what is being carried out."""
        ...


class Storage(Protocol):
    """What is kept: the moderators' desk, what was sent, and what moderators have not saved yet (in memory)."""

    @property
    def moderators(self) -> ModeratorsDesk:
        """The moderators' desk."""
        ...

    @property
    def deliveries(self) -> DeliveryLog:
        """Which reply showed what."""
        ...

    @property
    def members(self) -> MembersDesk:
        """What members decide about what is kept."""
        ...

    @property
    def attendance(self) -> Attendance:
        """Up to which message everything was heard."""
        ...

    @property
    def departures(self) -> Departures:
        """Which servers the bot was removed from."""
        ...

    @property
    def unsaved(self) -> UnsavedWork:
        """What moderators have typed and not saved."""
        ...


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
    private_replies: PrivateReplies = field(default_factory=PrivateReplies)

    def settings(self, server_id: str) -> ServerSettings:
        """Give a server's settings, from memory. Where it names no channels of its own, the operator's are watched."""
        kept = self.storage.moderators.servers.settings(server_id) if self.storage else self.defaults
        return kept if "watched" in kept.chosen else replace(kept, watched=frozenset(map(str, self.watched)))

    def is_paused(self, server_id: str) -> bool:
        """Whether a server's moderators have paused the bot: then it shows emergency cards alone."""
        return self.settings(server_id).is_paused(discord.utils.utcnow())

    def reader(self, decision: Decision, asker: int) -> Reader:
        """For whom the reply to a text is drawn: its asker, and what is offered if it is not what was meant."""
        others = tuple(checksum(question.id) for question in self.desk.next_candidates(decision))
        caution = decision.verdict.category if decision.verdict.tier is Tier.CAUTION else ""
        return self.reader_of(asker, others, caution)

    def opted_out(self, member: int) -> bool:
        """Whether a member's messages in watched channels are not to be read."""
        return self.storage is not None and self.storage.members.privacy.opted_out(str(member))

    def reader_of(self, asker: int, others: tuple[str, ...] = (), caution: str = "") -> Reader:
        """For whom a reply is drawn that shows an entry by its name (see `Reader`)."""
        return Reader(asker, self.fullness, others, caution, votes=self.storage is not None)


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
    """Give the id under which a server's own answers are kept; "" for a direct message, which gets the book alone."""
    return str(guild.id) if guild is not None else ""
