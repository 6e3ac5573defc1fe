"""How a bot stands: what a look at it and its surroundings finds, and how its backups do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

# The kind of item in the outbox that tells an owners' channel that backups fail, or work again.
BACKUP_FAULT = "backup-fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing, and what to do. It is good where there is nothing `to_do`.

    `stops` tells that the bot cannot run, or does not answer, as long as that is so.
    """

    about: str
    told: str
    to_do: str = ""
    stops: bool = False

    @property
    def good(self) -> bool:
        """Whether nothing is to be done."""
        return not self.to_do

    def __str__(self) -> str:
        """Give the line that a person reads."""
        return f"{'good' if self.good else 'bad':<4}  {self.about}: {' '.join(filter(None, (self.told, self.to_do)))}"


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """How the backups of a serving bot stand.

    `scheduled` is whether the bot makes backups by itself; `made` is when the newest verified one was made. `trouble`
    is the sentence that says why the last attempt failed, "" where it did not.
    """

    scheduled: bool
    made: datetime | None = None
    trouble: str = ""
