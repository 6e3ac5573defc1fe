"""Writing an answer to somebody's message: the menu "Answer this...". The moderator words the question."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from cogs import _desk_layout
from cogs._callers import caller_of
from cogs._desk_layout import Passage
from cogs._desk_states import EditAgain
from cogs._drafts import Press
from cogs._interactions import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._services import services_of, storage_of
from knowledge.curation.refusals import Refused
from knowledge.moderation.filled_form import FilledForm
from knowledge.moderation.unsaved import Unsaved
from knowledge.text import words

NO_WORDS = "That message has no words to answer."
WORD_IT = (
    "**Only you see this.** Put the question into your own words, as anybody might ask it, and leave out what is about "
    "one person."
)


class AnswerThis(commands.Cog):
    """Keeps the message in memory alone, to tell when the question repeats it."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(
            name="Answer this…",
            callback=self._answer,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._menu.default_permissions = discord.Permissions(manage_messages=True)

    async def cog_load(self) -> None:
        """Add the message menu: a cog does not do that by itself."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the message menu away again."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def _answer(self, interaction: Interaction, message: discord.Message) -> None:
        """Show the message with a button that opens the form, its question field empty."""
        await begin(interaction)
        caller, storage = caller_of(interaction), storage_of(interaction.client)
        storage.moderators.look.settings(caller)
        if not words(message.content):
            raise Refused(NO_WORDS)
        storage.unsaved.put(interaction.id, Unsaved(caller, FilledForm(), message=message.content))
        rows = ((Press("Write the answer", EditAgain(interaction.id)),),)
        notice = services_of(interaction.client).desk.notice(server_id=caller.server_id)
        told = _desk_layout.told(WORD_IT, [Passage("The message", message.content)], notice, rows)
        await tell(interaction, told.draft, told.file, name="message.txt")


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(AnswerThis(bot))
