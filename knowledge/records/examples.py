"""The texts by which each server tries its answers: must find this entry, or must find nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.curation.examples import Example
from knowledge.records.times import to_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.curation.entry import Signed
    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction


async def load(database: Reader) -> Mapping[str, tuple[Example, ...]]:
    """Give every server's examples, by their texts."""
    servers: dict[str, list[Example]] = defaultdict(list)
    for row in await database.read("SELECT server_id, text, entry_id FROM examples ORDER BY server_id, text"):
        servers[row["server_id"]].append(Example(row["text"], row["entry_id"]))
    return {server_id: tuple(examples) for server_id, examples in servers.items()}


async def keep(change: Transaction, server_id: str, example: Example, signed: Signed) -> None:
    """Keep an example; one with the same text gives way to it."""
    await change.execute(
        "INSERT OR REPLACE INTO examples (server_id, text, entry_id, author_id, at) VALUES (?, ?, ?, ?, ?)",
        server_id,
        example.text,
        example.entry_id,
        signed.by,
        to_seconds(signed.at),
    )


async def remove(change: Transaction, server_id: str, text: str) -> int:
    """Remove an example and give how many there were: 1 or 0."""
    return await change.execute("DELETE FROM examples WHERE server_id = ? AND text = ?", server_id, text)
