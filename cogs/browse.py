"""Leafing through what there is: `/browse`, topics first, then the questions under one, then its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from cogs import _browse_layout, _layout, _noting, _pausing
from cogs._hearing import HearsPresses
from cogs._interactions import Interaction, give, say, turn  # `Interaction`: discord.py reads annotations
from cogs._pressed import named
from cogs._services import server_for, services_of
from cogs._states import Browsed, Listed, Topics
from knowledge.content.contents import WITHOUT_TOPIC
from knowledge.model import Place

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._drafts import Draft
    from cogs._states import State
    from knowledge.content.contents import Contents
    from knowledge.model import Notice

NOTHING_YET = "No question has an answer here yet."
TOPIC_GONE = "That topic has no questions any more. These are the topics now."
QUESTION_GONE = "That question is not here any more. Use /browse again to see what is."


class Browse(HearsPresses):
    """Shows what is live, privately. What a list remembers stands in its buttons, so it works after a restart."""

    @app_commands.command(name="browse", description="Look through the questions that doctors have answered")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def browse(self, interaction: Interaction) -> None:
        """Show the first page of topics."""
        with services_of(interaction.client).traffic.busy():
            if not await _pausing.told(interaction):
                await give(interaction, await _list(interaction, Topics()))

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Show what was chosen."""
        if not isinstance(state, Topics | Listed | Browsed) or await _pausing.told(interaction):
            return
        if isinstance(state, Browsed):
            await _show(interaction, state.entry)
        else:
            await turn(interaction, await _list(interaction, state))


async def _list(interaction: Interaction, state: Topics | Listed) -> Draft:
    server, desk = await server_for(interaction), services_of(interaction.client).desk
    listed = _listed(await desk.browsing.contents(server), state, desk.notice(server_id=server))
    return named(listed, interaction.client, server, interaction.guild)


def _listed(contents: Contents, state: Topics | Listed, notice: Notice) -> Draft:
    """Draw the page that `state` stands for, or the one that is nearest to it by now."""
    if not contents.topics:
        return _layout.plain(NOTHING_YET)
    if isinstance(state, Listed) and state.topic not in contents.topics:
        return _browse_layout.topics(contents, 0, notice, TOPIC_GONE)
    if isinstance(state, Listed):
        return _browse_layout.questions(contents, contents.topics[state.topic], state.place, notice)
    if set(contents.topics) == {WITHOUT_TOPIC}:
        return _browse_layout.questions(contents, contents.topics[WITHOUT_TOPIC], state.place, notice)
    return _browse_layout.topics(contents, state.place, notice)


async def _show(interaction: Interaction, entry: str) -> None:
    """Show a question's answers as a reply would; the list stays where it is, for the next one."""
    services, place = services_of(interaction.client), Place(addressed=True, server_id=await server_for(interaction))
    reply = services.desk.show(entry, server_id=place.server_id)
    if reply is None:
        await say(interaction, QUESTION_GONE)
        return
    shown = _layout.draft(reply, services.reader_of(interaction.user.id))
    sent = await give(interaction, named(shown, interaction.client, place.server_id, interaction.guild))
    await _noting.answered(interaction, place, _noting.of_choice(reply), sent, private=True)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Browse(bot))
