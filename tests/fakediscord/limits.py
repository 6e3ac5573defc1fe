"""Discord's limits on what a bot sends. One place for the fake, which refuses, and for the inspection, which tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPONENTS_V2 = 1 << 15
TEXT_OVER_ALL = 4000
COMPONENTS_OVER_ALL = 40
LABEL = 80
CUSTOM_ID = 100
COMMAND_TEXT_OVER_ALL = 8000

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT, SECTION, TEXT_DISPLAY, CONTAINER, FORM_LABEL = 1, 2, 3, 4, 9, 10, 17, 18
_SELECTS = frozenset({3, 5, 6, 7, 8})
_ONLY_V2 = frozenset({9, 10, 11, 12, 13, 14, 17})
_LEGACY_FIELDS = ("content", "embeds", "poll", "sticker_ids")
_LINK_BUTTON = 5

Fault = tuple[str, str, str]  # dotted field, Discord's code, sentence


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give every component in the order in which a member sees them, nested ones and accessories too."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        if component.get("component"):
            yield from walk([component["component"]])
        if component.get("accessory"):
            yield from walk([component["accessory"]])


def message_faults(payload: dict[str, Any]) -> list[Fault]:
    """Name everything in a message's payload that Discord refuses."""
    faults = list(_too_long(payload, "content", 2000))
    faults += _too_long(payload, "nonce", 25)
    faults += _mention_faults(payload.get("allowed_mentions"))
    faults += _embed_faults(payload.get("embeds") or [])
    components = payload.get("components") or []
    seen = list(walk(components))
    if (payload.get("flags") or 0) & COMPONENTS_V2:
        faults += [
            (name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", f"The '{name}' field cannot be used.")
            for name in _LEGACY_FIELDS
            if payload.get(name)
        ]
    else:
        faults += _classic_faults(components)
    if len(seen) > COMPONENTS_OVER_ALL:
        faults.append(("components", "COMPONENT_MAX_TOTAL", f"{len(seen)} components; 40 at most."))
    text = sum(len(part["content"]) for part in seen if part["type"] == TEXT_DISPLAY)
    if text > TEXT_OVER_ALL:
        faults.append(("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", f"{text} characters; 4000 at most."))
    return faults + component_faults(components)


def component_faults(components: list[dict[str, Any]]) -> list[Fault]:
    """Name every component, nested ones too, that Discord refuses by itself or beside its siblings."""
    faults: list[Fault] = []
    ids: set[str] = set()
    for part in walk(components):
        kind, custom_id = part["type"], part.get("custom_id")
        if custom_id is not None:
            if not 1 <= len(custom_id) <= CUSTOM_ID:
                faults.append(("components.custom_id", "BASE_TYPE_BAD_LENGTH", f"{custom_id!r} is not 1 to 100 long."))
            if custom_id in ids:
                faults.append(("components", "COMPONENT_CUSTOM_ID_DUPLICATED", f"{custom_id!r} stands twice."))
            ids.add(custom_id)
        if kind == TEXT_DISPLAY and not part["content"].strip():
            faults.append(("components.content", "BASE_TYPE_REQUIRED", "This field is required"))
        if kind == BUTTON:
            faults += _button_faults(part)
        if kind in _SELECTS:
            faults += _select_faults(part)
        if kind == ACTION_ROW:
            faults += _row_faults(part)
        if kind == SECTION and not (1 <= len(part["components"]) <= 3 and part.get("accessory")):
            faults.append(("components", "BASE_TYPE_BAD_LENGTH", "A section has 1 to 3 texts and an accessory."))
    return faults


def modal_faults(data: dict[str, Any]) -> list[Fault]:
    """Name everything in a form that Discord refuses."""
    faults: list[Fault] = []
    if not 1 <= len(data.get("title") or "") <= 45:
        faults.append(("data.title", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 45 in length."))
    if not 1 <= len(data.get("custom_id") or "") <= CUSTOM_ID:
        faults.append(("data.custom_id", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
    if not 1 <= len(data["components"]) <= 5:
        faults.append(("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."))
    for part in walk(data["components"]):
        if part["type"] == FORM_LABEL:
            faults += [*_too_long(part, "label", 45), *_too_long(part, "description", 100)]
        if part["type"] == TEXT_INPUT:
            faults += [*_too_long(part, "value", 4000), *_too_long(part, "placeholder", 100)]
    return faults + component_faults(data["components"])


def choice_faults(choices: list[dict[str, Any]]) -> list[Fault]:
    """Name everything in a list of autocomplete choices that Discord refuses."""
    faults: list[Fault] = []
    if len(choices) > 25:
        faults.append(("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."))
    faults += [
        ("data.choices.name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
        for choice in choices
        if not (1 <= len(choice["name"]) <= 100 and 1 <= len(str(choice["value"])) <= 100)
    ]
    return faults


def command_faults(commands: list[dict[str, Any]]) -> list[Fault]:
    """Name everything in a list of application commands that Discord refuses."""
    faults: list[Fault] = []
    names = [(command.get("type", 1), command["name"]) for command in commands]
    if len(set(names)) != len(names):
        faults.append(("0.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"))
    for index, command in enumerate(commands):
        if command.get("type", 1) == 1:
            faults += _slash_faults(str(index), command)
            if (size := _command_text(command)) > COMMAND_TEXT_OVER_ALL:
                faults.append((str(index), "APPLICATION_COMMAND_TOO_LARGE", f"{size} characters; 8000 at most."))
        elif not 1 <= len(command["name"]) <= 32:
            faults.append((f"{index}.name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length."))
    return faults


def _slash_faults(at: str, command: dict[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    name = command["name"]
    if not re.fullmatch(r"[-_\w]{1,32}", name) or name != name.lower():
        faults.append((f"{at}.name", "APPLICATION_COMMAND_INVALID_NAME", f"{name!r} is no command name."))
    if not 1 <= len(command.get("description") or "") <= 100:
        faults.append((f"{at}.description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."))
    options = command.get("options") or []
    if len(options) > 25 or len(command.get("choices") or []) > 25:
        faults.append((f"{at}.options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."))
    for index, option in enumerate(options):
        faults += _slash_faults(f"{at}.options.{index}", option)
    return faults


def _command_text(command: dict[str, Any]) -> int:
    own = len(command["name"]) + len(command.get("description") or "")
    choices = sum(len(choice["name"]) + len(str(choice["value"])) for choice in command.get("choices") or [])
    return own + choices + sum(_command_text(option) for option in command.get("options") or [])


def _too_long(owner: dict[str, Any], field: str, most: int) -> Iterator[Fault]:
    if len(str(owner.get(field) or "")) > most:
        yield (field, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def _mention_faults(allowed: dict[str, Any] | None) -> Iterator[Fault]:
    if allowed is None:
        return
    for kind in ("users", "roles"):
        if kind in allowed.get("parse", []) and allowed.get(kind):
            yield (
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f"parse and {kind} exclude each other",
            )
        if len(allowed.get(kind) or []) > 100:
            yield (f"allowed_mentions.{kind}", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")


def _classic_faults(components: list[dict[str, Any]]) -> Iterator[Fault]:
    if any(part["type"] in _ONLY_V2 for part in components):
        yield ("components", "UNION_TYPE_CHOICES", "These components need the Components V2 flag.")
    if len(components) > 5:
        yield ("components", "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.")


def _button_faults(part: dict[str, Any]) -> Iterator[Fault]:
    yield from _too_long(part, "label", LABEL)
    yield from _too_long(part, "url", 512)
    if not (part.get("label") or part.get("emoji")):
        yield ("components.label", "BASE_TYPE_REQUIRED", "A button needs a label or an emoji.")
    if (part["style"] == _LINK_BUTTON) == ("custom_id" in part):
        yield ("components.custom_id", "BASE_TYPE_REQUIRED", "A button has a custom id or leads to an address.")


def _select_faults(part: dict[str, Any]) -> Iterator[Fault]:
    yield from _too_long(part, "placeholder", 150)
    if part["type"] != STRING_SELECT:
        return
    if not 1 <= len(part["options"]) <= 25:
        yield ("components.options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    for option in part["options"]:
        for field in ("label", "value", "description"):
            yield from _too_long(option, field, 100)


def _row_faults(part: dict[str, Any]) -> Iterator[Fault]:
    kinds = [child["type"] for child in part["components"]]
    if not 1 <= len(kinds) <= 5 or (len(kinds) > 1 and _SELECTS.intersection(kinds)):
        yield ("components", "BASE_TYPE_BAD_LENGTH", "A row holds 1 to 5 buttons, or one select.")


def _embed_faults(embeds: list[dict[str, Any]]) -> Iterator[Fault]:
    if len(embeds) > 10:
        yield ("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    total = 0
    for embed in embeds:
        fields = embed.get("fields") or []
        if len(fields) > 25:
            yield ("embeds.fields", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
        parts = [(embed, "title", 256), (embed, "description", 4096)]
        parts += [(embed.get("footer") or {}, "text", 2048), (embed.get("author") or {}, "name", 256)]
        parts += [part for field in fields for part in ((field, "name", 256), (field, "value", 1024))]
        for owner, field, most in parts:
            total += len(owner.get(field) or "")
            yield from _too_long(owner, field, most)
    if total > 6000:
        yield ("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
