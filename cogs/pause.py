"""Stopping the bot in a server, for a while or until somebody resumes: `/pause`."""

from __future__ import annotations

from datetime import timedelta

import discord
from discord import app_commands
from discord.ext import commands

from cogs._interactions.callers import caller_of
from cogs._interactions.responses import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._rendering.layouts import Layout, Tone
from cogs._services.services import services_of, storage_of

_MINUTES = {"30 minutes": 30, "2 hours": 120, "12 hours": 720, "1 day": 1_440, "7 days": 10_080}
_DURATIONS = [app_commands.Choice(name=name, value=minutes) for name, minutes in _MINUTES.items()]
_UNTIL_RESUMED = 0
PAUSED = (
    "**Paused{until}.** In this server I show emergency help lines and nothing else. Whoever asks me is told so. "
    "Use `/pause` again to go on."
)
RESUMED = "**Going on.** I answer again in this server."


class Pause(commands.Cog):
    """Silences all but emergency cards in one server. For its moderators."""

    @app_commands.command(
        name="pause", description="Show nothing here but emergency help lines, until you use it again"
    )
    @app_commands.describe(duration="For how long; without it, until somebody uses /pause again")
    @app_commands.choices(duration=_DURATIONS)
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_messages=True)
    async def pause(self, interaction: Interaction, duration: int | None = None) -> None:
        """Pause, or go on where the bot is paused and no duration is given."""
        await begin(interaction)
        caller = caller_of(interaction)
        until: int | None = _UNTIL_RESUMED
        if duration is not None:
            until = int((discord.utils.utcnow() + timedelta(minutes=duration)).timestamp())
        elif services_of(interaction.client).is_paused(caller.server_id):
            until = None
        await storage_of(interaction.client).moderators.administer.pause(caller, str(interaction.id), until)
        ends = f" until <t:{until}:f>" if until else ""
        told = RESUMED if until is None else PAUSED.format(until=ends)
        await tell(interaction, Layout(Tone.PLAIN, ((told,),)))


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Pause())
