"""Answering whoever used a command or pressed a button."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from cogs._rendering import reply_layout
from cogs._rendering.view import NOBODY, files_of, view

if TYPE_CHECKING:
    from cogs._rendering.layouts import Layout
    from cogs._rendering.view import Picture

Interaction = discord.Interaction[commands.Bot]


async def give(interaction: Interaction, layout: Layout, *, private: bool = True) -> int | None:
    """Answer with a message of its own; give that message's id, where Discord tells it."""
    sent = await interaction.response.send_message(view=view(layout), ephemeral=private, allowed_mentions=NOBODY)
    return sent.message_id


async def say(interaction: Interaction, sentence: str) -> None:
    """Answer with a sentence of ours, privately."""
    await give(interaction, reply_layout.plain(sentence))


async def turn(interaction: Interaction, layout: Layout) -> None:
    """Show `layout` in place of the message that was pressed."""
    await interaction.response.edit_message(view=view(layout), allowed_mentions=NOBODY)


async def begin(interaction: Interaction) -> None:
    """Acknowledge a command or form, privately, before anything is waited for; `tell` then answers it."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def tell(interaction: Interaction, layout: Layout, file: str | bytes = "", *, name: str = "text.txt") -> int:
    """Answer privately what was acknowledged, and give the message's id.

    `file` is what a file that goes with it holds, "" for none.
    """
    if not file:
        told = await interaction.followup.send(view=view(layout), ephemeral=True, allowed_mentions=NOBODY, wait=True)
        return told.id
    held = file if isinstance(file, bytes) else file.encode("utf-8", "replace")
    attached = discord.File(io.BytesIO(held), filename=name)
    told = await interaction.followup.send(
        view=view(layout, attached=name), file=attached, ephemeral=True, allowed_mentions=NOBODY, wait=True
    )
    return told.id


async def tell_with_picture(interaction: Interaction, layout: Layout, picture: Picture | None) -> None:
    """Answer privately what was acknowledged, under a picture where there is one."""
    await interaction.followup.send(
        view=view(layout, picture=picture), files=files_of(picture), ephemeral=True, allowed_mentions=NOBODY
    )


async def become(interaction: Interaction, layout: Layout) -> None:
    """Show `layout` in place of the message whose press was acknowledged."""
    await interaction.edit_original_response(view=view(layout), allowed_mentions=NOBODY)
