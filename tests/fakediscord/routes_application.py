"""REST: who the bot is, its commands, and its answers to interactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakediscord import interactions, limits
from tests.fakediscord.errors import invalid_form, unknown
from tests.fakediscord.routing import Call, Routes
from tests.fakediscord.state import LOADING

if TYPE_CHECKING:
    from tests.fakediscord.server import FakeDiscord
    from tests.fakediscord.state import Json

routes = Routes()
_GATEWAY_MESSAGE_CONTENT_LIMITED = 1 << 19


@routes.add("GET", "/users/@me")
async def who_am_i(fake: FakeDiscord, _call: Call) -> Json:
    return {**fake.world.bot, "verified": True, "mfa_enabled": True, "email": None, "flags": 0, "locale": "en-US"}


@routes.add("GET", "/users/{user_id}")
async def user(fake: FakeDiscord, call: Call) -> Json:
    if call["user_id"] not in fake.world.users:
        raise unknown("User")
    return fake.world.users[call["user_id"]]


@routes.add("GET", "/oauth2/applications/@me")
@routes.add("GET", "/applications/@me")
async def application(fake: FakeDiscord, _call: Call) -> Json:
    return {
        "id": fake.world.application_id,
        "name": fake.world.bot["username"],
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": _GATEWAY_MESSAGE_CONTENT_LIMITED,
        "owner": fake.world.owner,
        "team": None,
    }


@routes.add("GET", "/gateway/bot")
async def gateway_address(fake: FakeDiscord, _call: Call) -> Json:
    left, renewed_in = fake.gateway.sessions_left, int(fake.gateway.renewed_in * 1_000)
    start_limit = {"total": 1000, "remaining": left, "reset_after": renewed_in, "max_concurrency": 1}
    return {"url": fake.gateway.address, "shards": 1, "session_start_limit": start_limit}


@routes.add("GET", "/applications/{application_id}/commands")
async def global_commands(fake: FakeDiscord, _call: Call) -> list[Json]:
    return fake.world.commands.get(None, [])


@routes.add("PUT", "/applications/{application_id}/commands")
async def replace_global_commands(fake: FakeDiscord, call: Call) -> list[Json]:
    return _replace(fake, None, call.body or [])


@routes.add("GET", "/applications/{application_id}/guilds/{guild_id}/commands")
async def guild_commands(fake: FakeDiscord, call: Call) -> list[Json]:
    return fake.world.commands.get(call["guild_id"], [])


@routes.add("PUT", "/applications/{application_id}/guilds/{guild_id}/commands")
async def replace_guild_commands(fake: FakeDiscord, call: Call) -> list[Json]:
    return _replace(fake, call["guild_id"], call.body or [])


@routes.add("POST", "/interactions/{interaction_id}/{token}/callback")
async def callback(fake: FakeDiscord, call: Call) -> Json | None:
    interaction = fake.interactions.get(call["token"])
    if interaction is None or interaction.id != call["interaction_id"]:
        raise unknown("interaction")
    await interactions.respond(fake, interaction, call.data, call.files)
    asked_to_tell = call.query.get("with_response") in ("1", "true")
    return interactions.described(interaction) if asked_to_tell else None


@routes.add("POST", "/webhooks/{webhook_id}/{token}")
async def follow_up(fake: FakeDiscord, call: Call) -> Json:
    interaction = interactions.behind(fake, call["token"])
    fake.check_message(call.data, call.files)
    return await interactions.follow_up(fake, interaction, call.data, call.files)


@routes.add("GET", "/webhooks/{webhook_id}/{token}/messages/{message_id}")
async def followup_message(fake: FakeDiscord, call: Call) -> Json:
    return interactions.message_of(fake, interactions.behind(fake, call["token"]), call["message_id"])


@routes.add("PATCH", "/webhooks/{webhook_id}/{token}/messages/{message_id}")
async def edit_followup(fake: FakeDiscord, call: Call) -> Json:
    message = interactions.message_of(fake, interactions.behind(fake, call["token"]), call["message_id"])
    message["flags"] &= ~LOADING
    return await fake.edit(message, call.data)


@routes.add("DELETE", "/webhooks/{webhook_id}/{token}/messages/{message_id}")
async def delete_followup(fake: FakeDiscord, call: Call) -> None:
    message = interactions.message_of(fake, interactions.behind(fake, call["token"]), call["message_id"])
    await fake.delete(message)


def _replace(fake: FakeDiscord, scope: str | None, commands: list[Json]) -> list[Json]:
    if faults := limits.command_faults(commands):
        raise invalid_form(*faults[0])
    fake.world.commands[scope] = [_stored(fake, scope, command) for command in commands]
    return fake.world.commands[scope]


def _stored(fake: FakeDiscord, scope: str | None, command: Json) -> Json:
    stored: dict[str, Any] = {
        "default_member_permissions": None,
        **command,
        "type": command.get("type", 1),
        "id": fake.world.snowflake(),
        "application_id": fake.world.application_id,
        "version": fake.world.snowflake(),
        "description": command.get("description") or "",
    }
    return {**stored, "guild_id": scope} if scope else stored
