"""Adding and changing answers by command: `/answer`, and the menu "Answer this..." of a message."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from cogs import _entries, _proposing, _withdrawing
from cogs._callers import caller_of
from cogs._forms import sent_form
from cogs._interactions import Interaction, begin  # `Interaction`: discord.py reads annotations
from cogs._services import services_of, storage_of
from cogs._states import AsAnswer, AsPhrasing, Discard, EditAgain, Filled, Leaf, Save
from cogs._uploads import read_upload
from knowledge.moderation.filled_form import Editing, FilledForm, filled_from
from knowledge.moderation.unsaved import Unsaved

if TYPE_CHECKING:
    from cogs._states import State

_Reason = app_commands.Range[str, 1, 500]
_Name = app_commands.Range[str, 1, 200]
_Suggestions = list[app_commands.Choice[str]]


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_messages=True)
class Curate(commands.GroupCog, group_name="answer", group_description="Add, correct and withdraw experts' answers"):
    """What moderators do with answers. Every step looks at what its caller may do at that moment."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @app_commands.command(
        name="add", description="Add an expert's answer; before it is saved, you see what members will see"
    )
    @app_commands.describe(
        file="A longer text of the answer, or a saved page of doctors' answers",
        source="Where the words come from; kept in the history",
        to="An entry that gets one more expert's answer",
    )
    async def add(
        self,
        interaction: Interaction,
        file: discord.Attachment | None = None,
        source: _Reason = "",
        to: str = "",
    ) -> None:
        """Open the form, or read the file."""
        caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
        editing = Editing(moderators.look.entry(caller, to), None) if to else None
        reason = f"Source: {source}" if source else ""
        if file is None:
            title = editing.seen.title if editing else ""
            unsaved = Unsaved(caller, FilledForm(title=title), editing, reason=reason)
            await _proposing.open_form(interaction, interaction.id, unsaved)
            return
        moderators.look.settings(caller)
        await begin(interaction)
        await _proposing.add_file(interaction, file, Unsaved(caller, editing=editing, reason=reason))

    @app_commands.command(name="edit", description="Correct an answer; before it is saved, you see what changes")
    @app_commands.describe(
        entry="Which entry",
        answer="The number of the answer in the entry; without it the first",
        file="A longer text in place of the answer's",
        reason="Why; kept in the history",
    )
    async def edit(
        self,
        interaction: Interaction,
        entry: str,
        answer: app_commands.Range[int, 1, 20] = 1,
        file: discord.Attachment | None = None,
        reason: _Reason = "",
    ) -> None:
        """Open the form filled with the answer, or put a file's text in its place."""
        caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
        seen = moderators.look.entry(caller, entry)
        form = filled_from(_proposing.words_of(seen), answer - 1)
        unsaved = Unsaved(caller, form, Editing(seen, answer - 1), reason=reason)
        if file is None:
            await _proposing.open_form(interaction, interaction.id, unsaved)
            return
        await begin(interaction)
        upload = await read_upload(file, page=False)
        await _proposing.propose_form(interaction, replace(unsaved, form=replace(form, body=upload.text)))

    @app_commands.command(name="withdraw", description="Show an entry to nobody any more, from this moment")
    @app_commands.describe(entry="Which entry", reason="Why; kept in the history")
    async def withdraw(self, interaction: Interaction, entry: str, reason: _Reason) -> None:
        """Withdraw an entry."""
        await _withdrawing.withdraw(interaction, entry, reason)

    @app_commands.command(name="withdraw-expert", description="Withdraw everything that one expert wrote, at once")
    @app_commands.describe(name="The expert's name, as the answers have it", reason="Why; kept in the history")
    async def withdraw_expert(self, interaction: Interaction, name: _Name, reason: _Reason) -> None:
        """Withdraw an expert's answers."""
        await _withdrawing.withdraw_expert(interaction, name, reason)

    @app_commands.command(name="restore", description="Make an entry say again what it said in an earlier revision")
    @app_commands.describe(
        entry="Which entry",
        revision="The revision's number in /answer history; without it what the withdrawal took away",
        reason="Why; kept in the history",
    )
    async def restore(
        self,
        interaction: Interaction,
        entry: str,
        revision: app_commands.Range[int, 1] | None = None,
        reason: _Reason = "",
    ) -> None:
        """Restore a revision."""
        await _withdrawing.restore(interaction, entry, revision, reason)

    @add.autocomplete("to")
    @edit.autocomplete("entry")
    @withdraw.autocomplete("entry")
    async def _shown_entries(self, interaction: Interaction, typed: str) -> _Suggestions:
        return await _entries.suggested_shown(interaction, typed)

    @restore.autocomplete("entry")
    async def _all_entries(self, interaction: Interaction, typed: str) -> _Suggestions:
        return await _entries.suggested(interaction, typed)

    @withdraw_expert.autocomplete("name")
    async def _experts(self, interaction: Interaction, typed: str) -> _Suggestions:
        return await _entries.suggested_experts(interaction, typed)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a sent form, also one that was opened before a restart."""
        state = sent_form(interaction)
        if isinstance(state, Filled):
            with services_of(self._bot).traffic.busy():
                try:
                    await _proposing.take_form(interaction, state)
                except Exception as error:  # noqa: BLE001  # told by the one place that tells failures
                    self._bot.dispatch("failed", interaction, error)

    @commands.Cog.listener()
    async def on_press(self, interaction: Interaction, state: State) -> None:
        """Do what a button under a proposal stands for."""
        with services_of(self._bot).traffic.busy():
            try:
                await _pressed(interaction, state)
            except Exception as error:  # noqa: BLE001  # told by the one place that tells failures
                self._bot.dispatch("failed", interaction, error)


async def _pressed(interaction: Interaction, state: State) -> None:
    match state:
        case Save():
            await _proposing.save(interaction, state)
        case EditAgain():
            await _proposing.edit_again(interaction, state)
        case Discard():
            await _proposing.discard(interaction, state)
        case AsAnswer() | AsPhrasing():
            await _proposing.join(interaction, state)
        case Leaf():
            await _proposing.turn_preview(interaction, state)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Curate(bot))
