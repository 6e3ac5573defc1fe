"""How what exists looks on the wire: messages as they are made and edited, and what one session sees of them."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from tests.fakediscord import intents
from tests.fakediscord.errors import invalid_form
from tests.fakediscord.limits import walk
from tests.fakediscord.mentions import pinged
from tests.fakediscord.state import now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakediscord.state import File, Guild, Json, World

REPLY = 19
_EDITABLE = ("content", "embeds", "components", "flags")


def new_message(
    world: World,
    channel: Json,
    author: Json,
    body: Json,
    files: Sequence[File] = (),
    *,
    unsaid_mentions: Json | None = None,
    **extra: Any,
) -> Json:
    """Make a message from what was sent, and keep it."""
    target = _reply_target(world, body)
    notified = pinged(body, target["author"]["id"] if target else None, unsaid=unsaid_mentions)
    message_id = world.snowflake()
    message: Json = {
        "id": message_id,
        "channel_id": channel["id"],
        "author": author,
        "content": body.get("content") or "",
        "timestamp": now(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": notified.everyone,
        "mentions": [world.users[user] for user in notified.users if user in world.users],
        "mention_roles": list(notified.roles),
        "attachments": [attachment(world, channel["id"], file) for file in files],
        "embeds": [{"type": "rich", **embed} for embed in body.get("embeds") or []],
        "pinned": False,
        "type": 0,
        "flags": body.get("flags") or 0,
        "components": _numbered(body.get("components") or []),
        "reactions": [],
        "nonce": body.get("nonce"),
        **extra,
    }
    if target or body.get("message_reference"):
        message["type"] = REPLY
        message["message_reference"] = {
            "type": 0,
            "message_id": str(body["message_reference"]["message_id"]),
            "channel_id": channel["id"],
            "guild_id": channel.get("guild_id"),
        }
        message["referenced_message"] = target
    world.messages[message_id] = message
    channel["last_message_id"] = message_id
    return message


def edited_message(world: World, message: Json, body: Json) -> Json:
    """Change a message as its author asked. Whom it notifies is worked out anew, from this request alone."""
    for key in _EDITABLE:
        if key in body:
            message[key] = body[key] if body[key] is not None else ("" if key == "content" else [])
    message["components"] = _numbered(message["components"])
    told = {"content": message["content"], "components": message["components"]}
    if "allowed_mentions" in body:
        told["allowed_mentions"] = body["allowed_mentions"]
    target = message.get("referenced_message")
    notified = pinged(told, target["author"]["id"] if target else None)
    message["mention_everyone"] = notified.everyone
    message["mentions"] = [world.users[user] for user in notified.users if user in world.users]
    message["mention_roles"] = list(notified.roles)
    message["edited_timestamp"] = now()
    return message


def attachment(world: World, channel_id: str, file: File) -> Json:
    """Keep a file and give the JSON that names it."""
    file_id = world.snowflake()
    world.files[file_id] = file
    url = f"{world.files_at}/attachments/{channel_id}/{file_id}/{file.name}"
    return {
        "id": file_id,
        "filename": file.name,
        "size": len(file.data),
        "url": url,
        "proxy_url": url,
        "content_type": file.content_type,
    }


def guild_create(world: World, guild: Guild, session_intents: int) -> Json:
    """Give a server as a session first sees it: without the members intent only the bot is listed."""
    members = list(guild.members.values())
    shown = members if session_intents & intents.GUILD_MEMBERS else [guild.members[world.bot["id"]]]
    return {
        **guild_fields(guild),
        "roles": list(guild.roles.values()),
        "members": shown,
        "channels": list(guild.channels.values()),
        "threads": list(guild.threads.values()),
        "member_count": len(members),
        "emojis": [],
        "stickers": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "large": False,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "unavailable": False,
    }


def guild_fields(guild: Guild) -> Json:
    """Give what a server is by itself, without what it holds."""
    return {
        "id": guild.id,
        "name": guild.name,
        "icon": None,
        "owner_id": guild.owner_id,
        "features": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "afk_timeout": 300,
        "afk_channel_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "preferred_locale": "en-US",
        "vanity_url_code": None,
    }


def seen_by(world: World, message: Json, session_intents: int) -> Json:
    """Give a message as a session sees it: its words only with the intent, or where they are meant for the bot."""
    seen = {key: value for key, value in message.items() if not (key == "nonce" and value is None)}
    channel = world.channels[message["channel_id"]]
    if "guild_id" not in channel:
        return seen
    seen["guild_id"] = channel["guild_id"]
    member = world.guilds[channel["guild_id"]].members.get(message["author"]["id"])
    if member and not message.get("webhook_id"):
        seen["member"] = {key: value for key, value in member.items() if key != "user"}
    for_bot = message["author"]["id"] == world.bot["id"] or world.bot in message["mentions"]
    if not (session_intents & intents.MESSAGE_CONTENT or for_bot):
        seen.update(content="", embeds=[], attachments=[], components=[])
    return seen


def _reply_target(world: World, body: Json) -> Json | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    target = world.messages.get(str(reference["message_id"]))
    if target is None and reference.get("fail_if_not_exists", True):
        raise invalid_form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    return target


def _numbered(components: list[Json]) -> list[Json]:
    numbered = copy.deepcopy(components)
    for number, component in enumerate(walk(numbered), 1):
        component.setdefault("id", number)
    return numbered
