"""Where a person's identifier stands in what is kept for good: who wrote, changed and set what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.records.database import Reader

_SIGNED = ("revisions", "settings", "examples")


async def signed_by(database: Reader, user_id: str) -> int:
    """Count the revisions, settings and examples that a person signed, in all servers."""
    counts = " + ".join(f"(SELECT COUNT(*) FROM {table} WHERE author_id = ?)" for table in _SIGNED)  # noqa: S608  # ours
    (row,) = await database.read(f"SELECT {counts} AS signed", *[user_id] * len(_SIGNED))
    return int(row["signed"])
