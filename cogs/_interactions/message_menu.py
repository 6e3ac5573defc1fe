"""The menu of a message: a cog that offers something there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


class OffersMenu(commands.Cog):
    """Adds a menu while the cog is loaded: discord.py does that for commands alone."""

    def __init__(self, bot: commands.Bot, menu: app_commands.ContextMenu) -> None:
        self._bot = bot
        self._menu = menu

    async def cog_load(self) -> None:
        """Add the menu."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu away again."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)


def menu(
    name: str,
    chosen: Callable[[discord.Interaction[Any], discord.Message], Coroutine[Any, Any, None]],
    *,
    moderators: bool,
) -> app_commands.ContextMenu:
    """Give a menu of messages. One for `moderators` is offered in servers alone, and hidden from members there."""
    made = app_commands.ContextMenu(
        name=name,
        callback=chosen,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=not moderators, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    if moderators:
        made.default_permissions = discord.Permissions(manage_messages=True)
    return made
