"""What keeps the bot from listening or answering in the channels that a server's settings name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import discord

from cogs._settings.words import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.curation.settings import ServerSettings

NO_INTENT = (
    "**I cannot read these channels yet.** Discord sends me their messages only with the message-content intent, which "
    "this bot was started without. Its operator switches it on: Message Content Intent on the application's Bot page, "
    "and `message_content = true` in the settings file. Until then I hear those who mention me or reply to me."
)
GONE = "A channel that was chosen is not there any more, or is hidden from me. Choose the channels anew."
POSTS_ONLY = "There is nothing but posts in {channels}: switch on threads and posts, or I hear nothing there."
MISSING = "In {channels} I am missing: {rights}."

_RIGHTS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "read_message_history": "Read Message History",
}


def visible(guild: discord.Guild) -> frozenset[str]:
    """Give the ids of the channels and threads that the bot sees."""
    every = (*guild.channels, *guild.threads)
    return frozenset(str(one.id) for one in every if one.permissions_for(guild.me).view_channel)


def hindrances(guild: discord.Guild, settings: ServerSettings, *, reads: bool) -> Iterator[str]:
    """Say what keeps the bot from what the settings ask of it, a sentence each. `reads`: it has the intent."""
    if settings.watched and not reads:
        yield NO_INTENT
    watched = [(number, guild.get_channel_or_thread(number)) for number in sorted(map(int, settings.watched))]
    if any(channel is None for _, channel in watched):
        yield GONE
    posts = [channel.mention for _, channel in watched if isinstance(channel, discord.ForumChannel)]
    if posts and not settings.watch_threads:
        yield POSTS_ONLY.format(channels=named(posts))
    lacking: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for _, channel in watched:
        if channel is not None:
            directly = not isinstance(channel, discord.ForumChannel)
            missing = _missing(channel, in_threads=settings.watch_threads, directly=directly)
            lacking[missing][channel.mention] = None
    if settings.staff_channel:
        staff = guild.get_channel_or_thread(int(settings.staff_channel))
        missing = _missing(staff, in_threads=isinstance(staff, discord.Thread)) if staff else ("View Channel",)
        lacking[missing][f"<#{settings.staff_channel}>"] = None
    for rights, channels in lacking.items():
        if rights:
            yield MISSING.format(channels=named(list(channels)), rights=", ".join(rights))


def _missing(
    channel: discord.abc.GuildChannel | discord.Thread, *, in_threads: bool, directly: bool = True
) -> tuple[str, ...]:
    allowed, thread = channel.permissions_for(channel.guild.me), isinstance(channel, discord.Thread)
    needed: Iterable[str] = (
        "view_channel",
        *(["send_messages"] if directly and not thread else []),
        *(["send_messages_in_threads"] if in_threads or thread else []),
        "read_message_history",
    )
    return tuple(_RIGHTS[right] for right in needed if not getattr(allowed, right))
