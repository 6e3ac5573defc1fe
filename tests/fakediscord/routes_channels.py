"""REST: channels, threads, messages, reactions, with the bot's own permissions checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakediscord import permissions
from tests.fakediscord.errors import ApiError, unknown
from tests.fakediscord.payloads import guild_fields, new_message
from tests.fakediscord.routing import Call, Routes
from tests.fakediscord.state import PUBLIC_THREAD

if TYPE_CHECKING:
    from tests.fakediscord.server import FakeDiscord
    from tests.fakediscord.state import Json

routes = Routes()


@routes.add("POST", "/users/@me/channels")
async def open_direct_channel(fake: FakeDiscord, call: Call) -> Json:
    return fake.world.direct_channel(fake.world.users[str(call.data["recipient_id"])])


@routes.add("GET", "/channels/{channel_id}")
async def channel(fake: FakeDiscord, call: Call) -> Json:
    return _visible(fake, call)


@routes.add("POST", "/channels/{channel_id}/messages")
async def send(fake: FakeDiscord, call: Call) -> Json:
    where = _visible(fake, call)
    may = fake.world.may(fake.world.bot["id"], where)
    needed = permissions.SEND_MESSAGES_IN_THREADS if where["type"] == PUBLIC_THREAD else permissions.SEND_MESSAGES
    if not may & needed:
        raise ApiError(403, 50013, "Missing Permissions")
    if call.data.get("message_reference") and not may & permissions.READ_MESSAGE_HISTORY:
        raise ApiError(400, 160002, "Cannot reply without permission to read message history")
    if call.files and not may & permissions.ATTACH_FILES:
        raise ApiError(403, 50013, "Missing Permissions")
    fake.check_message(call.data, call.files)
    if (sent := _sent_before(fake, call.data)) is not None:
        return sent
    body = call.data if may & permissions.EMBED_LINKS else {**call.data, "embeds": []}
    message = new_message(fake.world, where, fake.world.bot, body, call.files)
    fake.world.nonces[str(message["nonce"])] = message["id"]
    await fake.gateway.emit("MESSAGE_CREATE", message, channel=where)
    return message


@routes.add("GET", "/channels/{channel_id}/messages")
async def history(fake: FakeDiscord, call: Call) -> list[Json]:
    where = _visible(fake, call)
    if not fake.world.may(fake.world.bot["id"], where) & permissions.READ_MESSAGE_HISTORY:
        return []
    found = [one for one in fake.world.messages.values() if one["channel_id"] == where["id"]]
    found.sort(key=lambda one: -int(one["id"]))
    most = int(call.query.get("limit", 50))
    if "before" in call.query:
        found = [one for one in found if int(one["id"]) < int(call.query["before"])]
    if "after" in call.query:
        found = [one for one in found if int(one["id"]) > int(call.query["after"])][-most:]
    return found[:most]


@routes.add("GET", "/channels/{channel_id}/messages/{message_id}")
async def message(fake: FakeDiscord, call: Call) -> Json:
    _visible(fake, call)
    return fake.world.message(call["message_id"], call["channel_id"])


@routes.add("PATCH", "/channels/{channel_id}/messages/{message_id}")
async def edit(fake: FakeDiscord, call: Call) -> Json:
    _visible(fake, call)
    found = fake.world.message(call["message_id"], call["channel_id"])
    if found["author"]["id"] != fake.world.bot["id"]:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    return await fake.edit(found, call.data)


@routes.add("DELETE", "/channels/{channel_id}/messages/{message_id}")
async def delete(fake: FakeDiscord, call: Call) -> None:
    where = _visible(fake, call)
    found = fake.world.message(call["message_id"], call["channel_id"])
    own = found["author"]["id"] == fake.world.bot["id"]
    if not own and not fake.world.may(fake.world.bot["id"], where) & permissions.MANAGE_MESSAGES:
        raise ApiError(403, 50013, "Missing Permissions")
    await fake.delete(found)


@routes.add("POST", "/channels/{channel_id}/typing")
async def typing(fake: FakeDiscord, call: Call) -> None:
    _visible(fake, call)


@routes.add("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me")
async def react(fake: FakeDiscord, call: Call) -> None:
    found = fake.world.message(call["message_id"], call["channel_id"])
    await fake.react(found, fake.world.bot, call["emoji"])


@routes.add("POST", "/channels/{channel_id}/messages/{message_id}/threads")
async def start_thread(fake: FakeDiscord, call: Call) -> Json:
    parent = _visible(fake, call)
    if not fake.world.may(fake.world.bot["id"], parent) & permissions.CREATE_PUBLIC_THREADS:
        raise ApiError(403, 50013, "Missing Permissions")
    return await fake.start_thread(parent, call.data["name"], fake.world.bot, message_id=call["message_id"])


@routes.add("GET", "/guilds/{guild_id}")
async def guild(fake: FakeDiscord, call: Call) -> Json:
    found = fake.world.guilds.get(call["guild_id"])
    if found is None:
        raise unknown("Guild")
    return {**guild_fields(found), "roles": list(found.roles.values()), "emojis": [], "stickers": []}


@routes.add("GET", "/guilds/{guild_id}/members/{user_id}")
async def member(fake: FakeDiscord, call: Call) -> Json:
    guild = fake.world.guilds.get(call["guild_id"])
    if guild is None:
        raise unknown("Guild")
    if call["user_id"] not in guild.members:
        raise unknown("Member")
    return guild.members[call["user_id"]]


def _visible(fake: FakeDiscord, call: Call) -> Json:
    where = fake.world.channel(call["channel_id"])
    if not fake.world.may(fake.world.bot["id"], where) & permissions.VIEW_CHANNEL:
        raise ApiError(403, 50001, "Missing Access")
    return where


def _sent_before(fake: FakeDiscord, body: Json) -> Json | None:
    """Give the message that this very nonce made, as Discord does for some minutes when the nonce is enforced.

    In whichever channel: nonces are told apart by author alone. A message that was deleted is not made again
    (discord-api-docs, pull request 6647).
    """
    made = fake.world.nonces.get(str(body.get("nonce"))) if body.get("enforce_nonce") and fake.honours_nonces else None
    if made is None:
        return None
    if made not in fake.world.messages:
        raise unknown("Message")
    return fake.world.messages[made]
