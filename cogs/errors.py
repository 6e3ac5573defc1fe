"""The only place where a failure becomes a Discord message."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from cogs._answering.delivery import deliver
from cogs._rendering import desk_layout, reply_layout
from cogs._rendering.view import NOBODY, view
from cogs._services.services import server_of, services_of
from knowledge.curation.refusals import QuotingRefusal
from knowledge.errors import SafeToShow
from knowledge.incidents import report
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from cogs._rendering.layouts import Layout

log = logging.getLogger(__name__)

# Right after an update, Discord may still offer a member's client the commands that were.
_COMMAND_CHANGED = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)
# Discord's codes for what nobody can mend here: a channel, message or interaction that is gone, hidden or answered.
# (discord.com/developers/docs/topics/opcodes-and-status-codes)
_PAST_HELP = frozenset({10003, 10008, 10015, 10062, 40060, 50001, 50013, 50027, 160002})


class Errors(commands.Cog):
    """Tells members what went wrong, in finished sentences."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Take over the failures of commands and buttons."""
        self._bot.tree.on_error = self.tell  # type: ignore[method-assign]  # discord.py's own way to set it

    async def tell(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Tell whoever used a command."""
        if (sentence := _sentence(error)) is not None:
            shown = view(self._drawn(interaction, error, sentence))
            send = interaction.followup.send if interaction.response.is_done() else interaction.response.send_message
            await _sent(send(view=shown, ephemeral=True, allowed_mentions=NOBODY))

    def _drawn(self, interaction: discord.Interaction[Any], error: Exception, sentence: str) -> Layout:
        """Draw a sentence; one that quotes stored words ends with the notice."""
        if not isinstance(getattr(error, "original", error), QuotingRefusal):
            return reply_layout.plain(sentence)
        notice = services_of(self._bot).desk.notice(server_id=server_of(interaction.guild))
        return desk_layout.refusal(sentence, notice)

    @commands.Cog.listener()
    async def on_failed(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Tell whoever pressed a button. Sent by the cog that hears presses."""
        await self.tell(interaction, error)

    @commands.Cog.listener()
    async def on_unanswered(self, message: discord.Message, error: Exception, *, addressed: bool) -> None:
        """Tell whoever asked the bot directly; an overheard message gets silence. Sent by the cog that listens."""
        services, sentence = services_of(self._bot), _sentence(error)
        # What failed may have been a change of the reply, or came after it: a message gets one.
        if sentence is not None and addressed and services.traffic.reply_to(message.id) is None:
            await _sent(deliver(services, message, reply_layout.plain(sentence), ping=False))


def _sentence(error: Exception) -> str | None:
    """Give what may be said of a failure, or None where nobody is left to hear it."""
    if isinstance(error, app_commands.CommandInvokeError):
        return _sentence(error.original)
    if isinstance(error, SafeToShow):
        return str(error)
    if isinstance(error, _COMMAND_CHANGED):
        return sentences.COMMAND_CHANGED
    if isinstance(error, discord.HTTPException) and (error.code in _PAST_HELP or error.status in {401, 403, 404, 429}):
        log.warning("Discord refused: status %s, code %s", error.status, error.code)
        return None
    return report(error)


async def _sent(sending: Awaitable[object]) -> None:
    try:
        await sending
    except Exception as error:  # noqa: BLE001  # what could not be done cannot be told either
        log.warning("A failure could not be told: %s", type(error).__name__)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Errors(bot))
