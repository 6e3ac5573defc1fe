"""Each server's settings, with the history of who set what."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from knowledge.curation.settings import ReviewMode, ServerSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.curation.entry import Signed
    from knowledge.records.database import Reader, Transaction

_NEWEST = (
    "SELECT server_id, name, value FROM settings WHERE id IN (SELECT MAX(id) FROM settings GROUP BY server_id, name)"
)


async def load(database: Reader) -> Mapping[str, ServerSettings]:
    """Give the settings of every server that ever changed any."""
    named: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in await database.read(_NEWEST):
        named[row["server_id"]][row["name"]] = json.loads(row["value"])
    return {server_id: _settings(values) for server_id, values in named.items()}


async def keep(
    change: Transaction, server_id: str, before: ServerSettings, after: ServerSettings, signed: Signed
) -> None:
    """Keep every setting that is not as it was, signed; the older values stay as history."""
    old, new = _values(before), _values(after)
    await change.execute_many(
        "INSERT INTO settings (server_id, name, value, author_id, at) VALUES (?, ?, ?, ?, ?)",
        [
            (server_id, name, json.dumps(value), signed.by, int(signed.at.timestamp()))
            for name, value in new.items()
            if value != old[name]
        ],
    )


def _values(settings: ServerSettings) -> dict[str, Any]:
    return {"review": settings.review.value, "moderator_roles": sorted(settings.moderator_roles)}


def _settings(values: Mapping[str, Any]) -> ServerSettings:
    default = ServerSettings()
    return ServerSettings(
        review=ReviewMode(values.get("review", default.review)),
        moderator_roles=frozenset(values.get("moderator_roles", default.moderator_roles)),
    )
