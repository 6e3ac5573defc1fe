"""Questions that wait for a server's moderators, and what each member asked."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from knowledge.curation.waiting import Ended, Ending, MemberQuestion, Route, WaitingQuestion
from knowledge.records.times import from_seconds, to_seconds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from datetime import datetime

    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction


async def waiting(database: Reader, server_id: str = "") -> tuple[WaitingQuestion, ...]:
    """Give the questions that wait in a server, or in all; oldest first."""
    chosen, of = "waiting.ended_at IS NULL", [server_id] if server_id else []
    if server_id:
        chosen += " AND waiting.server_id = ?"
    askings: dict[int, list[MemberQuestion]] = defaultdict(list)
    rows = await database.read(
        f"SELECT askings.* FROM askings JOIN waiting ON waiting.id = waiting_id WHERE {chosen} ORDER BY askings.id",  # noqa: S608  # ours
        *of,
    )
    for row in rows:
        askings[row["waiting_id"]].append(_asking(row))
    questions = await database.read(f"SELECT * FROM waiting WHERE {chosen} ORDER BY id", *of)  # noqa: S608  # ours
    # The two are not read at one moment: a question without askings has ended in between, or is ending.
    return tuple(_question(row, askings[row["id"]]) for row in questions if row["id"] in askings)


async def ended(database: Reader, server_id: str, number: int) -> Ended | None:
    """Give why a question of this server waits no longer, or None where it waits, or nothing is known of it."""
    rows = await database.read(
        "SELECT * FROM waiting WHERE id = ? AND server_id = ? AND ended_at IS NOT NULL", number, server_id
    )
    return Ended(Ending(rows[0]["ending"]), rows[0]["ended_by"], rows[0]["entry_id"]) if rows else None


async def keep(change: Transaction, asking: MemberQuestion, same_as: int | None, at: datetime) -> int:
    """Keep what a member asked, with the question `same_as` if that still waits, else as a new one; give its number.

    Who asks the same again is told once, as they said last.
    """
    number = same_as if same_as and await _touched(change, same_as) else await _begun(change, asking.server_id, at)
    (row,) = await change.read(
        "INSERT INTO askings "
        "(waiting_id, server_id, member_id, channel_id, message_id, text, route, rejected, at, until) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET channel_id = excluded.channel_id, "
        "message_id = excluded.message_id, text = excluded.text, route = excluded.route, "
        "rejected = excluded.rejected, at = excluded.at, until = excluded.until RETURNING id",
        number,
        asking.server_id,
        asking.member_id,
        asking.channel_id,
        asking.message_id,
        asking.text,
        asking.route,
        asking.rejected,
        to_seconds(at),
        to_seconds(asking.until),
    )
    return int(row["id"])


async def claim(change: Transaction, seen: WaitingQuestion) -> bool:
    """Take the right to decide on a question. False: it is not as it was seen any more, so decide nothing."""
    return bool(
        await change.execute(
            "UPDATE waiting SET version = version + 1 WHERE id = ? AND version = ? AND ended_at IS NULL",
            seen.id,
            seen.version,
        )
    )


async def assign(change: Transaction, number: int, moderator_id: str) -> None:
    """Have a moderator look after a question, or with "" nobody."""
    await change.execute("UPDATE waiting SET assigned_to = ? WHERE id = ?", moderator_id, number)


async def link(change: Transaction, server_id: str, number: int, entry_id: str) -> bool:
    """Note the entry that answers a question. False: it waits no longer."""
    return bool(
        await change.execute(
            "UPDATE waiting SET entry_id = ?, version = version + 1 WHERE id = ? AND server_id = ? "
            "AND ended_at IS NULL",
            entry_id,
            number,
            server_id,
        )
    )


async def remove(change: Transaction, number: int) -> int | None:
    """Delete one asking and give its question's number, or None where it is gone already.

    Call `Database.forget_old_pages` after it.
    """
    rows = await change.read("DELETE FROM askings WHERE id = ? RETURNING waiting_id", number)
    if not rows:
        return None
    await _touched(change, rows[0]["waiting_id"])
    return int(rows[0]["waiting_id"])


async def end(change: Transaction, numbers: Collection[int], ended: Ended, at: datetime) -> None:
    """End those of the questions that nobody waits for any more."""
    for number in numbers:
        await change.execute(
            "UPDATE waiting SET ending = ?, ended_by = ?, entry_id = ?, ended_at = ?, version = version + 1, "
            "assigned_to = '' WHERE id = ? AND ended_at IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM askings WHERE waiting_id = waiting.id)",
            ended.ending,
            ended.by,
            ended.entry_id,
            to_seconds(at),
            number,
        )


async def of_member(database: Reader, member_id: str) -> tuple[MemberQuestion, ...]:
    """Give what a member asked and waits for, in all servers, oldest first."""
    return tuple(map(_asking, await database.read("SELECT * FROM askings WHERE member_id = ? ORDER BY id", member_id)))


async def forget(change: Transaction, member_id: str) -> set[int]:
    """Delete what a member asked, in all servers, and give the questions that it belonged to.

    Call `Database.forget_old_pages` after it.
    """
    rows = await change.read("DELETE FROM askings WHERE member_id = ? RETURNING waiting_id", member_id)
    for row in rows:
        await _touched(change, row["waiting_id"])
    return {row["waiting_id"] for row in rows}


async def purge(change: Transaction, at: datetime, forgotten_before: datetime) -> int:
    """Delete what is kept for longer than its member agreed to, and endings from before `forgotten_before`.

    Give how many askings went. Call `Database.forget_old_pages` after it.
    """
    gone = await change.read("DELETE FROM askings WHERE until <= ? RETURNING waiting_id", to_seconds(at))
    await end(change, {row["waiting_id"] for row in gone}, Ended(Ending.EXPIRED), at)
    await change.execute("DELETE FROM waiting WHERE ended_at < ?", to_seconds(forgotten_before))
    return len(gone)


async def _begun(change: Transaction, server_id: str, at: datetime) -> int:
    (row,) = await change.read(
        "INSERT INTO waiting (server_id, version, assigned_to, entry_id, at) VALUES (?, 1, '', '', ?) RETURNING id",
        server_id,
        to_seconds(at),
    )
    return int(row["id"])


async def _touched(change: Transaction, number: int) -> bool:
    return bool(
        await change.execute("UPDATE waiting SET version = version + 1 WHERE id = ? AND ended_at IS NULL", number)
    )


def _question(row: sqlite3.Row, askings: list[MemberQuestion]) -> WaitingQuestion:
    return WaitingQuestion(
        id=row["id"],
        server_id=row["server_id"],
        askings=tuple(askings),
        version=row["version"],
        at=from_seconds(row["at"]),
        assigned_to=row["assigned_to"],
        entry_id=row["entry_id"],
    )


def _asking(row: sqlite3.Row) -> MemberQuestion:
    return MemberQuestion(
        server_id=row["server_id"],
        member_id=row["member_id"],
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        text=row["text"],
        route=Route(row["route"]),
        until=from_seconds(row["until"]),
        rejected=row["rejected"],
        id=row["id"],
    )
