"""How the book stands: what is served, since when, and what is wrong with the files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from knowledge.content.losses import Held
    from knowledge.errors import Fault

# The kind of item in the outbox that tells an owners' channel of a state of the files.
BOOK_FAULT = "book-fault"


@dataclass(frozen=True, slots=True)
class BookStatus:
    """What is served and why nothing newer is.

    `loaded` is when the files were first read as they are served now, `files_hash` tells that state of them. `faults`
    are what is wrong with the files as they stand, `held` is why they wait for an owner; with neither, they are what is
    served. `copied` says that the copy kept by the bot is served, since the files were unusable when it started.
    """

    entries: int
    loaded: datetime
    files_hash: str
    faults: tuple[Fault, ...] = ()
    held: Held | None = None
    copied: bool = False

    @property
    def trouble(self) -> tuple[object, ...]:
        """What keeps the files from being served: equal for equal reasons, empty where nothing does."""
        return () if self.is_current else (self.faults, self.held)

    @property
    def trouble_hash(self) -> str:
        """What is equal for equal troubles, also in another run of the program; "" where there is none."""
        return "" if self.is_current else hashlib.sha256(repr(self.trouble).encode()).hexdigest()[:16]

    @property
    def is_current(self) -> bool:
        """Whether the files as they stand are what is served."""
        return not self.faults and self.held is None
