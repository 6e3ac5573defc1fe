"""The real bot on SimCord: the shipped matcher, screen, cards and book, and a few entries more."""

from dataclasses import dataclass, replace

import discord
import pytest
import simcord

from bot.app import snapshot_of
from bot.config import Config, DiscordSettings
from bot.discord.client import build_client
from knowledge.curation.settings import SHIPPED
from knowledge.desk import AnswerDesk
from tests.cogs.book import BOOK
from tests.cogs.followed import Files


@pytest.fixture(scope="session", autouse=True)
def settling():
    """Have SimCord see soon that the bot is done, and give it long: the storage's thread may have to wait for its turn.

    It looks again every 50 ms, which is most of the time that a test takes, and gives up after 5 s.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(simcord.Env._settle_internal.__kwdefaults__, "idle", 0.002)
        patch.setitem(simcord.Env.__init__.__kwdefaults__, "settle_timeout", 30.0)
        yield


@pytest.fixture(scope="session")
def snapshot():
    return snapshot_of(BOOK, Config(), samples=True)


@pytest.fixture
def desk(snapshot, inspection):
    inspection.know(snapshot.questions.values())
    return AnswerDesk(snapshot)


@pytest.fixture
def watched():
    """Ids of watched channels; a test adds its own."""
    return set()


@pytest.fixture
def settings():
    return DiscordSettings()


@pytest.fixture
def defaults():
    """What holds in a server that chose nothing: no cooldowns, for most tests ask the same again and again."""
    return replace(SHIPPED, answer_again_after=0, answers_per_member=0)


@pytest.fixture
def build(desk, settings, watched, defaults):
    """Make the bot anew, as after a restart."""
    return lambda: build_client(desk, settings, watched=watched, defaults=defaults)


@pytest.fixture
def simcord_bot(build):
    return build()


@dataclass
class Server:
    """A server with a channel, two members and a moderator."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    ann: simcord.MemberActor
    bea: simcord.MemberActor
    max: simcord.MemberActor

    async def ask(self, text, who=None, channel=None):
        """Mention the bot with a question; give the question's message."""
        return await (who or self.ann).send(channel or self.channel, f"<@{self.env.bot.user.id}> {text}")

    async def thread(self):
        """Open a thread in the channel."""
        await self.env.bot.get_channel(self.channel.id).create_thread(
            name="about my cheek", type=discord.ChannelType.public_thread
        )
        return self.channel.threads[0]

    def closed(self, **permissions):
        """Give a channel in which the bot lacks permissions."""
        overwrites = {self.env.bot.user: discord.PermissionOverwrite(**permissions)}
        return self.guild.create_text_channel("closed", overwrites=overwrites)

    @property
    def reply(self):
        """The last message of the channel, if the bot wrote it."""
        last = self.channel.last_message
        return last if last is not None and last.author.id == self.env.bot.user.id else None

    @property
    def sent(self):
        """The payloads of the messages that the bot sent, in order."""
        posts = [call for call in self.env.http_requests if call.method == "POST" and call.path.endswith("/messages")]
        return [call.json for call in posts]


@pytest.fixture
def server(simcord_env):
    env = simcord_env
    guild = env.create_guild()
    mods = guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True))
    return Server(
        env,
        guild,
        guild.create_text_channel("questions"),
        guild.add_member(env.create_user("ann")),
        guild.add_member(env.create_user("bea")),
        guild.add_member(env.create_user("max"), roles=[mods]),
    )


@pytest.fixture
def files(tmp_path, inspection):
    found = Files(tmp_path / "book.toml")
    inspection.know(found.desk.snapshot.questions.values())
    return found


@pytest.fixture
def ids():
    """What the settings name: owners and channels."""
    return {"owners": [], "watch": []}


@pytest.fixture
async def owner(server, ids, build):
    """An owner, who manages the server too, so that Discord offers the commands."""
    admins = server.guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    found = server.guild.add_member(server.env.create_user("olga"), roles=[admins])
    ids["owners"].append(found.id)
    await server.env.restart_bot(build())
    return found
