"""A server on the fake, and the bot as a process on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.config import SHIPPED_BOOK
from knowledge.content.book import read_book
from tests.fakediscord import FakeDiscord, Inspection, Person, permissions
from tests.wire.program import Program, write_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakediscord.state import Guild, Json

# Shorter texts may stand in a log for other reasons.
_OWN_WORDS = 20
TOKEN = "MTAwMA.fake.token-that-must-never-be-seen"


@dataclass(slots=True)
class Clinic:
    """A server with a channel that is watched and one that is not, a member and a moderator."""

    fake: FakeDiscord
    folder: Path
    guild: Guild
    watched: Json
    channel: Json
    ann: Person
    max: Person
    programs: list[Program] = field(default_factory=list)
    log_level: str = "info"
    # What Python runs, and what the process is told beside its settings.
    python: tuple[str, ...] = ("-m", "bot")
    environment: dict[str, str] = field(default_factory=dict)
    # The knowledge file, where it is not the shipped one, and tables of the settings file.
    book: Path | None = None
    more_settings: str = ""
    # Channels that are watched beside the one.
    rooms: list[Json] = field(default_factory=list)
    token: str = TOKEN

    async def begin(self, *, token: str | None = None, watch: bool = True, samples: bool = False) -> Program:
        """Start the bot."""
        watched = [int(room["id"]) for room in (self.watched, *self.rooms)] if watch else []
        settings = write_settings(
            self.folder,
            self.fake,
            watch=watched,
            samples=samples,
            log_level=self.log_level,
            book=self.book,
            more=self.more_settings,
        )
        words = "--config", str(settings), "discord"
        program = await Program.start(
            *words,
            folder=self.folder,
            token=self.token if token is None else token,
            environment=self.environment,
            python=self.python,
        )
        self.programs.append(program)
        return program

    async def ready(self, *, watch: bool = True, samples: bool = False) -> Program:
        """Start the bot and wait until it listens."""
        before = self.fake.gateway.begun
        program = await self.begin(watch=watch, samples=samples)
        await self.fake.until(lambda: self.fake.gateway.begun > before or program.over)
        assert not program.over, program.output
        return program


@pytest.fixture
async def fake(inspection: Inspection) -> AsyncIterator[FakeDiscord]:
    # The process reads the shipped book by itself, so the inspection is shown it here.
    inspection.know(read_book([SHIPPED_BOOK]).questions)
    server = FakeDiscord(inspection, token=TOKEN)
    await server.start()
    yield server
    await server.stop()
    assert not server.unknown_routes


def said(fake: FakeDiscord) -> set[str]:
    """Give what people wrote, where it is long enough to be theirs alone."""
    people = (one["content"] for one in fake.world.messages.values() if not one["author"]["bot"])
    return {words for words in people if len(words) > _OWN_WORDS}


@pytest.fixture
async def clinic(fake: FakeDiscord, tmp_path: Path) -> AsyncIterator[Clinic]:
    guild = fake.world.add_guild("Clinic")
    mods = fake.world.add_role(guild, "Mods", permissions.MANAGE_MESSAGES)
    channels = fake.world.add_channel(guild, "ask-a-doctor"), fake.world.add_channel(guild, "general")
    people = Person(fake, "ann", guild), Person(fake, "max", guild, roles=(mods,))
    clinic = Clinic(fake, tmp_path, guild, *channels, *people)
    yield clinic
    for program in clinic.programs:
        await program.close()
        assert TOKEN not in program.output
        assert not [words for words in said(fake) if words in program.output], "members' words are logged nowhere"
