"""What the fake Discord holds: users, servers, channels, messages, files. Values are the JSON of the wire."""

from __future__ import annotations

import copy
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.fakediscord import permissions
from tests.fakediscord.errors import unknown

Json = dict[str, Any]

GUILD_TEXT, DIRECT, PUBLIC_THREAD = 0, 1, 11
EPHEMERAL, LOADING = 1 << 6, 1 << 7
_EPOCH_MS = 1420070400000


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody sends."""

    name: str
    data: bytes
    content_type: str = "application/octet-stream"


@dataclass(slots=True)
class Guild:
    """A server. Roles, members and channels by id; the role with the server's own id is everyone's."""

    id: str
    name: str
    owner_id: str
    roles: dict[str, Json] = field(default_factory=dict)
    members: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    threads: dict[str, Json] = field(default_factory=dict)


def now() -> str:
    """Give the present moment as Discord writes it."""
    return datetime.now(UTC).isoformat()


class _Snowflakes:
    """Gives ids, each larger than all before it, that carry the present moment."""

    def __init__(self) -> None:
        self._last_ms = 0
        self._increment = 0

    def next(self) -> str:
        now_ms = max(int(time.time() * 1000), self._last_ms)
        self._increment = (self._increment + 1) % 4096 if now_ms == self._last_ms else 0
        if now_ms == self._last_ms and self._increment == 0:
            now_ms += 1
        self._last_ms = now_ms
        return str((now_ms - _EPOCH_MS) << 22 | self._increment)


class World:
    """All that exists. Nothing here sends anything."""

    def __init__(self, *, application_id: str = "1000") -> None:
        self.users: dict[str, Json] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, Json] = {}
        self.files: dict[str, File] = {}
        # Which message of the bot a nonce made last.
        self.nonces: dict[str, str] = {}
        self.commands: dict[str | None, list[Json]] = {}
        self.application_id = application_id
        self.files_at = ""
        self._direct: dict[str, Json] = {}
        self._snowflakes = _Snowflakes()
        self.bot = self.add_user("Second Opinion", bot=True, user_id=application_id)
        self.owner = self.add_user("owner")

    def snowflake(self) -> str:
        """Give a new id, larger than all before it, that carries the present moment."""
        return self._snowflakes.next()

    def seen_by_another(self, name: str, application_id: str) -> World:
        """Give this world, all of it, as another application in all of its servers has it: with its own bot."""
        other = copy.copy(self)
        other.application_id = application_id
        other.bot = self.add_user(name, bot=True, user_id=application_id)
        other.nonces, other.commands, other._direct = {}, {}, {}
        for guild in self.guilds.values():
            self.add_member(guild, other.bot)
        return other

    def snowflake_of(self, moment: datetime) -> str:
        """Give the first id of an earlier moment that nothing has yet."""
        number = (int(moment.timestamp() * 1000) - _EPOCH_MS) << 22
        while str(number) in self.messages:
            number += 1
        return str(number)

    def add_user(self, name: str, *, bot: bool = False, user_id: str | None = None) -> Json:
        user_id = user_id or self.snowflake()
        self.users[user_id] = {
            "id": user_id,
            "username": name,
            "discriminator": "0",
            "global_name": name,
            "avatar": None,
            "bot": bot,
            "public_flags": 0,
        }
        return self.users[user_id]

    def add_guild(self, name: str, *, everyone_may: int = permissions.ORDINARY) -> Guild:
        """Make a server with the bot in it."""
        guild = Guild(self.snowflake(), name, self.owner["id"])
        self.guilds[guild.id] = guild
        self.add_role(guild, "@everyone", everyone_may, role_id=guild.id)
        self.add_member(guild, self.bot)
        self.add_member(guild, self.owner)
        return guild

    def add_role(self, guild: Guild, name: str, may: int = 0, *, role_id: str | None = None) -> Json:
        role_id = role_id or self.snowflake()
        guild.roles[role_id] = {
            "id": role_id,
            "name": name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "position": len(guild.roles),
            "permissions": str(may),
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
        return guild.roles[role_id]

    def add_member(self, guild: Guild, user: Json, roles: tuple[Json, ...] = ()) -> Json:
        guild.members[user["id"]] = {
            "user": user,
            "nick": None,
            "roles": [role["id"] for role in roles],
            "joined_at": "2024-01-01T00:00:00+00:00",
            "deaf": False,
            "mute": False,
            "flags": 0,
        }
        return guild.members[user["id"]]

    def add_channel(self, guild: Guild, name: str, **extra: Any) -> Json:
        channel_id = self.snowflake()
        channel = {
            "id": channel_id,
            "type": GUILD_TEXT,
            "name": name,
            "guild_id": guild.id,
            "position": len(guild.channels),
            "permission_overwrites": [],
            "parent_id": None,
            "topic": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "last_message_id": None,
            "flags": 0,
            **extra,
        }
        self.channels[channel_id] = guild.channels[channel_id] = channel
        return channel

    def add_thread(self, parent: Json, name: str, owner_id: str, *, thread_id: str | None = None) -> Json:
        thread_id = thread_id or self.snowflake()
        thread = {
            "id": thread_id,
            "type": PUBLIC_THREAD,
            "name": name,
            "guild_id": parent["guild_id"],
            "parent_id": parent["id"],
            "owner_id": owner_id,
            "message_count": 0,
            "member_count": 1,
            "rate_limit_per_user": 0,
            "last_message_id": None,
            "flags": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": now(),
                "locked": False,
                "create_timestamp": now(),
            },
        }
        self.channels[thread_id] = self.guilds[parent["guild_id"]].threads[thread_id] = thread
        return thread

    def direct_channel(self, user: Json) -> Json:
        """Give the channel in which the bot and one person write to each other."""
        if user["id"] not in self._direct:
            channel_id = self.snowflake()
            channel = {"id": channel_id, "type": DIRECT, "last_message_id": None, "recipients": [user], "flags": 0}
            self._direct[user["id"]] = self.channels[channel_id] = channel
        return self._direct[user["id"]]

    def overwrite(self, channel: Json, subject_id: str, *, allow: int = 0, deny: int = 0) -> None:
        """Set what one role or member may do in one channel, over what its roles say."""
        kind = 0 if subject_id in self.guilds[channel["guild_id"]].roles else 1
        kept = [one for one in channel["permission_overwrites"] if one["id"] != subject_id]
        channel["permission_overwrites"] = [
            *kept,
            {"id": subject_id, "type": kind, "allow": str(allow), "deny": str(deny)},
        ]

    def may(self, user_id: str, channel: Json) -> int:
        """Give what a person may do in a channel, as a bit set. A thread follows its parent."""
        if "guild_id" not in channel:
            return permissions.IN_DIRECT_MESSAGES
        ruling = self.channels[channel["parent_id"]] if channel["type"] == PUBLIC_THREAD else channel
        return permissions.in_channel(self.guilds[channel["guild_id"]], user_id, ruling)

    def channel(self, channel_id: str) -> Json:
        """Give a channel, or refuse as Discord does for an unknown one."""
        if channel_id not in self.channels:
            raise unknown("Channel")
        return self.channels[channel_id]

    def message(self, message_id: str, channel_id: str | None = None) -> Json:
        """Give a message, or refuse as Discord does: it is unknown, or private and asked for by its channel."""
        message = self.messages.get(message_id)
        if message is None or (channel_id and (message["channel_id"] != channel_id or message["flags"] & EPHEMERAL)):
            raise unknown("Message")
        return message

    def by_bot(self, channel: Json) -> list[Json]:
        """Give what the bot has said in a channel, oldest first."""
        return [
            message
            for message in self.messages.values()
            if message["channel_id"] == channel["id"] and message["author"]["id"] == self.bot["id"]
        ]
