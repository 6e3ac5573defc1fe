"""Which messages the bot may hear, whether they were meant for it, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from cogs._services.services import server_of
from knowledge.model import Place

if TYPE_CHECKING:
    from cogs._services.shared_server import SharedServers
    from knowledge.curation.settings import ServerSettings
    from knowledge.desk import AnswerDesk
    from knowledge.model import CardReply, Verdict

_TYPED = frozenset({discord.MessageType.default, discord.MessageType.reply})
# What follows a name that is talked about; in a question these words may follow it too.
_ABOUT = frozenset("is isn't was wasn't has had said says told gave helped helps works worked answered knows".split())

# A line that Discord shows as a quote. `>>>` quotes the rest of the message.
_QUOTE = re.compile(r"^>(?:>>)? ", re.MULTILINE)
# What other bots are commanded with: a mark or two right before a word, as in "!rank", "?tag", "//help". A mark of
# Spanish, of markup or of a smiley does not count, nor do the dots of somebody who goes on.
_COMMAND = re.compile(r"\s*(?:[!?/$%&+=;,~^-]{1,2}|\.)[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that concerns the bot: its text without the bot's name, and the place it was said in.

    `in_passing` is whether the bot was only named in what was said to others, if it asks nothing. An `aside` was said
    to somebody else in a watched channel: it may alarm, and is never answered. `verdict` is what the screen says of the
    text, once it was asked.
    """

    text: str
    place: Place
    in_passing: bool = False
    aside: bool = False
    verdict: Verdict | None = None


def hear(
    message: discord.Message, me: discord.ClientUser, settings: ServerSettings, *, opted_out: bool = False
) -> Heard | None:
    """Give what a message says to the bot or in a channel that its server's `settings` watch; None for all else.

    Other bots, webhooks, the bot itself and the platform's own messages are never heard. Of who `opted_out`, only what
    is said to the bot is.
    """
    if message.author.bot or message.webhook_id is not None or message.type not in _TYPED:
        return None
    if message.guild is not None and not _readable(message):
        return None
    server = server_of(message.guild)
    name, text = _name_of(me, message.guild), words_of(message, me, message.guild)
    named = name.search(message.content) is not None
    if message.guild is None or _replies_to(message, me):
        return Heard(text, Place(addressed=True, server_id=server))
    if named:
        return Heard(text, Place(addressed=True, server_id=server), in_passing=_in_passing(message.content, name))
    if not opted_out and _is_watched(message.channel, settings):
        return Heard(text, Place(addressed=False, server_id=server), aside=_said_to_others(message))
    return None


def screened(heard: Heard, desk: AnswerDesk) -> tuple[Heard, CardReply | None]:
    """Screen what was heard, once however often this is asked; give it with the verdict, and its card if it alarms."""
    verdict = heard.verdict or desk.screen(heard.text, heard.place)
    return replace(heard, verdict=verdict), desk.alarm(heard.text, heard.place, verdict)


async def placed(shared: SharedServers, client: discord.Client, message: discord.Message, heard: Heard) -> Heard:
    """Give what was heard with the place that it is answered from: for a direct message, the server that is shared."""
    if message.guild is not None:
        return heard
    return replace(heard, place=replace(heard.place, server_id=await shared.of(client, message.author.id)))


def answers_somebody(message: discord.Message) -> discord.abc.User | None:
    """Give the other member whose message this one replies to, where it does and Discord tells."""
    replied = message.reference.resolved if message.reference is not None else None
    if not isinstance(replied, discord.Message) or replied.author.bot or replied.author.id == message.author.id:
        return None
    return replied.author


def _said_to_others(message: discord.Message) -> bool:
    """Whether a message answers another one, quotes, or is meant for another bot.

    Who replies to their own words goes on asking. A reply whose message is gone answered somebody once.
    """
    replied = message.reference.resolved if message.reference is not None else None
    goes_on = isinstance(replied, discord.Message) and replied.author.id == message.author.id
    return (
        (message.reference is not None and not goes_on)
        or _QUOTE.search(message.content) is not None
        or _COMMAND.match(message.content) is not None
        or any(user.bot for user in message.mentions)
    )


def words_of(message: discord.Message, me: discord.ClientUser, guild: discord.Guild | None) -> str:
    """Give what a message says, without the bot's name. What begins a forum's post says its title first."""
    channel, said = message.channel, _name_of(me, guild).sub(" ", message.content).strip()
    # Discord gives a post and the message that begins it one id.
    title = channel.name if isinstance(channel, discord.Thread) and channel.id == message.id else ""
    return "\n".join(filter(None, (title, said)))


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


def _is_watched(channel: discord.abc.MessageableChannel, settings: ServerSettings) -> bool:
    if str(channel.id) in settings.watched:
        return True
    return settings.watch_threads and isinstance(channel, discord.Thread) and str(channel.parent_id) in settings.watched
