"""What the admins of a server decide about its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


class ReviewMode(StrEnum):
    """Which saved answers wait until another moderator approves them."""

    OFF = "off"
    RISKY = "risky"
    ALL = "all"


REVIEW_MEANS = {
    ReviewMode.OFF: "What a moderator saves is shown to members at once.",
    ReviewMode.RISKY: (
        "Answers that name doses, drugs, children or pregnancy wait until another moderator approves them. "
        "With a single moderator they wait for ever: choose this with two or more."
    ),
    ReviewMode.ALL: (
        "Whatever a moderator saves waits until another moderator approves it. "
        "With a single moderator nothing new is ever shown: choose this with two or more."
    ),
}


class Care(StrEnum):
    """How sure the bot has to be before it answers by itself. What each word means in figures is measured."""

    CAREFUL = "careful"
    USUAL = "usual"
    EAGER = "eager"


@dataclass(frozen=True, slots=True)
class Digest:
    """When and where a server is told once a week what was asked: `weekday` 0 is Monday, `hour` 0 to 23 in `zone`."""

    weekday: int
    hour: int
    zone: str
    channel: str


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The settings of one server, each as its admins chose it, else as the operator's settings file says.

    Channels and roles are the platform's own ids. Without `moderator_roles`, who may manage messages is a moderator.
    `watched` are the channels in which every message is read; `watch_threads` counts threads and posts under them in.
    `answer_again_after` and `member_window` are seconds: the same answer is not repeated in a channel sooner, and a
    member gets `answers_per_member` answers in the window; 0 is no limit. `country` is a code such as "GB", "" as the
    operator says. `own_lines` stand on emergency cards, `notice_addition` above the notice, each besides the
    operator's. `staff_channel` is "" for none of the server's own. While `paused`, only emergency cards are shown;
    `paused_until` is in seconds since 1970, 0 until somebody resumes.

    `chosen` names the settings that are the server's own choice.
    """

    review: ReviewMode = ReviewMode.OFF
    moderator_roles: frozenset[str] = frozenset()
    watched: frozenset[str] = frozenset()
    watch_threads: bool = True
    care: Care = Care.USUAL
    answer_again_after: int = 600
    answers_per_member: int = 3
    member_window: int = 300
    private_ask: bool = True
    country: str = ""
    own_lines: tuple[str, ...] = ()
    notice_addition: str = ""
    staff_channel: str = ""
    digest: Digest | None = None
    retention_days: int = 90
    paused: bool = False
    paused_until: int = 0
    chosen: frozenset[str] = frozenset()

    def choosing(self, **values: Any) -> ServerSettings:  # noqa: ANN401  # each has the type of its field
        """Give the settings with these chosen by the server."""
        return replace(self, **values, chosen=self.chosen.union(values))

    def leaving(self, names: Collection[str], defaults: ServerSettings) -> ServerSettings:
        """Give the settings with these as the operator's `defaults` say, whatever that will be."""
        values = {name: getattr(defaults, name) for name in names}
        return replace(self, **values, chosen=self.chosen.difference(names))

    def is_paused(self, now: datetime) -> bool:
        """Whether only emergency cards are shown at this moment."""
        return self.paused and (not self.paused_until or now.timestamp() < self.paused_until)


# What holds where neither a server nor the operator says anything.
SHIPPED = ServerSettings()
