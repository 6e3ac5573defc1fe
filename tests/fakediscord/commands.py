"""Slash commands as a member's client sends them: who sees one, and the options with what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakediscord import permissions
from tests.fakediscord.errors import NotOffered
from tests.fakediscord.payloads import attachment
from tests.fakediscord.state import File

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakediscord.state import Json, World

SLASH = 1
_SUBCOMMAND, _SUBCOMMAND_GROUP = 1, 2
_USER, _CHANNEL, _ROLE, _ATTACHMENT = 6, 7, 8, 11
_IN_GUILD, _WITH_BOT = 0, 1


def offered(command: Json, channel: Json, may: int) -> bool:
    """Whether Discord's client lists `command` in `channel` for a person with these permissions."""
    in_guild = "guild_id" in channel
    contexts = command.get("contexts")
    if contexts is not None and (_IN_GUILD if in_guild else _WITH_BOT) not in contexts:
        return False
    if not in_guild:
        return command.get("dm_permission") is not False
    if may & permissions.ADMINISTRATOR:
        return True
    needed = command["default_member_permissions"]
    if needed is not None and (int(needed) == 0 or int(needed) & ~may):
        return False
    return bool(may & permissions.USE_APPLICATION_COMMANDS)


def invocation(
    world: World,
    channel: Json,
    command: Json,
    name: str,
    values: Mapping[str, Any],
    *,
    focused: str | None = None,
) -> Json:
    """Give the data of a command's interaction. `name` holds the sub-commands too: "answer add"."""
    path = name.split()[1:]
    level = command
    wrappers: list[Json] = []
    for word in path:
        found = next((one for one in level.get("options") or [] if one["name"] == word), None)
        if found is None or found["type"] not in (_SUBCOMMAND, _SUBCOMMAND_GROUP):
            raise NotOffered(f"no sub-command {word!r} in /{name}")
        wrappers.append({"name": word, "type": found["type"]})
        level = found
    resolved: Json = {}
    options: list[Json] = []
    for option in _filled(level.get("options") or [], values, focused):
        value = _value(world, channel, option, values[option["name"]], resolved)
        sent = {"name": option["name"], "type": option["type"], "value": value}
        options.append({**sent, "focused": True} if option["name"] == focused else sent)
    for wrapper in reversed(wrappers):
        options = [{**wrapper, "options": options}]
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"], "options": options}
    if resolved:
        data["resolved"] = resolved
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    return data


def _filled(options: list[Json], values: Mapping[str, Any], focused: str | None) -> list[Json]:
    """Give the options that a person fills in, or say which cannot be sent so."""
    known = {option["name"]: option for option in options}
    if unknown := set(values) - set(known):
        raise NotOffered(f"no options {sorted(unknown)}; there are {sorted(known)}")
    missing = [name for name, option in known.items() if option.get("required") and name not in values]
    if missing and focused is None:
        raise NotOffered(f"options {missing} are required")
    return [known[name] for name in values]


def _value(world: World, channel: Json, option: Json, value: Any, resolved: Json) -> Any:
    kind = option["type"]
    if kind == _ATTACHMENT:
        if not isinstance(value, File):
            raise NotOffered(f"option {option['name']!r} takes a file")
        sent = attachment(world, channel["id"], value)
        resolved.setdefault("attachments", {})[sent["id"]] = sent
        return sent["id"]
    if kind == _USER:
        resolved.setdefault("users", {})[value["id"]] = value
        member = world.guilds[channel["guild_id"]].members.get(value["id"]) if "guild_id" in channel else None
        if member:
            shown = {key: part for key, part in member.items() if key != "user"}
            resolved.setdefault("members", {})[value["id"]] = {**shown, "permissions": "0"}
        return value["id"]
    if kind in (_ROLE, _CHANNEL):
        seen = {**value, "permissions": "0"} if kind == _CHANNEL else value
        resolved.setdefault("roles" if kind == _ROLE else "channels", {})[value["id"]] = seen
        return value["id"]
    longest = option.get("max_length")
    if isinstance(value, str) and longest is not None and len(value) > longest:
        raise NotOffered(f"option {option['name']!r} takes {longest} characters at most")
    choices = [choice["value"] for choice in option.get("choices") or []]
    if choices and value not in choices:
        raise NotOffered(f"option {option['name']!r} takes one of {choices}")
    return value
