"""Up to which message the bot has heard what was said, kept in the table `attendance`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.records.database import Database
    from knowledge.records.transaction import Transaction


async def note(change: Transaction, message_id: str) -> None:
    """Note the newest message that was heard."""
    await change.execute(
        "INSERT INTO attendance (one, message_id) VALUES (1, ?) "
        "ON CONFLICT DO UPDATE SET message_id = excluded.message_id",
        message_id,
    )


async def newest(database: Database) -> str:
    """Give the newest message that was heard, or "" where none ever was."""
    rows = await database.read("SELECT message_id FROM attendance")
    return str(rows[0]["message_id"]) if rows else ""
