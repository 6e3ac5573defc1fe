"""Each server's own layer, put together from its entries, examples and settings."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.curation.server_layer import ServerLayer
from knowledge.curation.settings import SHIPPED, ServerSettings
from knowledge.records import entries, examples, settings

if TYPE_CHECKING:
    from knowledge.records.database import Reader


async def load(database: Reader, server_id: str = "", defaults: ServerSettings = SHIPPED) -> dict[str, ServerLayer]:
    """Give the layer of every server that ever changed anything, or of one, by server.

    `defaults` are the settings of a server that chose none.
    """
    kept = await entries.load(database, server_id)
    tried = await examples.load(database)
    decided = await settings.load(database, defaults)
    wanted = {server_id} if server_id else {*kept, *tried, *decided}
    return {
        found: ServerLayer(
            MappingProxyType(dict(kept.get(found, {}))), tried.get(found, ()), decided.get(found, defaults)
        )
        for found in sorted(wanted & {*kept, *tried, *decided})
    }
