"""What the bot does, where it listens and what it keeps: `/help`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from cogs._interactions.callers import Audience, audience_of, audiences_of, caller_of, owns_the_bot
from cogs._interactions.responses import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._rendering.layouts import Layout, Tone, texts
from cogs._services.services import server_of, services_of
from knowledge.curation.rights import is_admin, is_moderator
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogs._interactions.callers import AnyCommand
    from cogs._services.services import Services
    from knowledge.curation.settings import ServerSettings

HOW_TO_ASK = (
    "**How to ask**\n"
    "- `/ask` {seen}, and `/browse` shows what there is.\n"
    "- Mention me with a question, reply to me, or write me a direct message.\n"
    "- In the menu of a message: Apps, then Find an answer.\n"
    "- Please ask as anybody might: no names, dates, photos or results."
)
SEEN_BY_YOU, SEEN_BY_ALL = "answers you alone", "answers before everybody here, or you alone if you choose so"
PAUSED = "**Paused.** This server's moderators have paused me: I show emergency help lines and nothing else."
PAUSED_UNTIL = "**Paused** until <t:{until}:f>: until then I show emergency help lines and nothing else."
LISTENS = (
    "I read every message in {channels}{threads}, answer when I am sure, and am silent otherwise. "
    "Elsewhere I read only what is said to me."
)
CANNOT_LISTEN = (
    "This server wants me to watch {channels}, but Discord lets me read only what is said to me. "
    "Who runs me has to switch on the message-content intent."
)
NOT_YOU = "You asked not to be read there, so I read of yours only what you say to me."
LISTENS_NOWHERE = "I read only what is said to me: no channel that you can see here is watched."
IN_DIRECT = (
    "Here I read what you write, and answer from what doctors wrote for everybody. Where we share just one server, I "
    "answer as there, and say so."
)
CANNOT_READ = (
    "I cannot read a reply to me that is sent without a ping, nor a reply to what a command showed: mention me there."
)
KEEPS = (
    "**What I keep**\n"
    "Not your messages, and not who asked. I keep which answer was shown where, for {days:,} days; after that, counts. "
    "Where a button keeps more, it says first what and for how long.{privacy}"
)
PRIVACY = " `/privacy` tells what is kept about you, deletes it, and keeps me from reading you in watched channels."
_LISTED_CHANNELS = 20


class Help(commands.Cog):
    """Tells what the bot is, privately and in the words of whoever uses it."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @app_commands.command(name="help", description="What this bot does, where it listens, and what it keeps")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def help(self, interaction: Interaction) -> None:
        """Tell it."""
        await begin(interaction)
        services = services_of(interaction.client)
        settings = services.settings(server_of(interaction.guild))
        paused = _paused(settings)
        alone = settings.private_ask or interaction.guild is None
        how = HOW_TO_ASK.format(seen=SEEN_BY_YOU if alone else SEEN_BY_ALL)
        told = texts(sentences.ABOUT, paused, how, _where(interaction, services, settings))
        keeps = KEEPS.format(
            days=settings.retention_days, privacy=PRIVACY if interaction.client.tree.get_command("privacy") else ""
        )
        usable = "\n".join(("**What you can use here**", *await _usable(interaction, settings)))
        await tell(interaction, Layout(Tone.PLAIN, (told, (keeps,), (usable,))))


def _paused(settings: ServerSettings) -> str:
    if not settings.is_paused(discord.utils.utcnow()):
        return ""
    return PAUSED_UNTIL.format(until=settings.paused_until) if settings.paused_until else PAUSED


def _where(interaction: Interaction, services: Services, settings: ServerSettings) -> str:
    heading = "**Where I listen**"
    if interaction.guild is None:
        return f"{heading}\n{IN_DIRECT}"
    seen = list(_watched_channels(interaction, settings))
    more = len(seen) - _LISTED_CHANNELS
    named = ", ".join(channel.mention for channel in seen[:_LISTED_CHANNELS])
    listed = f"{named} and {more:,} more channels" if more > 0 else named
    threads = " and the threads under them" if settings.watch_threads else ""
    if not seen:
        listens = LISTENS_NOWHERE
    elif not services.reads_everything:
        listens = CANNOT_LISTEN.format(channels=listed)
    else:
        listens = LISTENS.format(channels=listed, threads=threads)
    not_you = NOT_YOU if seen and services.opted_out(interaction.user.id) else ""
    return "\n".join(texts(heading, listens, not_you, "" if services.reads_everything else CANNOT_READ))


def _watched_channels(
    interaction: Interaction, settings: ServerSettings
) -> Iterator[discord.abc.GuildChannel | discord.Thread]:
    """Give the watched channels of this server that the caller may see."""
    guild, member = interaction.guild, interaction.user
    for channel_id in sorted(settings.watched):
        channel = guild.get_channel_or_thread(int(channel_id)) if guild else None
        if channel and isinstance(member, discord.Member) and channel.permissions_for(member).view_channel:
            yield channel


async def _usable(interaction: Interaction, settings: ServerSettings) -> tuple[str, ...]:
    """Give a line for each command that the caller may use here at this moment."""
    caller, tree = caller_of(interaction), interaction.client.tree
    rights = {
        Audience.MEMBERS: True,
        Audience.MODERATORS: is_moderator(caller, settings),
        Audience.ADMINS: is_admin(caller),
        Audience.OWNERS: await owns_the_bot(interaction),
    }
    commands_here = [
        command
        for command in tree.get_commands(type=discord.AppCommandType.chat_input)
        if any(rights[audience] for audience in audiences_of(command)) and _works_here(command, interaction)
    ]
    commands_here.sort(key=lambda command: (list(rights).index(audience_of(command)), command.name))
    return tuple(f"- `/{command.name}`: {command.description}" for command in commands_here)


def _works_here(command: AnyCommand, interaction: Interaction) -> bool:
    where = command.allowed_contexts
    if interaction.guild is not None or where is None:
        return interaction.guild is not None
    return bool(where.dm_channel)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Help(bot))
