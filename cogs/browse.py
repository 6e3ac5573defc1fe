"""Leafing through what there is: `/browse`, topics first, then the questions under one, then its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from cogs._answering import noting, pausing
from cogs._custom_ids.reply_states import Browsed, Listed, Topics
from cogs._interactions.hearing import HearsPresses
from cogs._interactions.pressed import named
from cogs._interactions.responses import Interaction, give, say, turn  # `Interaction`: discord.py reads annotations
from cogs._rendering import browse_layout, reply_layout
from cogs._services.services import server_for, services_of
from knowledge.content.contents import WITHOUT_TOPIC
from knowledge.model import Place

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._custom_ids.states import State
    from cogs._rendering.layouts import Layout
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
            if not await pausing.told(interaction):
                await give(interaction, await _list(interaction, Topics()))

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Show what was chosen."""
        if not isinstance(state, Topics | Listed | Browsed) or await pausing.told(interaction):
            return
        if isinstance(state, Browsed):
            await _show(interaction, state.entry)
        else:
            await turn(interaction, await _list(interaction, state))


async def _list(interaction: Interaction, state: Topics | Listed) -> Layout:
    server, desk = await server_for(interaction), services_of(interaction.client).desk
    listed = _listed(await desk.browsing.contents(server), state, desk.notice(server_id=server))
    return named(listed, interaction.client, server, interaction.guild)


def _listed(contents: Contents, state: Topics | Listed, notice: Notice) -> Layout:
    """Draw the page that `state` stands for, or the one that is nearest to it by now."""
    if not contents.topics:
        return reply_layout.plain(NOTHING_YET)
    if isinstance(state, Listed) and state.topic not in contents.topics:
        return browse_layout.topics(contents, 0, notice, TOPIC_GONE)
    if isinstance(state, Listed):
        return browse_layout.questions(contents, contents.topics[state.topic], state.place, notice)
    if set(contents.topics) == {WITHOUT_TOPIC}:
        return browse_layout.questions(contents, contents.topics[WITHOUT_TOPIC], state.place, notice)
    return browse_layout.topics(contents, state.place, notice)


async def _show(interaction: Interaction, entry: str) -> None:
    """Show a question's answers as a reply would; the list stays where it is, for the next one."""
    services, place = services_of(interaction.client), Place(addressed=True, server_id=await server_for(interaction))
    reply = services.desk.show(entry, server_id=place.server_id)
    if reply is None:
        await say(interaction, QUESTION_GONE)
        return
    shown = reply_layout.drawn(reply, services.reader_of(interaction.user.id))
    sent = await give(interaction, named(shown, interaction.client, place.server_id, interaction.guild))
    await noting.answered(interaction, place, noting.of_choice(reply), sent, private=True)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Browse(bot))
