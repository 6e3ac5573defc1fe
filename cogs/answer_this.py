"""Writing an answer to somebody's message: the menu "Answer this...". The moderator words the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord  # noqa: TC002  # discord.py reads annotations

from cogs._custom_ids.desk_states import EditAgain
from cogs._interactions.callers import caller_of
from cogs._interactions.message_menu import OffersMenu, menu
from cogs._interactions.responses import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._rendering import desk_layout
from cogs._rendering.desk_layout import Passage
from cogs._rendering.layouts import Button
from cogs._services.services import services_of, storage_of
from knowledge.curation.refusals import Refused
from knowledge.moderation.filled_form import FilledForm
from knowledge.moderation.unsaved import Unsaved
from knowledge.text import words

if TYPE_CHECKING:
    from discord.ext import commands

NO_WORDS = "That message has no words to answer."
WORD_IT = (
    "**Only you see this.** Put the question into your own words, as anybody might ask it, and leave out what is about "
    "one person."
)


class AnswerThis(OffersMenu):
    """Keeps the message in memory alone, to tell when the question repeats it."""

    def __init__(self, bot: commands.Bot) -> None:
        super().__init__(bot, menu("Answer this…", self._answer, moderators=True))

    async def _answer(self, interaction: Interaction, message: discord.Message) -> None:
        """Show the message with a button that opens the form, its question field empty."""
        await begin(interaction)
        caller, storage = caller_of(interaction), storage_of(interaction.client)
        storage.moderators.look.settings(caller)
        if not words(message.content):
            raise Refused(NO_WORDS)
        storage.unsaved.put(interaction.id, Unsaved(caller, FilledForm(), message=message.content))
        rows = ((Button("Write the answer", EditAgain(interaction.id)),),)
        notice = services_of(interaction.client).desk.notice(server_id=caller.server_id)
        told = desk_layout.told(WORD_IT, [Passage("The message", message.content)], notice, rows)
        await tell(interaction, told.layout, told.file, name="message.txt")


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(AnswerThis(bot))
