"""What is kept on the disk, read beside a bot that may be serving from it; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.folder import DATABASE
from knowledge.curation.history_lines import history_line
from knowledge.errors import SafeToShow
from knowledge.records import layers, revisions
from knowledge.records.database import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.config import Config
    from knowledge.curation.entry import Revision
    from knowledge.curation.server_layer import ServerLayer


async def stored_layers(config: Config) -> Mapping[str, ServerLayer]:
    """Give every server's own layer, by the server's id. Raises `CannotRun` where the database cannot be read."""
    async with open_for_reading(config.storage.path / DATABASE) as database:
        return await layers.load(database)


async def stored_layer(config: Config, server_id: str) -> ServerLayer:
    """Give one server's own layer. Raises `SafeToShow` where nothing is kept of that server, and as `stored_layers`."""
    found = await stored_layers(config)
    if server_id not in found:
        known = ", ".join(found) or "none"
        told = f"Nothing is kept of a server {server_id}; its moderators changed nothing yet. Known servers: {known}."
        raise SafeToShow(told)
    return found[server_id]


async def stored_history(config: Config, *server_ids: str) -> str:
    """Give the revisions of these layers (the empty one is the book), or of all, as JSON Lines."""
    async with open_for_reading(config.storage.path / DATABASE) as database:
        lines = [history_line(*found) async for found in revisions.every(database, *server_ids)]
    return "".join(lines)


async def stored_revisions(config: Config, server_id: str, entry_id: str) -> Sequence[Revision]:
    """Give the revisions of an entry in one layer (the empty one is the book), oldest first."""
    async with open_for_reading(config.storage.path / DATABASE) as database:
        return await revisions.history(database, server_id, entry_id)
