"""Who acts, with the rights that they have at this moment. Discord's command permissions are only a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from knowledge.curation.settings import Caller

if TYPE_CHECKING:
    from cogs._interactions import Interaction


def caller_of(interaction: Interaction) -> Caller:
    """Give whoever used a command, pressed a button or sent a form. In a direct message nobody has any rights.

    Rights are those in the whole server: a right that was given for one channel says nothing about its answers.
    """
    member, guild = interaction.user, interaction.guild
    if guild is None or not isinstance(member, discord.Member):
        return Caller("", str(member.id))
    # Without its roles, Discord has told nothing of the server yet, so nobody's rights are known.
    rights = member.guild_permissions if guild.get_role(guild.id) else discord.Permissions.none()
    return Caller(
        server_id=str(guild.id),
        user_id=str(member.id),
        role_ids=frozenset(str(role.id) for role in member.roles),
        manages_messages=rights.manage_messages,
        manages_server=rights.manage_guild,
    )
