"""What forms and the buttons under a proposal do, wherever the proposal came from. They work after a restart too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._custom_ids.desk_states import AsAnswer, AsPhrasing, Discard, EditAgain, Filled, Leaf, Save
from cogs._interactions.hearing import HearsForms
from cogs._interactions.responses import begin
from cogs._moderation import proposing
from cogs._moderation.handing_back import FORM_OF_EARLIER_VERSION, hand_back_form

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._custom_ids.states import State
    from cogs._interactions.responses import Interaction
    from cogs._interactions.sent_forms import Form


class Propose(HearsForms):
    """Hears forms and presses. Every step looks at what its caller may do at that moment."""

    async def sent(self, interaction: Interaction, form: Form) -> None:
        """Take a sent form, also one that was opened before a restart."""
        if isinstance(form, Filled):
            await proposing.take_form(interaction, form)

    async def sent_unknown(self, interaction: Interaction) -> None:
        """Hand back what was typed into a form of an earlier version."""
        await begin(interaction)
        await hand_back_form(interaction, FORM_OF_EARLIER_VERSION)

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Do what a button under a proposal stands for."""
        match state:
            case Save():
                await proposing.save(interaction, state)
            case EditAgain():
                await proposing.edit_again(interaction, state)
            case Discard():
                await proposing.discard(interaction, state)
            case AsAnswer() | AsPhrasing():
                await proposing.join(interaction, state)
            case Leaf():
                await proposing.turn_preview(interaction, state)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Propose(bot))
