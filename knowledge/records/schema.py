"""Whether a database can be trusted, and bringing one to the schema of this program, or making it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import CannotRun
from knowledge.records.connection import connect
from knowledge.records.faults import damaged
from knowledge.records.files import remove_leftovers, to_disk
from knowledge.records.identity import APPLICATION_ID, foreign, newer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from knowledge.records.connection import Connection
    from knowledge.records.migrations import Step


async def examine(path: Path, newest: int) -> int:
    """Refuse a database that cannot be trusted, through a connection that cannot change it; give its schema."""
    async with connect(path, "ro") as reader:
        faults = await reader.execute_fetchall("PRAGMA quick_check(1)")
        if [tuple(row) for row in faults] != [("ok",)]:
            raise damaged(path, "its pages contradict each other")
        if await number(reader, "application_id") != APPLICATION_ID:
            raise foreign(path)
        version = await number(reader, "user_version")
        if version > newest:
            raise newer(path, version, newest)
        return version


async def create(path: Path, steps: Sequence[Step]) -> None:
    """Make the database under another name and move it into place complete: after a crash it is there or it is not."""
    made = path.with_name(path.name + ".new")
    remove_leftovers(made)
    async with connect(made, "rwc") as writer:
        await log_ahead(writer, path)
        await writer.execute_fetchall(f"PRAGMA application_id = {APPLICATION_ID}")
        await migrate(writer, steps)
        # Closing does the same, but says nothing when the disk fails, and what is moved into place would be half.
        await writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    to_disk(made)
    made.replace(path)
    to_disk(path.parent)


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
