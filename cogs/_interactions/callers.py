"""Who acts, with the rights that they have at this moment. Discord's command permissions are only a hint."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from cogs._services.services import services_of
from knowledge.curation.rights import Caller

if TYPE_CHECKING:
    from cogs._interactions.responses import Interaction

    AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group


class Audience(StrEnum):
    """Whom a command is for. Each command checks by itself who may use it; this is for telling them apart."""

    MEMBERS = "members"
    MODERATORS = "moderators"
    ADMINS = "admins"
    OWNERS = "owners"


FOR_OWNERS = MappingProxyType({"for": Audience.OWNERS})
"""The `extras` of a command that is for the owners of the bot: Discord knows no right that says so."""


FOR_ADMINS = MappingProxyType({"for": Audience.ADMINS})
"""The `extras` of a command inside a group, if it is for a server's admins while the group is not."""


def audiences_of(command: AnyCommand) -> frozenset[Audience]:
    """Say whom a command is for, or any of the commands in a group."""
    inner = command.commands if isinstance(command, app_commands.Group) else ()
    named = (one.extras.get("for") for one in inner)
    return frozenset((audience_of(command), *filter(None, named)))


def audience_of(command: AnyCommand) -> Audience:
    """Say whom a command is for."""
    if command.extras.get("for") is Audience.OWNERS:
        return Audience.OWNERS
    needed = command.default_permissions or discord.Permissions.none()
    if needed.manage_guild:
        return Audience.ADMINS
    return Audience.MODERATORS if needed.manage_messages else Audience.MEMBERS


async def owns_the_bot(interaction: Interaction) -> bool:
    """Whether the caller is an owner of the bot: named in the settings, or the application's owner or team."""
    named = services_of(interaction.client).owners
    return interaction.user.id in named or await interaction.client.is_owner(interaction.user)


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
