"""Forms as a member's client sends them back, uploaded files among the values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakediscord.errors import NotOffered
from tests.fakediscord.limits import TEXT_DISPLAY, TEXT_INPUT
from tests.fakediscord.payloads import attachment
from tests.fakediscord.state import File

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakediscord.state import Json, World

_LABEL, _FILE_UPLOAD, _RADIO_GROUP, _CHECKBOX = 18, 19, 21, 23


def filled(world: World, channel_id: str, form: Json, values: Mapping[str, Any]) -> Json:
    """Give the data of a form's submission; what is not in `values` keeps what the form was prefilled with."""
    resolved: Json = {}
    left = dict(values)
    rows: list[Json] = []
    for number, part in enumerate(form["components"], 1):
        if part["type"] == TEXT_DISPLAY:
            rows.append({"type": TEXT_DISPLAY, "id": number})
            continue
        fields = [part["component"]] if part["type"] == _LABEL else part["components"]
        sent = [_field(world, channel_id, field, left, resolved) for field in fields]
        inner = {"component": sent[0]} if part["type"] == _LABEL else {"components": sent}
        rows.append({"type": part["type"], "id": number, **inner})
    if left:
        raise NotOffered(f"the form has no fields {sorted(left)}")
    return {"custom_id": form["custom_id"], "components": rows, "resolved": resolved}


def _field(world: World, channel_id: str, field: Json, left: dict[str, Any], resolved: Json) -> Json:
    name, kind = field["custom_id"], field["type"]
    sent: Json = {"type": kind, "custom_id": name, "id": field.get("id", 1)}
    given = name in left
    value = left.pop(name, None)
    if kind == TEXT_INPUT:
        return {**sent, "value": _text(field, value if given else field.get("value") or "")}
    if kind == _FILE_UPLOAD:
        files = [value] if isinstance(value, File) else list(value or [])
        kept = [attachment(world, channel_id, file) for file in files]
        resolved.setdefault("attachments", {}).update({one["id"]: one for one in kept})
        return {**sent, "values": [one["id"] for one in kept]}
    if kind in (_RADIO_GROUP, _CHECKBOX):
        return {**sent, "value": value}
    if value is None:
        value = [option["value"] for option in field.get("options") or [] if option.get("default")]
    return {**sent, "values": list(value)}


def _text(field: Json, value: str) -> str:
    longest = field.get("max_length") or 4000
    if len(value) > longest:
        raise NotOffered(f"the field {field['custom_id']!r} takes {longest} characters at most")
    if field.get("required", True) and not value:
        raise NotOffered(f"the field {field['custom_id']!r} is required")
    return value
