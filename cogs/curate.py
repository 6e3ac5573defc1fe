"""Adding, changing, withdrawing and looking up answers by command: `/answer`."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from cogs._interactions.callers import caller_of
from cogs._interactions.responses import Interaction, begin  # `Interaction`: discord.py reads annotations
from cogs._moderation import entries, entry_history, proposing, withdrawing
from cogs._moderation.uploads import read_upload
from cogs._services.services import storage_of
from knowledge.moderation.filled_form import FilledForm, FormTarget, Part, filled_from
from knowledge.moderation.unsaved import Unsaved

_Reason = app_commands.Range[str, 1, 500]
_Name = app_commands.Range[str, 1, 200]
_Number = app_commands.Range[int, 1]
_Suggestions = list[app_commands.Choice[str]]
_TAKE_AWAY = "take-away"
_PARTS = [
    app_commands.Choice(name="One of its answers", value=Part.ANSWER.value),
    app_commands.Choice(name="The question, the text under it, its topics", value=Part.QUESTION.value),
    app_commands.Choice(name="Take one of its answers away", value=_TAKE_AWAY),
]


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_messages=True)
class Curate(commands.GroupCog, group_name="answer", group_description="Add, correct and withdraw experts' answers"):
    """What moderators do with answers. Every step looks at what its caller may do at that moment."""

    def __init__(self, bot: commands.Bot) -> None:
        super().__init__()
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
        target = FormTarget(moderators.look.entry(caller, to), None) if to else None
        reason = f"Source: {source}" if source else ""
        if file is None:
            title = target.seen.title if target else ""
            unsaved = Unsaved(caller, FilledForm(title=title), target, reason=reason)
            await proposing.open_form(interaction, interaction.id, unsaved)
            return
        moderators.look.settings(caller)
        await begin(interaction)
        await proposing.add_file(interaction, file, Unsaved(caller, target=target, reason=reason))

    @app_commands.command(name="edit", description="Correct an answer; before it is saved, you see what changes")
    @app_commands.choices(part=_PARTS)
    @app_commands.describe(
        entry="Which entry",
        part="What of the entry; without it, one of its answers",
        answer="Which of its answers; without it the first",
        file="A longer text in place of the answer's, or of the one under the question",
        reason="Why; kept in the history",
    )
    async def edit(  # noqa: PLR0913, PLR0917  # the options of a slash command
        self,
        interaction: Interaction,
        entry: str,
        part: str = Part.ANSWER.value,
        answer: _Number | None = None,
        file: discord.Attachment | None = None,
        reason: _Reason = "",
    ) -> None:
        """Open the form filled with what is chosen, put a file's text in its place, or propose to take it away."""
        caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
        seen = moderators.look.entry(caller, entry)
        if part == _TAKE_AWAY:
            await begin(interaction)
            await proposing.propose_without(interaction, Unsaved(caller, reason=reason), seen, answer)
            return
        about, place = Part(part), (answer or 1) - 1
        form = filled_from(proposing.words_of(seen), place, about)
        unsaved = Unsaved(caller, form, FormTarget(seen, place, about), reason=reason)
        if file is None:
            await proposing.open_form(interaction, interaction.id, unsaved)
            return
        await begin(interaction)
        upload = await read_upload(file, page=False)
        longer = replace(form, details=upload.text) if about is Part.QUESTION else replace(form, body=upload.text)
        await proposing.propose_form(interaction, replace(unsaved, form=longer))

    @app_commands.command(name="withdraw", description="Show an entry to nobody any more, from this moment")
    @app_commands.describe(entry="Which entry", reason="Why; kept in the history")
    async def withdraw(self, interaction: Interaction, entry: str, reason: _Reason) -> None:
        """Withdraw an entry."""
        await withdrawing.withdraw(interaction, entry, reason)

    @app_commands.command(name="withdraw-expert", description="Withdraw everything that one expert wrote, at once")
    @app_commands.describe(name="The expert's name, as the answers have it", reason="Why; kept in the history")
    async def withdraw_expert(self, interaction: Interaction, name: _Name, reason: _Reason) -> None:
        """Withdraw an expert's answers."""
        await withdrawing.withdraw_expert(interaction, name, reason)

    @app_commands.command(name="restore", description="Make an entry say again what it said in an earlier revision")
    @app_commands.describe(
        entry="Which entry",
        revision="Its number in /answer history, 0 for the book's entry; without it what the withdrawal took away",
        reason="Why; kept in the history",
    )
    async def restore(
        self,
        interaction: Interaction,
        entry: str,
        revision: app_commands.Range[int, 0] | None = None,
        reason: _Reason = "",
    ) -> None:
        """Restore a revision."""
        await withdrawing.restore(interaction, entry, revision, reason)

    @app_commands.command(name="show", description="See an entry as members see it, with its state and phrasings")
    @app_commands.describe(entry="Which entry", revision="The number of an earlier revision; without it, as it is now")
    async def show(
        self, interaction: Interaction, entry: str, revision: app_commands.Range[int, 1] | None = None
    ) -> None:
        """Show an entry or one of its revisions."""
        await entry_history.show(interaction, entry, revision)

    @app_commands.command(name="history", description="See every change to an entry: who, when, why")
    @app_commands.describe(entry="Which entry")
    async def history(self, interaction: Interaction, entry: str) -> None:
        """Show the newest revisions."""
        await entry_history.history(interaction, entry)

    @app_commands.command(name="redact", description="For admins: take words from the history for good")
    @app_commands.describe(
        entry="Which entry",
        revisions="Their numbers in /answer history, such as 2, 3",
        reason="Why; kept in the history",
    )
    async def redact(
        self, interaction: Interaction, entry: str, revisions: app_commands.Range[str, 1, 100], reason: _Reason
    ) -> None:
        """Redact revisions."""
        await entry_history.redact(interaction, entry, revisions, reason)

    @add.autocomplete("to")
    @edit.autocomplete("entry")
    @withdraw.autocomplete("entry")
    async def _shown_entries(self, interaction: Interaction, typed: str) -> _Suggestions:
        return await entries.suggested_shown(interaction, typed)

    @restore.autocomplete("entry")
    @show.autocomplete("entry")
    @history.autocomplete("entry")
    @redact.autocomplete("entry")
    async def _all_entries(self, interaction: Interaction, typed: str) -> _Suggestions:
        return await entries.suggested(interaction, typed)

    @edit.autocomplete("answer")
    async def _answers(self, interaction: Interaction, typed: str | int) -> list[app_commands.Choice[int]]:
        return entries.suggested_answers(interaction, str(typed))

    @withdraw_expert.autocomplete("name")
    async def _experts(self, interaction: Interaction, typed: str) -> _Suggestions:
        return await entries.suggested_experts(interaction, typed)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Curate(bot))
