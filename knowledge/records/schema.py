"""Bringing an open database to the schema of this program, and having its log ahead of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import CannotRun

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from knowledge.records.connection import Connection
    from knowledge.records.migrations import Step


async def log_ahead(writer: Connection, path: Path) -> None:
    """Have readers and the writer go on beside each other. Where it is so already nothing changes; a backup is not."""
    mode = await writer.execute_fetchall("PRAGMA journal_mode = WAL")
    if [tuple(row) for row in mode] != [("wal",)]:
        raise CannotRun(f"{path.parent} cannot hold a database safely. Choose a folder on a local disk.")


async def migrate(writer: Connection, steps: Sequence[Step]) -> None:
    """Carry out those of all `steps` that the database has not seen yet."""
    for step in steps[await number(writer, "user_version") :]:
        try:
            await writer.executescript(step.script)
        except BaseException:
            await writer.rollback()
            raise


async def number(connection: Connection, pragma: str) -> int:
    """Give what a pragma holds."""
    (row,) = await connection.execute_fetchall(f"PRAGMA {pragma}")
    return int(row[0])
