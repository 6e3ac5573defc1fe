"""What is looked at to tell how a serving bot stands, and what of it is bad, in plain words.

Numbers, times and sentences of our own: no texts, no names and no ids of servers, channels or members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.health.pulse import STILL_SECONDS
from knowledge.records.files import TOO_LONG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from bot.health.timing import Timing
    from knowledge.content.status import BookStatus
    from knowledge.health import BackupStatus
    from knowledge.records.signs import StoreSigns
    from knowledge.statistics.counting import Counted

# Discord drops whoever misses heartbeats; far before that members notice. All in seconds.
_HELD_UP = 5.0
_OVERDUE = 3_600.0
_LEAST_FREE = 500_000_000
_MANY_WAITING = 500


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the bot stands at one moment. Durations are in seconds.

    `quiet` is since when nothing was heard of the platform, `lag` the worst lateness of the loop in the last minute.
    `rankers` is how many ranking processes are at work. `counted` says what became of messages since the start,
    `replies` how long a message waited for its reply.
    """

    at: datetime
    version: str
    uptime: float
    ready: bool
    quiet: float
    lag: float
    waiting: int
    in_flight: int
    rankers: int
    store: StoreSigns
    disk_free: int
    book: BookStatus
    backup: BackupStatus
    backup_every: timedelta
    counted: Mapping[Counted, int]
    replies: Timing

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why members are not answered as they should be; nothing where all is well."""
        told = {
            "Not connected to Discord.": not self.ready,
            f"Nothing was heard of Discord for {self.quiet:.0f} seconds.": self.quiet >= STILL_SECONDS,
            f"The program was held up for {self.lag:.1f} seconds within the last minute.": self.lag >= _HELD_UP,
            self.store.trouble: bool(self.store.trouble),
        }
        return tuple(reason for reason, holds in told.items() if holds)

    @property
    def notes(self) -> tuple[str, ...]:
        """What somebody should look at, though members are answered."""
        book, backup, store = self.book, self.backup, self.store
        late = backup.made is not None and self.at - backup.made > 2 * self.backup_every
        told = {
            "The knowledge files are held; `python -m bot accept` serves them.": book.held is not None,
            "The knowledge files have faults, and what was read before is served.": bool(book.faults),
            f"{self.waiting} messages wait for their reply.": self.waiting >= _MANY_WAITING,
            f"Something in the outbox waits for {store.overdue / 3600:.0f} hours.": store.overdue >= _OVERDUE,
            f"The database's log has {store.log_bytes / 1e6:.0f} MB: another program may hold it open.": (
                store.log_bytes > TOO_LONG
            ),
            f"Only {self.disk_free / 1e6:.0f} MB are free on the disk.": self.disk_free < _LEAST_FREE,
            f"The last backup failed. {backup.trouble}": bool(backup.trouble),
            "There is no backup yet.": backup.scheduled and backup.made is None and not backup.trouble,
            f"The newest backup is of {backup.made:%Y-%m-%d}." if backup.made else "": backup.scheduled and late,
        }
        return tuple(note for note, holds in told.items() if holds)
