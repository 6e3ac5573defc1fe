"""Two members who are talking to each other in a watched channel: the bot does not join in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._answering.intake import answers_somebody

if TYPE_CHECKING:
    import discord

    from cogs._answering.intake import Heard
    from cogs._services.protocols import Traffic

# So long after a reply, what either of the two says is taken for a part of their talk.
EXCHANGE_SECONDS = 120


def note(traffic: Traffic, message: discord.Message, heard: Heard | None) -> None:
    """Note that a member replied to another where the bot listens; elsewhere nothing is remembered."""
    other = answers_somebody(message) if heard is not None and heard.aside else None
    if other is not None:
        for member in (message.author.id, other.id):
            traffic.note(_key(message, member))


def is_part_of(traffic: Traffic, message: discord.Message) -> bool:
    """Whether the author of a message is talking to somebody there."""
    return traffic.within(_key(message, message.author.id), EXCHANGE_SECONDS)


def _key(message: discord.Message, member: int) -> tuple[str, int, int]:
    return ("exchange", message.channel.id, member)
