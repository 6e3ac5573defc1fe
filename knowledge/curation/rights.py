"""Who may do what in a server, by the rights that the platform tells for the very moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.curation.settings import ServerSettings


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
