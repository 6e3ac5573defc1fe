"""The message that somebody pressed a button of: what else its buttons remember, and which server it speaks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cogs._custom_ids.member_states import FromServer
from cogs._rendering.components import states_in
from cogs._rendering.layouts import Button, Tone
from cogs._rendering.limits import BUTTONS_IN_A_ROW, COMPONENTS
from cogs._services.services import server_of

if TYPE_CHECKING:
    import discord

    from cogs._interactions.responses import Interaction
    from cogs._rendering.layouts import Layout

_A_ROW_OF_ONE = 2  # components
A_SERVER = "a server"
"""The name of one that the bot is not in any more."""


def server_of_press(interaction: Interaction) -> str:
    """Give the server whose answers the pressed message shows: its own, or, in a direct message, its answer's."""
    told = next(states_in(interaction.message, FromServer), None)
    return str(told.server) if told is not None and interaction.guild is None else server_of(interaction.guild)


def from_server(layout: Layout, server: int, name: str) -> Layout:
    """Say in a direct message from which server its answer is; its buttons know it from that."""
    button = Button(f"From {name}", FromServer(server), idle=True)
    if layout.components + _A_ROW_OF_ONE <= COMPONENTS or not layout.rows:
        return replace(layout, rows=(*layout.rows, (button,)))
    *above, last = layout.rows  # a full message: it stands beside, or in place of, its last button
    room = min(BUTTONS_IN_A_ROW, len(last) + COMPONENTS - layout.components) - 1
    return replace(layout, rows=(*above, (*last[:room], button)))


def named(layout: Layout, client: discord.Client, server_id: str, guild: discord.Guild | None) -> Layout:
    """Say under a reply with stored words in a direct message which server's answers they are, where one's are."""
    server = client.get_guild(int(server_id)) if server_id and guild is None else None
    if server is None or layout.tone not in {Tone.ANSWER, Tone.CHOICES}:
        return layout
    return from_server(layout, server.id, server.name)


def from_the_same(interaction: Interaction, layout: Layout) -> Layout:
    """Say in what takes the place of the pressed message, or comes of it, what that says of its server."""
    told = next(states_in(interaction.message, FromServer), None)
    guild = interaction.client.get_guild(told.server) if told is not None else None
    if told is None or interaction.guild is not None:
        return layout
    return from_server(layout, told.server, guild.name if guild else A_SERVER)
