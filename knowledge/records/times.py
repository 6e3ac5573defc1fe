"""How a time is kept: in whole seconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def to_seconds(at: datetime) -> int:
    """Give an aware time as it is kept."""
    return int(at.timestamp())


def from_seconds(seconds: int) -> datetime:
    """Give a kept time as an aware one."""
    return datetime.fromtimestamp(seconds, UTC)
