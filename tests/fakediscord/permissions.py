"""Who may do what where, computed as Discord documents it: roles first, then the channel's overwrites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakediscord.state import Guild

ADMINISTRATOR = 1 << 3
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
USE_APPLICATION_COMMANDS = 1 << 31
CREATE_PUBLIC_THREADS = 1 << 35
SEND_MESSAGES_IN_THREADS = 1 << 38

ALL = (1 << 52) - 1
ORDINARY = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS
)
# What anyone may do in a direct message.
IN_DIRECT_MESSAGES = ORDINARY


def in_channel(guild: Guild, user_id: str, channel: dict[str, Any]) -> int:
    """Give the permissions of a member in one of the guild's channels, as a bit set."""
    if guild.owner_id == user_id:
        return ALL
    roles = [guild.id, *guild.members[user_id]["roles"]]
    allowed = 0
    for role in roles:
        allowed |= int(guild.roles[role]["permissions"])
    if allowed & ADMINISTRATOR:
        return ALL
    overwrites = {overwrite["id"]: overwrite for overwrite in channel.get("permission_overwrites", [])}
    allowed = _overwritten(allowed, [overwrites.get(guild.id)])
    allowed = _overwritten(allowed, [overwrites.get(role) for role in roles[1:]])
    allowed = _overwritten(allowed, [overwrites.get(user_id)])
    return allowed if allowed & VIEW_CHANNEL else 0


def _overwritten(allowed: int, overwrites: list[dict[str, Any] | None]) -> int:
    denied = granted = 0
    for overwrite in overwrites:
        if overwrite is not None:
            denied |= int(overwrite["deny"])
            granted |= int(overwrite["allow"])
    return (allowed & ~denied) | granted
