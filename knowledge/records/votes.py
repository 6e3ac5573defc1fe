"""Members' votes on replies: one each, the last one counts; purged by age into counts that name nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.curation.votes import Tally, Verdict, Vote
from knowledge.records.times import to_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from knowledge.records.database import Reader
    from knowledge.records.transaction import Transaction

_DAY = 86_400


async def cast(change: Transaction, vote: Vote, at: datetime) -> None:
    """Keep a vote in place of what the member thought of that reply before."""
    await change.execute(
        "INSERT INTO votes (channel_id, reply_id, member_id, server_id, entry_id, verdict, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "server_id = excluded.server_id, entry_id = excluded.entry_id, verdict = excluded.verdict, at = excluded.at",
        vote.channel_id,
        vote.reply_id,
        vote.member_id,
        vote.server_id,
        vote.entry_id,
        vote.verdict,
        to_seconds(at),
    )


async def take_back(change: Transaction, channel_id: str, reply_id: str, member_id: str) -> bool:
    """Keep a member's vote on a reply no longer. False: there was none."""
    return bool(
        await change.execute(
            "DELETE FROM votes WHERE channel_id = ? AND reply_id = ? AND member_id = ?", channel_id, reply_id, member_id
        )
    )


async def of_member(database: Reader, member_id: str) -> tuple[Vote, ...]:
    """Give a member's votes in all servers and direct messages, newest first."""
    rows = await database.read("SELECT * FROM votes WHERE member_id = ? ORDER BY at DESC, reply_id", member_id)
    return tuple(
        Vote(
            server_id=row["server_id"],
            channel_id=row["channel_id"],
            reply_id=row["reply_id"],
            member_id=row["member_id"],
            entry_id=row["entry_id"],
            verdict=Verdict(row["verdict"]),
        )
        for row in rows
    )


async def forget(change: Transaction, member_id: str) -> int:
    """Delete a member's votes and give how many there were. Call `Database.forget_old_pages` after it."""
    return await change.execute("DELETE FROM votes WHERE member_id = ?", member_id)


async def servers(database: Reader) -> tuple[str, ...]:
    """Give the servers of which votes are kept, "" for direct messages."""
    return tuple(row["server_id"] for row in await database.read("SELECT DISTINCT server_id FROM votes"))


async def purge(change: Transaction, server_id: str, before: datetime) -> int:
    """Turn a server's votes from before `before` into counts by day, entry and verdict; give how many those were."""
    limit = to_seconds(before)
    await change.execute(
        "INSERT INTO vote_counts (day, server_id, entry_id, verdict, votes) "
        "SELECT at / ?, server_id, entry_id, verdict, COUNT(*) FROM votes WHERE server_id = ? AND at < ? "
        "GROUP BY 1, 2, 3, 4 ON CONFLICT DO UPDATE SET votes = votes + excluded.votes",
        _DAY,
        server_id,
        limit,
    )
    return await change.execute("DELETE FROM votes WHERE server_id = ? AND at < ?", server_id, limit)


async def tallies(database: Reader, server_id: str, since: datetime) -> Mapping[str, Tally]:
    """Give for each entry what members of a server thought of it since the day of `since`, purged votes included."""
    first = to_seconds(since) // _DAY
    rows = await database.read(
        "SELECT entry_id, verdict, SUM(votes) AS votes FROM ("
        "SELECT entry_id, verdict, COUNT(*) AS votes FROM votes WHERE server_id = ? AND at >= ? GROUP BY 1, 2 "
        "UNION ALL SELECT entry_id, verdict, SUM(votes) FROM vote_counts WHERE server_id = ? AND day >= ? GROUP BY 1, 2"
        ") GROUP BY 1, 2",
        server_id,
        first * _DAY,
        server_id,
        first,
    )
    counted: dict[str, dict[Verdict, int]] = {}
    for row in rows:
        counted.setdefault(row["entry_id"], {})[Verdict(row["verdict"])] = row["votes"]
    return {entry_id: _tally(votes) for entry_id, votes in counted.items()}


def _tally(votes: Mapping[Verdict, int]) -> Tally:
    helpful = votes.get(Verdict.HELPFUL, 0)
    return Tally(helpful, sum(votes.values()) - helpful, votes.get(Verdict.COULD_HARM, 0))
