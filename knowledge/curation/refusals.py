"""What a moderator is told when a change is not made. Nothing was saved then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import SafeToShow

if TYPE_CHECKING:
    from knowledge.curation.entry import Entry


class Refused(SafeToShow):
    """A change that the rules do not allow."""


class QuotingRefusal(Refused):
    """A refusal whose sentence quotes stored words: wherever it is shown, the notice closes it."""


class NotAllowed(Refused):
    """The person may not do this, or not any more."""


class ChangedMeanwhile(Refused):
    """The entry is not as the person saw it. `entry` is how it stands now: show what changed, then ask again."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(
            "Not saved: somebody changed this answer after you opened it. Look at what changed, then make your change "
            "again."
        )
        self.entry = entry
