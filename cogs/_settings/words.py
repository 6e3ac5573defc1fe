"""A server's settings in words, as the panel and its history show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogs._rendering.escape import escaped_line
from knowledge.safety.cards import BASE_COUNTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from knowledge.curation.settings import Digest, ServerSettings
    from knowledge.records.settings import SettingChange

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LABELS: Mapping[str, str] = {
    "watched": "Watched channels",
    "watch_threads": "Threads and forum posts under them",
    "moderator_roles": "Moderators",
    "review": "Review",
    "care": "How sure before answering",
    "private_ask": "What /ask brings",
    "answer_again_after": "The same answer in a channel",
    "answers_per_member": "Answers to one member",
    "member_window": "Time for which these are counted",
    "country": "Country of the emergency numbers",
    "own_lines": "Your own lines on emergency cards",
    "notice_addition": "Your own text above the notice",
    "staff_channel": "Staff channel",
    "digest": "Weekly digest",
    "retention_days": "What is known of replies is kept",
    "paused": "Paused",
    "paused_until": "Paused until",
}
AS_THE_OPERATOR_SAYS = "as this bot's operator says"
_NONE = "none"
_SHOWN_TEXT = 120
_SHOWN_NAMES = 8
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def span(seconds: int) -> str:
    """Say a time in the largest unit that gives a whole number: "10 minutes"."""
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0 and seconds >= size)
    count = seconds // size
    return f"{count} {unit}{'' if count == 1 else 's'}"


def named(mentions: Sequence[str]) -> str:
    """Name channels or roles, the first few where there are many."""
    left = len(mentions) - _SHOWN_NAMES
    return ", ".join(mentions[:_SHOWN_NAMES]) + (f" and {left} more" if left > 0 else "")


def said(name: str, value: Any) -> str:  # noqa: ANN401  # each has the type of its setting
    """Say the value of a setting. Texts that admins wrote are shortened and escaped."""
    return _SAID[name](value) if name in _SAID else str(value)


def often(settings: ServerSettings) -> str:
    """Say how often one member is answered."""
    if not settings.answers_per_member or not settings.member_window:
        return "as many as they ask for"
    return f"{settings.answers_per_member} in {span(settings.member_window)}"


def changed(change: SettingChange) -> str:
    """Say who changed what and when, in a line."""
    value = AS_THE_OPERATOR_SAYS if change.value is None else said(change.name, change.value)
    label = LABELS.get(change.name, change.name)
    return f"- <t:{int(change.at.timestamp())}:R> <@{change.by}>: {label}: {value}"


def _listed(mark: str) -> Callable[[frozenset[str]], str]:
    return lambda ids: named([f"<{mark}{one}>" for one in sorted(ids, key=int)]) or _NONE


def _text(text: str) -> str:
    line = " ".join(text.split())
    shown = line if len(line) <= _SHOWN_TEXT else f"{line[:_SHOWN_TEXT]}…"
    return escaped_line(shown) if shown else _NONE


def _digest(digest: Digest | None) -> str:
    if digest is None:
        return _NONE
    return f"{WEEKDAYS[digest.weekday]} at {digest.hour}:00 ({escaped_line(digest.zone)}) in <#{digest.channel}>"


_SAID: Mapping[str, Callable[[Any], str]] = {
    "watched": _listed("#"),
    "watch_threads": lambda watched: "watched too" if watched else "left alone",
    "moderator_roles": lambda ids: _listed("@&")(ids) if ids else "all who may manage messages",
    "private_ask": lambda private: "seen by the asker alone" if private else "seen by everybody",
    "answer_again_after": lambda seconds: f"again after {span(seconds)}" if seconds else "again at once",
    "answers_per_member": lambda count: str(count) if count else "as many as they ask for",
    "member_window": lambda seconds: span(seconds) if seconds else _NONE,
    "country": lambda code: escaped_line(code) or BASE_COUNTRY,
    "own_lines": lambda lines: "; ".join(map(_text, lines)) or _NONE,
    "notice_addition": _text,
    "staff_channel": lambda channel: f"<#{channel}>" if channel else _NONE,
    "digest": _digest,
    "retention_days": lambda days: f"for {days} days",
    "paused": lambda paused: "yes" if paused else "no",
    "paused_until": lambda until: f"<t:{until}:f>" if until else "somebody resumes",
}
