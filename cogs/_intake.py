"""Which messages the bot may hear, whether they were meant for it, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from cogs._services import server_of
from knowledge.model import Place

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_TYPED = frozenset({discord.MessageType.default, discord.MessageType.reply})
# What follows a name that is talked about; in a question these words may follow it too.
_ABOUT = frozenset("is isn't was wasn't has had said says told gave helped helps works worked answered knows".split())


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that concerns the bot: its text without the bot's name, and the place it was said in.

    `in_passing` is whether the bot was only named in what was said to others, if it asks nothing.
    """

    text: str
    place: Place
    in_passing: bool = False


def hear(message: discord.Message, me: discord.ClientUser, watched: AbstractSet[int]) -> Heard | None:
    """Give what a message says to the bot or in a watched channel; None for everything else.

    Other bots, webhooks, the bot itself and the platform's own messages are never heard.
    """
    if message.author.bot or message.webhook_id is not None or message.type not in _TYPED:
        return None
    if message.guild is not None and not _readable(message):
        return None
    server = server_of(message.guild)
    name = _name_of(me, message.guild)
    text = name.sub(" ", message.content).strip()
    named = name.search(message.content) is not None
    if message.guild is None or _replies_to(message, me):
        return Heard(text, Place(addressed=True, server_id=server))
    if named:
        return Heard(text, Place(addressed=True, server_id=server), in_passing=_in_passing(message.content, name))
    if _is_watched(message.channel, watched):
        return Heard(text, Place(addressed=False, server_id=server))
    return None


def _in_passing(content: str, name: re.Pattern[str]) -> bool:
    """Whether the name stands inside a sentence, or is what a sentence is about ("@bot was right")."""
    before, *_, after = name.split(content, maxsplit=1)
    first = after.split()[:1]
    return bool(before.strip() and first) or (not before.strip() and first != [] and first[0].casefold() in _ABOUT)


def _readable(message: discord.Message) -> bool:
    """Whether anything of it was sent to the bot: without the message-content intent most messages come empty."""
    return bool(message.content or message.attachments or message.stickers or message.message_snapshots)


def _name_of(me: discord.ClientUser, guild: discord.Guild | None) -> re.Pattern[str]:
    """Match a mention of the bot, or of the role that Discord made for it: members pick either."""
    role = guild.self_role if guild is not None else None
    ids = rf"<@!?{me.id}>" + (rf"|<@&{role.id}>" if role is not None else "")
    return re.compile(ids)


def _replies_to(message: discord.Message, me: discord.ClientUser) -> bool:
    replied = message.reference.resolved if message.reference is not None else None
    return isinstance(replied, discord.Message) and replied.author.id == me.id


def _is_watched(channel: discord.abc.MessageableChannel, watched: AbstractSet[int]) -> bool:
    return channel.id in watched or (isinstance(channel, discord.Thread) and channel.parent_id in watched)
