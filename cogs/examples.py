"""Texts that must find an entry, or must find nothing: `/example`. A change that breaks one is held back."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from cogs._interactions.callers import caller_of
from cogs._interactions.responses import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._moderation import entries
from cogs._rendering import desk_layout, reply_layout
from cogs._rendering.desk_layout import Passage
from cogs._rendering.suggestions import suggestion_name
from cogs._services.services import services_of, storage_of
from knowledge.curation.examples import Example
from knowledge.curation.refusals import NotAllowed
from knowledge.text import fold

_Text = app_commands.Range[str, 1, 2_000]
_Suggestions = list[app_commands.Choice[str]]
KEPT = "Saved. A change after which this example would not hold is held back from now on."
REMOVED = "Removed. Nothing is held back because of this example any more."
NONE = "There are no examples here yet. /example add makes one."
# A suggestion's value is no longer than this; longer texts are told by how they begin.
_VALUE = 100


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_messages=True)
class Examples(commands.GroupCog, group_name="example", group_description="Texts that must find an entry, or nothing"):
    """This server's examples."""

    @app_commands.command(name="add", description="Add a text that must find an entry; without an entry, nothing")
    @app_commands.describe(text="As a member might ask", entry="What it must find; leave it out for nothing at all")
    async def add(self, interaction: Interaction, text: _Text, entry: str = "") -> None:
        """Keep an example that holds now."""
        await begin(interaction)
        caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
        await moderators.administer.add_example(caller, str(interaction.id), Example(text, entry))
        await tell(interaction, reply_layout.plain(KEPT))

    @app_commands.command(name="remove", description="Remove an example")
    @app_commands.describe(text="Which example")
    async def remove(self, interaction: Interaction, text: _Text) -> None:
        """Remove an example."""
        await begin(interaction)
        caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
        kept = [example.text for example in moderators.look.examples(caller)]
        whole = next((one for one in kept if text in (one, one[:_VALUE])), text)
        await moderators.administer.remove_example(caller, str(interaction.id), whole)
        await tell(interaction, reply_layout.plain(REMOVED))

    @app_commands.command(name="list", description="See this server's examples, and which do not hold now")
    async def show(self, interaction: Interaction) -> None:
        """List the examples."""
        await begin(interaction)
        caller, services = caller_of(interaction), services_of(interaction.client)
        look = storage_of(interaction.client).moderators.look
        kept = look.examples(caller)
        if not kept:
            await tell(interaction, reply_layout.plain(NONE))
            return
        shown = services.desk.snapshot_of(caller.server_id).questions
        passages = []
        if failing := await look.failing_examples(caller):
            passages.append(Passage("Do not hold now", "\n".join(f"- {one}" for one in failing)))
        for example in kept:
            found = shown.get(example.entry_id)
            wanted = found.title if found else example.entry_id or "nothing"
            passages.append(Passage(example.text, f"must find {wanted}"))
        notice = services.desk.notice(server_id=caller.server_id)
        told = desk_layout.told(f"**Examples: {len(kept)}**", passages, notice)
        await tell(interaction, told.layout, told.file, name="examples.txt")

    @add.autocomplete("entry")
    async def _entries(self, interaction: Interaction, typed: str) -> _Suggestions:
        return await entries.suggested_shown(interaction, typed)

    @remove.autocomplete("text")
    async def _examples(self, interaction: Interaction, typed: str) -> _Suggestions:
        look = storage_of(interaction.client).moderators.look
        try:
            kept = look.examples(caller_of(interaction))
        except NotAllowed:
            return []
        fitting = [one.text for one in kept if fold(typed) in fold(one.text)]
        return [app_commands.Choice(name=suggestion_name(one), value=one[:_VALUE]) for one in fitting[:25]]


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Examples())
