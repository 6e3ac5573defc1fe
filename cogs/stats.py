"""How often the bot answered, asked back, had nothing or was silent: `/stats`. Numbers only."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from cogs._interactions.callers import caller_of
from cogs._interactions.responses import (
    Interaction,  # discord.py reads annotations
    begin,
    tell_with_picture,
)
from cogs._rendering import stats_layout
from cogs._rendering.charts import chart
from cogs._services.services import services_of, storage_of
from knowledge.statistics.summary import PERIODS

_DAYS = [app_commands.Choice(name=f"{days} days", value=days) for days in PERIODS]
_USUAL = 30


class Stats(commands.Cog):
    """What was counted, for a server's moderators."""

    @app_commands.command(name="stats", description="See how often this bot answered, asked back, missed or was silent")
    @app_commands.describe(days="What the chart and the lists are about; without it, 30 days")
    @app_commands.choices(days=_DAYS)
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_messages=True)
    async def stats(self, interaction: Interaction, days: int = _USUAL) -> None:
        """Show the figures with a chart."""
        await begin(interaction)
        caller, services, storage = (
            caller_of(interaction),
            services_of(interaction.client),
            storage_of(interaction.client),
        )
        await storage.deliveries.silences.write()
        told = await storage.moderators.look.statistics(caller, days)
        questions = services.desk.snapshot_of(caller.server_id).questions
        shown = stats_layout.stats(told, questions, services.desk.notice(server_id=caller.server_id))
        await tell_with_picture(interaction, shown, await chart(services.draw_chart, told))


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Stats())
