"""The weekly digest: when it is due, and what is put on the outbox for it. Off until a server's admins ask for it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.records.counts import day_of
from knowledge.records.outbox import Item

if TYPE_CHECKING:
    from knowledge.curation.settings import Digest

KIND = "digest"
"""The kind of the outbox's items."""

DAYS = 7
"""The days that a digest tells of: whole ones (UTC), up to the day before it is due."""

# A digest that is later than this, after the bot was down, is left out: the next one is due soon enough.
_OF_USE = timedelta(days=1)
_WEEK = timedelta(days=7)


def latest_due(digest: Digest, now: datetime) -> datetime:
    """Give the last time, in UTC, at which the digest was due by `now`.

    The hour is that of the server's zone on that very day. An hour that a change of clocks leaves out is the one after
    it, and one that comes twice is the first.
    """
    zone = ZoneInfo(digest.zone)
    today = now.astimezone(zone).date()
    day = today - timedelta(days=(today.weekday() - digest.weekday) % 7)
    due = datetime.combine(day, time(digest.hour), zone).astimezone(UTC)
    return due if due <= now else datetime.combine(day - _WEEK, time(digest.hour), zone).astimezone(UTC)


def digest_item(server_id: str, digest: Digest, now: datetime) -> Item | None:
    """Give what is to be sent once for the digest that is due now, or None where the last one is too long ago.

    Whoever gives it to the outbox every minute adds it once: its key names the server and the day in its zone. Where
    this machine does not know the zone any more, there is none.
    """
    try:
        due = latest_due(digest, now)
    except ZoneInfoNotFoundError:
        return None
    if now - due >= _OF_USE:
        return None
    day = due.astimezone(ZoneInfo(digest.zone)).date()
    until = {"until": day_of(due) - 1}
    return Item(KIND, f"{server_id}:{day.isoformat()}", due, server_id, digest.channel, payload=until, lasts=_OF_USE)
