"""Looking at what the bot needs on Discord: token, intents, commands, clock, and its permissions where it is to write.

Only reading requests are made, also beside a bot that serves with the same token.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from cogs._services.failures import FAILURES
from knowledge.health import Finding

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
    from datetime import timedelta

    from cogs._services.services import Services
    from knowledge.curation.settings import ServerSettings

PORTAL = "https://discord.com/developers/applications"
NEEDED = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)
"""What the bot asks for when it is invited, and no more."""

_SECONDS = 30.0
# Beyond this, ids that tell a time and tokens that expire are judged wrongly.
_SKEW_SECONDS = 30
_MOST_CHANNELS = 100
_WATCHED = "watched"
_NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "read_message_history": "Read Message History",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the bot is to do on Discord: `channels` by id, each with what it is for; the `shapes` of its commands.

    `reads_everything` is whether it asks Discord for the message-content intent.
    """

    channels: Mapping[int, str]
    shapes: Sequence[Mapping[str, Any]]
    reads_everything: bool

    @property
    def watches(self) -> bool:
        """Whether a channel is to be watched."""
        return any(_WATCHED in use for use in self.channels.values())


def wanted_channels(services: Services, settings: Iterable[ServerSettings]) -> dict[int, str]:
    """Give the channels that the operator's settings and the servers' own name, with what each is for."""
    uses: defaultdict[int, list[str]] = defaultdict(list)
    operators = {_WATCHED: services.watched, "staff": services.staff, "told of the files": services.fault_channels}
    for use, channels in operators.items():
        for channel in channels:
            uses[channel].append(use)
    for one in settings:
        digest = [one.digest.channel] if one.digest else []
        named = {_WATCHED: one.watched, "staff": filter(None, [one.staff_channel]), "digest": digest}
        for use, texts in named.items():
            for text in texts:
                uses[int(text)].append(use)
    return {channel: ", ".join(dict.fromkeys(found)) for channel, found in sorted(uses.items())}


async def examine_discord(client: discord.Client, wanted: Wanted, ahead: timedelta | None) -> tuple[Finding, ...]:
    """Tell of a client that is logged in. What Discord does not answer in time is told as such."""
    found: list[Finding] = []
    try:
        async with asyncio.timeout(_SECONDS):
            async for finding in _examined(client, wanted, ahead):
                found.append(finding)  # noqa: PERF401  # what was found before the time was up is told
    except FAILURES as error:
        found.append(unreachable(error))
    return tuple(found)


def unreachable(error: Exception) -> Finding:
    """Tell that Discord does not answer, or not as it should."""
    return Finding(
        "Discord",
        f"it cannot be reached ({type(error).__name__}).",
        "Is this machine online? Discord's own state stands at https://discordstatus.com.",
        stops=True,
    )


def of_clock(ahead: timedelta | None) -> Finding:
    """Tell how far this machine's clock is from Discord's; its answers are told to the second."""
    if ahead is None:
        return Finding("Clock", "Discord did not tell its time.")
    seconds = round(ahead.total_seconds())
    if abs(seconds) <= _SKEW_SECONDS:
        return Finding("Clock", "it agrees with Discord's.")
    told = f"it is {abs(seconds):,} seconds {'ahead of' if seconds > 0 else 'behind'} Discord's."
    return Finding("Clock", told, "Have this machine set its clock from the network (NTP).")


async def _examined(client: discord.Client, wanted: Wanted, ahead: timedelta | None) -> AsyncIterator[Finding]:
    name = client.user.name if client.user else "the application"
    yield Finding("Token", f"Discord knows it as {name}'s.")
    application = await client.application_info()
    # A gateway that took the bot in with the intent allows it, whatever else is told of the application.
    taken_in = client.is_ready() and client.intents.message_content
    yield _intents(application.flags, wanted, taken_in=taken_in)
    yield _commands(await client.http.get_global_commands(application.id), wanted.shapes)
    yield of_clock(ahead)
    for channel, use in tuple(wanted.channels.items())[:_MOST_CHANNELS]:
        yield await _channel(client, channel, use)
    if (more := len(wanted.channels) - _MOST_CHANNELS) > 0:
        yield Finding("Channels", f"{more:,} more were not looked at.")
    address = discord.utils.oauth_url(application.id, permissions=NEEDED, scopes=("bot", "applications.commands"))
    yield Finding("Invitation", f"this address asks for the permissions that are needed and no others: {address}")


