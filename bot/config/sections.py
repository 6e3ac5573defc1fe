"""The settings: a section a class, a setting a field with its default; all frozen once they are read.

To add a setting, add a field with its default to its section here and a line to `config.example.toml`. Secrets are
never settings: they come from the environment (`bot.discord.credentials`).
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

import knowledge
from bot.config.kinds import (  # pydantic reads annotations at run time
    AboveTheNotice,
    Countries,
    Existing,
    FileOrFolder,
    PerhapsAFile,
    Port,
    Seconds,
    Share,
    Snowflakes,
    WebAddress,
)
from knowledge.curation.setting_rules import LEAST_RETENTION_DAYS, MOST_ANSWERS_PER_MEMBER, MOST_RETENTION_DAYS
from knowledge.curation.settings import Care, ReviewMode, ServerSettings
from knowledge.model import Policy

SHIPPED_BOOK = Path(knowledge.__file__).with_name("answers.toml")


class Section(BaseModel):
    """A table of the settings file. Unknown keys are faults, and nothing is converted: a number in quotes is none."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class KnowledgeSettings(Section):
    """What there is to say: the files of the book, and whether invented samples are shown to members."""

    path: Existing = (SHIPPED_BOOK,)
    sample: bool = False


class AnswersSettings(Section):
    """How sure is sure enough, in confidences from 0 to 1, and what stands above the notice.

    `review_after` is in days: for so long a person's check of an answer is good; 0 is for ever. Earlier replies not
    older than `recall_days` follow an answer that is corrected or withdrawn; 0 is none. `ranking_processes` look for
    the stored questions of a text beside the bot's own process; with 0 that does it itself.
    """

    answer_at: Annotated[float, Field(ge=0.5, le=1, allow_inf_nan=False)] = 0.90
    answer_floor: Annotated[float, Field(ge=0.5, le=1, allow_inf_nan=False)] = 0.90
    choices_at: Share = 0.30
    asks_at: Share = 0.50
    max_choices: Annotated[int, Field(ge=1, le=5)] = 3
    review_after: Annotated[int, Field(ge=0, le=36_500)] = 0
    recall_days: Annotated[int, Field(ge=0, le=365)] = 30
    notice_addition: AboveTheNotice = ""
    ranking_processes: Annotated[int, Field(ge=0, le=16)] = 0

    def checked_since(self, today: date) -> date | None:
        """Give the day from which on a person's check is still good, or None where every check is."""
        return today - timedelta(days=self.review_after) if self.review_after else None

    @model_validator(mode="after")
    def _choices_before_answers(self) -> AnswersSettings:
        if self.choices_at > self.answer_at:
            raise ValueError("choices_at is above answer_at; write a smaller number, so that less sure means a choice")
        return self


class EmergencySettings(Section):
    """The countries whose emergency numbers stand on a card beside the US ones."""

    country: Countries = ()


class DiscordSettings(Section):
    """Where the bot listens on Discord and how its replies look. Channels are Discord's ids.

    The addresses are those of another server that speaks Discord's language; "" is Discord itself.
    """

    watch: Snowflakes = ()
    message_content: bool = False
    staff_channels: Snowflakes = ()
    owners: Snowflakes = ()
    fault_channels: Snowflakes = ()
    layout: Literal["full", "compact"] = "full"
    api_url: WebAddress = ""
    gateway_url: WebAddress = ""


class ServersSettings(Section):
    """What holds in a server whose admins chose nothing else. Cooldowns are in seconds; 0 is none."""

    review: Annotated[ReviewMode, Field(strict=False)] = ReviewMode.OFF
    watch_threads: bool = True
    care: Annotated[Care, Field(strict=False)] = Care.USUAL
    answer_again_after: Seconds = 600
    answers_per_member: Annotated[int, Field(ge=0, le=MOST_ANSWERS_PER_MEMBER)] = 3
    member_window: Seconds = 300
    private_ask: bool = True
    retention_days: Annotated[int, Field(ge=LEAST_RETENTION_DAYS, le=MOST_RETENTION_DAYS)] = 90


class StorageSettings(Section):
    """Where everything lies that is kept."""

    path: FileOrFolder = Path("data")


class BackupSettings(Section):
    """Backups that a serving bot makes by itself: where to, how often, how many of them stay."""

    folder: PerhapsAFile = None
    every_hours: Annotated[int, Field(ge=1, le=744)] = 24
    keep: Annotated[int, Field(ge=1, le=1_000)] = 14


class HealthSettings(Section):
    """Where a serving bot tells how it stands, on this machine alone; 0 is nowhere."""

    port: Port = 0


class LogSettings(Section):
    """What the program writes down about its own work. Members' words are never in it."""

    format: Literal["plain", "json"] = "plain"
    level: Literal["debug", "info", "warning", "error"] = "info"
    file: PerhapsAFile = None


class Config(Section):
    """All settings, checked."""

    knowledge: KnowledgeSettings = KnowledgeSettings()
    answers: AnswersSettings = AnswersSettings()
    emergency: EmergencySettings = EmergencySettings()
    discord: DiscordSettings = DiscordSettings()
    servers: ServersSettings = ServersSettings()
    storage: StorageSettings = StorageSettings()
    backup: BackupSettings = BackupSettings()
    health: HealthSettings = HealthSettings()
    log: LogSettings = LogSettings()

    @property
    def policy(self) -> Policy:
        """What `respond` needs to know of the settings."""
        answers = self.answers
        return Policy(
            answer_at=answers.answer_at,
            answer_floor=answers.answer_floor,
            choices_at=answers.choices_at,
            asks_at=answers.asks_at,
            max_choices=answers.max_choices,
            notice_addition=answers.notice_addition,
            countries=self.emergency.country,
        )

    @property
    def server_defaults(self) -> ServerSettings:
        """The settings of a server whose admins chose none: here alone a platform's ids meet the domain's."""
        return ServerSettings(watched=frozenset(map(str, self.discord.watch)), **self.servers.model_dump())
