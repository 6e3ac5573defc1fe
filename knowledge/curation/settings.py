"""What the admins of a server decide about its answers, and who may do what there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The settings of one server. Without `moderator_roles`, who may manage messages is a moderator."""

    review: ReviewMode = ReviewMode.OFF
    moderator_roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Caller:
    """A person acting in a server, with the rights that the platform tells for this very moment."""

    server_id: str
    user_id: str
    role_ids: frozenset[str] = frozenset()
    manages_messages: bool = False
    manages_server: bool = False


def is_admin(caller: Caller) -> bool:
    """Whether the person owns this server's settings and answers."""
    return bool(caller.server_id) and caller.manages_server


def is_moderator(caller: Caller, settings: ServerSettings) -> bool:
    """Whether the person may change this server's answers: its admins, and the roles they named or Manage Messages."""
    if is_admin(caller):
        return True
    if settings.moderator_roles:
        return bool(caller.server_id) and not settings.moderator_roles.isdisjoint(caller.role_ids)
    return bool(caller.server_id) and caller.manages_messages