def _intents(flags: discord.ApplicationFlags, wanted: Wanted, *, taken_in: bool) -> Finding:
    if wanted.watches and not wanted.reads_everything:
        to_do = f"Write message_content = true under [discord] in the settings, and switch it on at {PORTAL}."
        return Finding("Intents", "servers watch channels, and the bot does not ask for Message Content.", to_do)
    if not wanted.reads_everything:
        return Finding("Intents", "no channel is watched, so no privileged intent is needed.")
    if taken_in or flags.gateway_message_content or flags.gateway_message_content_limited:
        return Finding("Intents", "Message Content is on, as watched channels need.")
    to_do = f"Switch it on, on the Bot page at {PORTAL}, or do not ask for it in the settings."
    return Finding("Intents", "Message Content is off, and the settings ask for it.", to_do, stops=True)


def _commands(known: Sequence[Mapping[str, Any]], shapes: Sequence[Mapping[str, Any]]) -> Finding:
    ours, theirs = {_key(one): _shape(one) for one in shapes}, {_key(one): _shape(one) for one in known}
    missing = sorted(name for _, name in ours.keys() - theirs.keys())
    other = sorted(name for _, name in theirs.keys() - ours.keys())
    changed = sorted(key[1] for key in ours.keys() & theirs.keys() if ours[key] != theirs[key])
    if not (missing or other or changed):
        return Finding("Commands", f"Discord knows all {len(ours)}.")
    lists = {"missing": missing, "no longer ours": other, "changed since": changed}
    told = "; ".join(f"{word}: {', '.join(names)}" for word, names in lists.items() if names)
    to_do = "Start the bot anew: it sends them. If it did, its log says what Discord answered."
    return Finding("Commands", f"Discord does not know them as they are now ({told}).", to_do)


def _key(command: Mapping[str, Any]) -> tuple[int, str]:
    return command.get("type", 1), command["name"]


def _shape(command: Mapping[str, Any]) -> tuple[object, ...]:
    """Give of a command, or of one of its options, what a member sees of it."""
    inner = tuple(_shape(option) for option in command.get("options") or ())
    return (*_key(command), command.get("description") or "", bool(command.get("required")), inner)


async def _channel(client: discord.Client, number: int, use: str) -> Finding:
    try:
        channel, may = await _permissions(client, number)
    except (discord.NotFound, discord.Forbidden, discord.InvalidData):
        to_do = "Let the bot see it, or take it out of the settings."
        return Finding(f"Channel {number} ({use})", "it is not there, or the bot does not see it.", to_do)
    lacks = [_NAMES[name] for name, needed in NEEDED if needed and not getattr(may, name)]
    about = f"Channel #{channel} ({use})"
    if lacks:
        return Finding(about, f"the bot lacks {', '.join(lacks)}.", "Allow it in the channel's settings.")
    without_chart = "digest" in use and not may.attach_files
    return Finding(about, "all permissions are there" + (", but for the digest's chart." if without_chart else "."))


async def _permissions(client: discord.Client, number: int) -> tuple[str, discord.Permissions]:
    """Give a channel's name and what the bot may do there, from memory where the client is connected."""
    known = client.get_channel(number)
    if isinstance(known, discord.abc.GuildChannel | discord.Thread) and known.guild.me is not None:
        return known.name, known.permissions_for(known.guild.me)
    found = await client.fetch_channel(number)
    if not isinstance(found, discord.abc.GuildChannel | discord.Thread) or client.user is None:
        raise discord.InvalidData("no channel of a server")
    guild = await client.fetch_guild(found.guild.id)
    me = await guild.fetch_member(client.user.id)
    # A thread has the permissions of the channel that it is under.
    above = found.parent_id if isinstance(found, discord.Thread) else number
    channel = await guild.fetch_channel(above)
    if isinstance(channel, discord.Thread):
        raise discord.InvalidData("a thread under a thread")
    return found.name, channel.permissions_for(me)
