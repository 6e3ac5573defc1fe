"""Is everything as the bot needs it: `/doctor`, for its owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from cogs._interactions.callers import FOR_OWNERS, owns_the_bot
from cogs._interactions.responses import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._rendering import limits
from cogs._rendering.escape import escaped, tidy
from cogs._rendering.layouts import Layout, Tone
from cogs._services.services import examiner_of
from knowledge.curation.refusals import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.health import Finding

ONLY_OWNERS = "Only the owners of this bot may do that."
ALL_WELL = "**All is well.**"
IN_THE_FILE = "The rest stands in the file."


class Doctor(commands.Cog):
    """A look at what the bot needs, on its machine and on Discord."""

    @app_commands.command(
        name="doctor", description="See whether everything is as this bot needs it", extras=dict(FOR_OWNERS)
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def doctor(self, interaction: Interaction) -> None:
        """Tell what is good and what is bad, the bad first."""
        await begin(interaction)
        if not await owns_the_bot(interaction):
            raise NotAllowed(ONLY_OWNERS)
        found = await examiner_of(interaction.client)(interaction.client)
        bad = [one for one in found if not one.good]
        heading = f"**{len(bad)} bad**" if bad else ALL_WELL
        shown = _drawn(heading, bad, [one for one in found if one.good])
        if shown.size <= limits.TEXT_WE_USE and shown.components <= limits.COMPONENTS:
            await tell(interaction, shown)
        else:
            short = Layout(Tone.PLAIN, ((heading, IN_THE_FILE),))
            await tell(interaction, short, "\n".join(map(str, found)), name="doctor.txt")


def _drawn(heading: str, bad: Sequence[Finding], good: Sequence[Finding]) -> Layout:
    lists = ["\n".join(f"- {escaped(tidy(str(one)))}" for one in some) for some in (bad, good) if some]
    return Layout(Tone.PLAIN, ((heading,), *((text,) for text in lists)))


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Doctor())
