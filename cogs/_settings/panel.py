"""What the settings panel is made of: its pages, the settings on each, and what a server has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cogs._settings import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import discord

    from knowledge.curation.care import Measured
    from knowledge.curation.settings import ServerSettings
    from knowledge.model import Policy
    from knowledge.records.settings import SettingChange


class Page(StrEnum):
    """One page of the panel; its value stands in ids."""

    OVERVIEW = "overview"
    LISTENING = "listening"
    MODERATORS = "moderators"
    ANSWERS = "answers"
    SAFETY = "safety"
    STAFF = "staff"
    HISTORY = "history"


TITLES: Mapping[Page, tuple[str, str]] = {
    Page.OVERVIEW: ("Overview", "All settings at a glance"),
    Page.LISTENING: ("Where I listen", "Watched channels, threads and posts"),
    Page.MODERATORS: ("Who moderates", "Moderators' roles, and which answers wait for review"),
    Page.ANSWERS: ("How I answer", "How sure, how often, private or public"),
    Page.SAFETY: ("Emergencies and notice", "Country, your own lines, your own text above the notice"),
    Page.STAFF: ("Staff and keeping", "Staff channel, weekly digest, for how long things are kept"),
    Page.HISTORY: ("Last changes", "Who changed which setting, and when"),
}
# Which settings a page leaves to the operator, when asked to.
SETTINGS_OF: Mapping[Page, tuple[str, ...]] = {
    Page.LISTENING: ("watched", "watch_threads"),
    Page.MODERATORS: ("moderator_roles", "review"),
    Page.ANSWERS: ("care", "private_ask", "answer_again_after", "answers_per_member", "member_window"),
    Page.SAFETY: ("country", "own_lines", "notice_addition"),
    Page.STAFF: ("staff_channel", "digest", "retention_days"),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows: a server, its settings, what they are checked against, and what was `told` just now.

    `operators` is the operator's policy, `reads` whether the bot has the message-content intent.
    """

    guild: discord.Guild
    settings: ServerSettings
    operators: Policy
    countries: Sequence[tuple[str, str]]
    measured: Sequence[Measured]
    reads: bool
    history: Sequence[SettingChange] = ()
    told: str = ""

    def value(self, name: str) -> str:
        """Say how a setting is, in italics where the operator decides it."""
        said = words.said(name, getattr(self.settings, name))
        if name == "answers_per_member":
            said = words.often(self.settings)
        elif name == "country" and not self.settings.country:
            said = ", ".join(self.operators.countries) or said
        return f"{words.LABELS[name]}: " + (said if name in self.settings.chosen else f"*{said}*")
