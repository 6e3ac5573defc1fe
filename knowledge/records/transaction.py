"""The statements of one write."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from knowledge.records.connection import Connection

    Value = str | int | float | None

Row = TypeVar("Row")

# Few enough for the number of values that SQLite takes, and for a statement of each length to be prepared just once.
_ROWS_OF_A_STATEMENT = 16


def in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Give `rows` in parts that are small enough for one statement each."""
    for first in range(0, len(rows), _ROWS_OF_A_STATEMENT):
        yield rows[first : first + _ROWS_OF_A_STATEMENT]


class Transaction:
    """The statements of one write. It ends with `Database.write`; do not keep it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.topics: set[str] = set()

    def announce(self, topic: str) -> None:
        """Have the event of `topic` set once this write is committed (see `Database.event`)."""
        self.topics.add(topic)

    async def read(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        """Give all rows of a query, over what this write has changed so far."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def execute(self, sql: str, *values: Value) -> int:
        """Run one statement and give the number of rows it changed."""
        async with self._connection.execute(sql, values) as cursor:
            return cursor.rowcount

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each of `rows`."""
        async with self._connection.executemany(sql, rows):
            pass
