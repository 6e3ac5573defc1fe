"""Which settings a server may choose, and what its admins are told where they may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.curation.care import is_offered
from knowledge.curation.refusals import Refused
from knowledge.safety.notice import addition_fault
from knowledge.text import showable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Mapping

    from knowledge.curation.settings import ServerSettings
    from knowledge.model import Policy

MOST_CHANNELS = 25
MOST_ROLES = 25
MOST_OWN_LINES = 3
OWN_LINE_CHARACTERS = 200
LEAST_RETENTION_DAYS, MOST_RETENTION_DAYS = 30, 365
LONGEST_COOLDOWN_SECONDS = 86_400
MOST_ANSWERS_PER_MEMBER = 100

UNKNOWN_CHANNEL = "That channel is not in this server, or the bot cannot see it. Choose another, or let the bot see it."
UNKNOWN_ZONE = "There is no time zone of that name. Write one such as Europe/London, America/New_York or UTC."


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a server's settings are checked against.

    `channels` are the ids of the server's channels that the bot sees, None where the platform was not asked;
    `countries` the codes whose emergency numbers are kept; `policy` is the operator's.
    """

    countries: Collection[str]
    policy: Policy
    zone_exists: Callable[[str], bool]
    channels: Container[str] | None = None


def require_allowed(settings: ServerSettings, names: Collection[str], around: Surroundings) -> None:
    """Raise `Refused`, with the reason, where one of the settings `names` may not be as it is."""
    for name in names:
        reason = _REASONS[name](settings, around) if name in _REASONS else ""
        if reason:
            raise Refused(f"Not saved: {reason[:1].lower()}{reason[1:]}")


def _care(settings: ServerSettings, around: Surroundings) -> str:
    if is_offered(settings.care, around.policy):
        return ""
    share = f"{around.policy.answer_floor:.0%}"
    return f"This bot's operator lets no server answer at less than {share} confidence, so that word changes nothing."


def _watched(settings: ServerSettings, around: Surroundings) -> str:
    if len(settings.watched) > MOST_CHANNELS:
        return f"The bot watches at most {MOST_CHANNELS} channels of a server. Take some out first."
    return next(filter(None, (_channel(channel, around) for channel in settings.watched)), "")


def _staff_channel(settings: ServerSettings, around: Surroundings) -> str:
    return _channel(settings.staff_channel, around) if settings.staff_channel else ""


def _channel(channel: str, around: Surroundings) -> str:
    return UNKNOWN_CHANNEL if around.channels is not None and channel not in around.channels else ""


def _digest(settings: ServerSettings, around: Surroundings) -> str:
    digest = settings.digest
    if digest is None:
        return ""
    if not around.zone_exists(digest.zone):
        return UNKNOWN_ZONE
    if not 0 <= digest.weekday <= 6 or not 0 <= digest.hour <= 23:  # noqa: PLR2004  # days of a week, hours of a day
        return "A digest comes on a day of the week, at an hour from 0 to 23."
    return _channel(digest.channel, around)


def _moderator_roles(settings: ServerSettings, _: Surroundings) -> str:
    return f"At most {MOST_ROLES} roles can be named." if len(settings.moderator_roles) > MOST_ROLES else ""


def _seconds(name: str) -> Callable[[ServerSettings, Surroundings], str]:
    def reason(settings: ServerSettings, _: Surroundings) -> str:
        fits = 0 <= getattr(settings, name) <= LONGEST_COOLDOWN_SECONDS
        return "" if fits else "A pause between answers is between 0 minutes, which is none, and a day."

    return reason


def _answers_per_member(settings: ServerSettings, _: Surroundings) -> str:
    fits = 0 <= settings.answers_per_member <= MOST_ANSWERS_PER_MEMBER
    return "" if fits else f"Answers to one member are 0, which is no limit, to {MOST_ANSWERS_PER_MEMBER}."


def _country(settings: ServerSettings, around: Surroundings) -> str:
    if not settings.country or settings.country in around.countries:
        return ""
    return f"Emergency numbers are kept for these countries only: {', '.join(sorted(around.countries))}."


def _own_lines(settings: ServerSettings, _: Surroundings) -> str:
    if len(settings.own_lines) > MOST_OWN_LINES:
        return f"An emergency card has room for {MOST_OWN_LINES} lines of your own."
    for line in settings.own_lines:
        if not line.strip() or "\n" in line or len(line) > OWN_LINE_CHARACTERS:
            return f"A line of your own is one line of text, at most {OWN_LINE_CHARACTERS} characters."
        if showable(line) != line:
            return "A line of your own holds characters that are not shown, or that hide or reverse other text."
    return ""


def _notice_addition(settings: ServerSettings, around: Surroundings) -> str:
    both = "\n".join(text for text in (around.policy.notice_addition, settings.notice_addition) if text)
    fault = addition_fault(both)
    return f"The text above the notice {fault}. The notice itself always stays." if fault else ""


def _retention_days(settings: ServerSettings, _: Surroundings) -> str:
    if LEAST_RETENTION_DAYS <= settings.retention_days <= MOST_RETENTION_DAYS:
        return ""
    return f"What is known of replies is kept {LEAST_RETENTION_DAYS} to {MOST_RETENTION_DAYS} days."


_REASONS: Mapping[str, Callable[[ServerSettings, Surroundings], str]] = {
    "care": _care,
    "watched": _watched,
    "staff_channel": _staff_channel,
    "digest": _digest,
    "moderator_roles": _moderator_roles,
    "answer_again_after": _seconds("answer_again_after"),
    "member_window": _seconds("member_window"),
    "answers_per_member": _answers_per_member,
    "country": _country,
    "own_lines": _own_lines,
    "notice_addition": _notice_addition,
    "retention_days": _retention_days,
}
