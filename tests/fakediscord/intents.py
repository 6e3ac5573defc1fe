"""Which events a gateway session gets for the intents that it asked for."""

from __future__ import annotations

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_REACTIONS = 1 << 10
DIRECT_MESSAGES = 1 << 12
DIRECT_REACTIONS = 1 << 13
MESSAGE_CONTENT = 1 << 15

PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
ALL = (1 << 28) - 1

_BY_PREFIX = (
    ("MESSAGE_REACTION", GUILD_REACTIONS, DIRECT_REACTIONS),
    ("MESSAGE", GUILD_MESSAGES, DIRECT_MESSAGES),
    ("GUILD_MEMBER", GUILD_MEMBERS, 0),
    ("GUILD", GUILDS, 0),
    ("CHANNEL", GUILDS, 0),
    ("THREAD", GUILDS, 0),
)
_ANSWERS = frozenset({"GUILD_MEMBERS_CHUNK"})


def wanted(session_intents: int, event: str, *, in_guild: bool) -> bool:
    """Whether a session with these intents is sent `event`. What has no intent is sent to all."""
    if event in _ANSWERS:
        return True
    for prefix, in_guilds, in_direct in _BY_PREFIX:
        if event.startswith(prefix):
            return bool(session_intents & (in_guilds if in_guild else in_direct))
    return True
