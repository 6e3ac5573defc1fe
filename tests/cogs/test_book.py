"""Owners see how the knowledge files stand and accept held ones; nobody else may."""

from __future__ import annotations

from datetime import UTC, datetime

import discord
import pytest

from bot.app import composer
from bot.config import AnswersSettings, Config, DiscordSettings
from bot.discord_client import build_client
from bot.reload import PATIENCE, BookWatch
from cogs.book import NOTHING_HELD, ONLY_OWNERS
from knowledge.desk import AnswerDesk
from knowledge.safety.notice import NOTICE
from tests.bot.reload.conftest import book
from tests.cogs.moderation.doing import all_shown

NAMES = [f"toe-{number}" for number in range(10)]
OLD = "[[question.answers]]\nchecked = 2020-01-31\n"


class Files:
    """A knowledge file, and the watch over it, whose time a test moves."""

    def __init__(self, path):
        self.path, self.seconds = path, 0.0
        self.path.write_text(book(NAMES).replace("[[question.answers]]\n", OLD, 1), "utf-8")
        settings = Config(answers=AnswersSettings(review_after=30))
        self.watch = BookWatch(
            [path],
            composer(settings, samples=False),
            clock=lambda: self.seconds,
            now=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC),
        )
        self.desk = AnswerDesk(self.watch.snapshot)

    async def become(self, text):
        self.path.write_text(text, "utf-8")
        for _ in range(2):
            self.seconds += PATIENCE
            await self.watch.look(self._serve)

    async def look(self):
        await self.watch.look(self._serve)

    async def _serve(self, snapshot, _files_hash):
        self.desk.serve(snapshot)


@pytest.fixture
def files(tmp_path, inspection):
    found = Files(tmp_path / "book.toml")
    inspection.know(found.desk.snapshot.questions.values())
    return found


@pytest.fixture
def ids():
    """Ids of the owners, as the settings name them."""
    return {"owners": []}


@pytest.fixture
def build(files, ids):
    return lambda: build_client(files.desk, DiscordSettings(**ids), followed=files.watch)


@pytest.fixture
async def owner(server, ids, build):
    """An owner, who manages the server too, so that Discord offers the commands."""
    admins = server.guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    found = server.guild.add_member(server.env.create_user("olga"), roles=[admins])
    ids["owners"].append(found.id)
    await server.env.restart_bot(build())
    return found


async def test_an_owner_sees_what_is_served_and_which_answers_to_read_again(server, owner):
    text = all_shown(await owner.slash(server.channel, "knowledge status"))
    assert "10 entries are served" in text
    assert "The files as they stand are what is served" in text
    assert "Answers not checked by a person since 20" in text
    assert "answer 1 was last checked on 2020-01-31" in text
    assert text.endswith(NOTICE)


async def test_faults_are_told_with_file_and_line(server, owner, files):
    await files.become(files.path.read_text("utf-8") + '[[question]]\ntitel = "x"\n')
    text = all_shown(await owner.slash(server.channel, "knowledge status"))
    assert "10 entries are served" in text
    assert "book.toml:83" in text.replace("\\", "")
    assert "did you mean title" in text


async def test_a_held_file_is_accepted(server, owner, files):
    await files.become(book(NAMES[:5]))
    assert "lack 5 of the 10 entries" in all_shown(await owner.slash(server.channel, "knowledge status"))
    assert "Accepted" in all_shown(await owner.slash(server.channel, "knowledge accept"))
    await files.look()
    assert len(files.desk.snapshot.questions) == 5
    assert all_shown(await owner.slash(server.channel, "knowledge accept")) == NOTHING_HELD


@pytest.mark.parametrize("command", ["knowledge status", "knowledge accept"])
async def test_nobody_else_may_look_or_accept(server, files, command):
    await files.become(book(NAMES[:5]))
    admins = server.guild.create_role("Admins", permissions=discord.Permissions(administrator=True))
    admin = server.guild.add_member(server.env.create_user("ada"), roles=[admins])
    assert all_shown(await admin.slash(server.channel, command)) == ONLY_OWNERS
    await files.look()
    assert files.watch.status.held
    assert len(files.desk.snapshot.questions) == 10
