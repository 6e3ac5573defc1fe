"""What forms and the buttons under a proposal do, wherever the proposal came from. They work after a restart too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs import _proposing
from cogs._desk_states import AsAnswer, AsPhrasing, Discard, EditAgain, Filled, Leaf, Save
from cogs._handing_back import FORM_OF_EARLIER_VERSION, hand_back_form
from cogs._hearing import HearsForms
from cogs._interactions import begin

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._forms import Form
    from cogs._interactions import Interaction
    from cogs._states import State


class Propose(HearsForms):
    """Hears forms and presses. Every step looks at what its caller may do at that moment."""

    async def sent(self, interaction: Interaction, form: Form) -> None:
        """Take a sent form, also one that was opened before a restart."""
        if isinstance(form, Filled):
            await _proposing.take_form(interaction, form)

    async def sent_unknown(self, interaction: Interaction) -> None:
        """Hand back what was typed into a form of an earlier version."""
        await begin(interaction)
        await hand_back_form(interaction, FORM_OF_EARLIER_VERSION)

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Do what a button under a proposal stands for."""
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
