"""What the cogs need of the rest of the program, as they see it: it comes from the composition root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable
    from contextlib import AbstractContextManager

    from knowledge.content.book import Book
    from knowledge.content.status import BookStatus
    from knowledge.deliveries.last_heard import LastHeard
    from knowledge.deliveries.log import DeliveryLog
    from knowledge.deliveries.outbox import Carry
    from knowledge.members.desk import MembersDesk
    from knowledge.moderation.desk import ModeratorsDesk
    from knowledge.moderation.unsaved import UnsavedWork
    from knowledge.upkeep.departures import Departures


class Traffic(Protocol):
    """Bounded queues, and what is kept of a message for as long as the program runs: ids, never words or authors."""

    @property
    def ending(self) -> bool:
        """Whether the program is ending: what comes now is too late to be begun, but for cards."""
        ...

    def put(self, channel: int, job: Callable[[], Awaitable[None]], *, overheard: bool = False) -> bool:
        """Queue a job behind others of its channel. False when there are too many already.

        What was `overheard` is left out sooner than what was meant for the bot.
        """
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
        """Forget the reply to a message, which is being taken away or is gone; give its channel and id."""
        ...

    def taken_away(self, message: int) -> int:
        """Give how many replies a message got that are `unsent`."""
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
    def last_heard(self) -> LastHeard:
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
