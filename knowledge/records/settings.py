"""Each server's settings, with the history of who set what."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from knowledge.curation.settings import ServerSettings
from knowledge.records.times import from_seconds, to_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from knowledge.curation.entry import Signed
    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction

_log = logging.getLogger(__name__)

_NEWEST = (
    "SELECT server_id, name, value FROM settings WHERE id IN (SELECT MAX(id) FROM settings GROUP BY server_id, name)"
)
# Kept in place of a value: the server leaves this to the operator's settings file again.
_AS_THE_OPERATOR_SAYS = "null"
_NAMES = tuple(field.name for field in fields(ServerSettings) if field.name != "chosen")


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting of a server that somebody changed. `value` is None where it was left to the operator again."""

    name: str
    value: Any
    by: str
    at: datetime


async def load(database: Reader, defaults: ServerSettings) -> Mapping[str, ServerSettings]:
    """Give the settings of every server that ever changed any, over what the operator's settings file says."""
    chosen: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in await database.read(_NEWEST):
        value = _value(row["name"], row["value"])
        chosen[row["server_id"]].update({row["name"]: value} if value is not None else {})
    return {server_id: defaults.choosing(**values) for server_id, values in chosen.items()}


async def keep(
    change: Transaction, server_id: str, before: ServerSettings, after: ServerSettings, signed: Signed
) -> None:
    """Keep every setting that is not as it was, signed; the older values stay as history."""
    await change.execute_many(
        "INSERT INTO settings (server_id, name, value, author_id, at) VALUES (?, ?, ?, ?, ?)",
        [(server_id, name, _text(name, after), signed.by, to_seconds(signed.at)) for name in changed(before, after)],
    )


def changed(before: ServerSettings, after: ServerSettings) -> tuple[str, ...]:
    """Give the names of the settings that are not as they were."""
    moved = before.chosen ^ after.chosen
    return tuple(name for name in _NAMES if name in moved or getattr(before, name) != getattr(after, name))


async def history(database: Reader, server_id: str, limit: int) -> tuple[SettingChange, ...]:
    """Give the last changes of a server's settings, newest first. Values of an older kind read as None."""
    rows = await database.read(
        "SELECT name, value, author_id, at FROM settings WHERE server_id = ? ORDER BY id DESC LIMIT ?", server_id, limit
    )
    return tuple(
        SettingChange(row["name"], _value(row["name"], row["value"]), row["author_id"], from_seconds(row["at"]))
        for row in rows
    )


def chosen_values(settings: ServerSettings) -> dict[str, Any]:
    """Give the settings that are a server's own choice, by name, as JSON has them."""
    return {name: json.loads(_text(name, settings)) for name in _NAMES if name in settings.chosen}


def _text(name: str, settings: ServerSettings) -> str:
    if name not in settings.chosen:
        return _AS_THE_OPERATOR_SAYS
    value = _FIELDS[name].dump_python(getattr(settings, name), mode="json")
    return json.dumps(sorted(value) if isinstance(getattr(settings, name), frozenset) else value)


def _value(name: str, text: str) -> Any:  # noqa: ANN401  # each has the type of its field
    """Give a kept value; None where it is the operator's, or of a kind that this version does not know."""
    if name not in _FIELDS or text == _AS_THE_OPERATOR_SAYS:
        return None
    try:
        return _FIELDS[name].validate_json(text)
    except ValidationError:
        _log.warning("A kept setting named %s cannot be read and counts as not chosen", name)
        return None


_FIELDS: Mapping[str, TypeAdapter[Any]] = {
    name: TypeAdapter(hint, config=ConfigDict(strict=True))
    for name, hint in get_type_hints(ServerSettings).items()
    if name in _NAMES
}
