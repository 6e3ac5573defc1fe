"""Which servers the bot is in: what is kept of one that it was removed from goes after a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord.ext import commands

from cogs._services.services import storage_of

if TYPE_CHECKING:
    import discord


class Servers(commands.Cog):
    """Follows the bot's comings and goings. A server that is out of reach for a while was not left."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Find out where the bot was removed, and invited again, while it was away."""
        await storage_of(self._bot).departures.present({str(guild.id) for guild in self._bot.guilds})

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was removed, or the server deleted."""
        await storage_of(self._bot).departures.left(str(guild.id))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Keep what is kept of a server that invites the bot again."""
        await storage_of(self._bot).departures.returned(str(guild.id))


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Servers(bot))
