"""Which schema a database has, and which SQLite reads it: for those who look after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.records.database import Reader


@dataclass(frozen=True, slots=True)
class Versions:
    """`schema` is the number of the last step that the database took."""

    schema: int
    sqlite: str


async def versions_of(reader: Reader) -> Versions:
    """Ask an open database. Raises `NotRead`."""
    ((schema,),) = await reader.read("PRAGMA user_version")
    ((sqlite,),) = await reader.read("SELECT sqlite_version()")
    return Versions(schema, sqlite)
