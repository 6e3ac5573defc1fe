"""What a server's admins decide: `/settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from cogs import _layout
from cogs._callers import caller_of
from cogs._interactions import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._services import storage_of
from knowledge.curation.settings import REVIEW_MEANS, ReviewMode

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.curation.settings import ServerSettings

_MODES = [app_commands.Choice(name=mode.value, value=mode.value) for mode in ReviewMode]
ROLES_SET = "Moderators of this bot's answers are now, besides admins, members with: {roles}."
ROLES_NOT_SET = "Moderators of this bot's answers are now all who may manage messages in this server."


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class Settings(commands.GroupCog, group_name="settings", group_description="What this server's admins decide"):
    """Settings of one server."""

    @app_commands.command(name="review", description="Choose which answers wait for another moderator's approval")
    @app_commands.describe(mode="off: none; risky: those with doses, drugs, children, pregnancy; all: every one")
    @app_commands.choices(mode=_MODES)
    async def review(self, interaction: Interaction, mode: str) -> None:
        """Choose the review mode, and say what it means."""
        await begin(interaction)
        chosen = ReviewMode(mode)
        await _change(interaction, lambda now: now.choosing(review=chosen))
        await tell(interaction, _layout.plain(f"Saved: review is {chosen.value}. {REVIEW_MEANS[chosen]}"))

    @app_commands.command(name="moderators", description="Name the roles whose members moderate answers")
    @app_commands.describe(role="A role; without any, all who may manage messages", second="One more", third="One more")
    async def moderators(
        self,
        interaction: Interaction,
        role: discord.Role | None = None,
        second: discord.Role | None = None,
        third: discord.Role | None = None,
    ) -> None:
        """Choose who moderates."""
        await begin(interaction)
        roles = [one for one in (role, second, third) if one is not None]
        named = frozenset(str(one.id) for one in roles)
        await _change(interaction, lambda now: now.choosing(moderator_roles=named))
        names = ", ".join(one.name for one in roles)
        await tell(interaction, _layout.plain(ROLES_SET.format(roles=names) if roles else ROLES_NOT_SET))


async def _change(interaction: Interaction, change: Callable[[ServerSettings], ServerSettings]) -> None:
    caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
    await moderators.administer.change_settings(caller, str(interaction.id), change)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Settings())
