"""How the backups of a serving bot stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

# The kind of item in the outbox that tells an owners' channel that backups fail, or work again.
NEWS = "backup-fault"


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """`scheduled` is whether the bot makes backups by itself; `made` is when the newest verified one was made.

    `trouble` is the sentence that says why the last attempt failed, "" where it did not.
    """

    scheduled: bool
    made: datetime | None = None
    trouble: str = ""
