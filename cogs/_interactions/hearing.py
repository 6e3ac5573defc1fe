"""Doing what buttons and forms stand for, everywhere in one way: as work in flight, with failures told in one place."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from typing import TYPE_CHECKING

from discord.ext import commands

from cogs._interactions.sent_forms import is_unknown, sent_form
from cogs._services.services import services_of

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from cogs._custom_ids.states import State
    from cogs._interactions.responses import Interaction
    from cogs._interactions.sent_forms import Form


async def carry_out(interaction: Interaction, doing: Awaitable[None]) -> None:
    """Do what somebody asked for by a press or a form. An ending program waits for it; a failure is told."""
    with services_of(interaction.client).traffic.busy():
        try:
            await doing
        except Exception as error:  # noqa: BLE001  # told by the one place that tells failures
            interaction.client.dispatch("failed", interaction, error)


class _AbstractCog(commands.CogMeta, ABCMeta):
    """The class of cogs that leave a method to those made from them."""


class HearsPresses(commands.Cog, metaclass=_AbstractCog):
    """A cog that is told of every press, on messages of this run or an earlier one. It leaves others' alone."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @abstractmethod
    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Do what a button stands for, if it is one of this cog's."""

    @commands.Cog.listener()
    async def on_press(self, interaction: Interaction, state: State) -> None:
        """Hear a press."""
        await carry_out(interaction, self.pressed(interaction, state))


class HearsForms(HearsPresses):
    """A cog that is told of every sent form too, also of one that was opened before a restart."""

    @abstractmethod
    async def sent(self, interaction: Interaction, form: Form) -> None:
        """Take a form, if it is one of this cog's."""

    async def sent_unknown(self, interaction: Interaction) -> None:
        """Take a form that no cog knows. One of them does."""

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Hear a form."""
        if (form := sent_form(interaction)) is not None:
            await carry_out(interaction, self.sent(interaction, form))
        elif is_unknown(interaction):
            await carry_out(interaction, self.sent_unknown(interaction))
