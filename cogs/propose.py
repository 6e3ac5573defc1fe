"""What forms and the buttons under a proposal do, wherever the proposal came from. They work after a restart too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord.ext import commands

from cogs import _proposing
from cogs._desk_states import AsAnswer, AsPhrasing, Discard, EditAgain, Filled, Leaf, Save
from cogs._forms import sent_form
from cogs._services import services_of

if TYPE_CHECKING:
    from cogs._interactions import Interaction
    from cogs._states import State


class Propose(commands.Cog):
    """Hears forms and presses. Every step looks at what its caller may do at that moment."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a sent form, also one that was opened before a restart."""
        state = sent_form(interaction)
        if isinstance(state, Filled):
            with services_of(self._bot).traffic.busy():
                try:
                    await _proposing.take_form(interaction, state)
                except Exception as error:  # noqa: BLE001  # told by the one place that tells failures
                    self._bot.dispatch("failed", interaction, error)

    @commands.Cog.listener()
    async def on_press(self, interaction: Interaction, state: State) -> None:
        """Do what a button under a proposal stands for."""
        with services_of(self._bot).traffic.busy():
            try:
                await _pressed(interaction, state)
            except Exception as error:  # noqa: BLE001  # told by the one place that tells failures
                self._bot.dispatch("failed", interaction, error)


async def _pressed(interaction: Interaction, state: State) -> None:
    match state:
        case Save():
            await _proposing.save(interaction, state)
        case EditAgain():
            await _proposing.edit_again(interaction, state)
        case Discard():
            await _proposing.discard(interaction, state)
        case AsAnswer() | AsPhrasing():
            await _proposing.join(interaction, state)
        case Leaf():
            await _proposing.turn_preview(interaction, state)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Propose(bot))
