"""Teaching the bot other wordings of a stored question: `/phrasing`."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from cogs._interactions.callers import caller_of
from cogs._interactions.responses import Interaction, begin  # `Interaction`: discord.py reads annotations
from cogs._moderation import entries
from cogs._moderation.proposing import show_proposal, words_of
from cogs._rendering.suggestions import suggestion_name
from cogs._services.services import storage_of
from knowledge.curation import proposals
from knowledge.moderation.unsaved import Unsaved
from knowledge.text import fold

_Wording = app_commands.Range[str, 1, 300]
_Suggestions = list[app_commands.Choice[str]]


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_messages=True)
class Phrasing(commands.GroupCog, group_name="phrasing", group_description="Other wordings that ask a stored question"):
    """Adds and removes phrasings, each after a look at what that does to other entries."""

    @app_commands.command(name="add", description="Add a wording that asks a stored question")
    @app_commands.describe(entry="Which entry", wording="As a member might put it")
    async def add(self, interaction: Interaction, entry: str, wording: _Wording) -> None:
        """Propose one more phrasing."""
        await _propose(interaction, entry, wording, remove=False)

    @app_commands.command(name="remove", description="Remove a wording of a stored question")
    @app_commands.describe(entry="Which entry", wording="Which of its phrasings")
    async def remove(self, interaction: Interaction, entry: str, wording: _Wording) -> None:
        """Propose the entry without a phrasing."""
        await _propose(interaction, entry, wording, remove=True)

    @add.autocomplete("entry")
    @remove.autocomplete("entry")
    async def _entries(self, interaction: Interaction, typed: str) -> _Suggestions:
        return await entries.suggested_shown(interaction, typed)

    @remove.autocomplete("wording")
    async def _phrasings(self, interaction: Interaction, typed: str) -> _Suggestions:
        question = entries.named_so_far(interaction)
        fitting = [one for one in question.phrasings if fold(typed) in fold(one)] if question else []
        return [app_commands.Choice(name=suggestion_name(one), value=one[:100]) for one in fitting[:25]]


async def _propose(interaction: Interaction, entry: str, wording: str, *, remove: bool) -> None:
    await begin(interaction)
    caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
    seen = moderators.look.entry(caller, entry)
    words = words_of(seen)
    if remove:
        whole = next((one for one in words.phrasings if one[:100] == wording), wording)
        changed = proposals.without_phrasing(words, whole)
    else:
        changed = proposals.with_phrasing(words, wording)
    await show_proposal(interaction, Unsaved(caller, proposal=moderators.propose.change(caller, seen, changed)))


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Phrasing())
