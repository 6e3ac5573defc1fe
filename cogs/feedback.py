"""Votes on answers: "Helpful", "Not helpful" and why. They work on old messages too: all they know is in their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._custom_ids.member_states import Unvoted, Voted, VotedBecause
from cogs._interactions.hearing import HearsPresses
from cogs._interactions.pressed import server_of_press
from cogs._interactions.responses import become, begin, tell
from cogs._outbox.staff_note import has_staff
from cogs._rendering import reply_layout
from cogs._rendering.layouts import Button
from cogs._services.services import storage_of
from knowledge.curation.votes import REASONS, Verdict, Vote
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._custom_ids.states import State
    from cogs._interactions.responses import Interaction

_LABELS = {
    Verdict.WRONG_QUESTION: "Wrong question",
    Verdict.OUT_OF_DATE: "Out of date",
    Verdict.UNCLEAR: "Unclear",
    Verdict.COULD_HARM: "Could harm someone",
}
_TAKE_BACK = "Take my vote back"


class Feedback(HearsPresses):
    """Hears votes, on messages of this run or an earlier one."""

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Do what a voting button stands for."""
        match state:
            case Voted():
                await _vote(interaction, state)
            case VotedBecause():
                await _say_why(interaction, state)
            case Unvoted():
                await _take_back(interaction, state)


async def _vote(interaction: Interaction, state: Voted) -> None:
    await begin(interaction)
    message = interaction.message
    if message is None:
        raise AssertionError("a button stands under a message")
    private = message.flags.ephemeral
    verdict = Verdict.HELPFUL if state.helpful else Verdict.NOT_HELPFUL
    await _keep(interaction, message.id, state.entry, verdict, private=private)
    days = storage_of(interaction.client).members.passing_on.days(server_of_press(interaction))
    said = sentences.VOTED_HELPFUL if state.helpful else sentences.VOTED_NOT_HELPFUL
    why = () if state.helpful else REASONS
    rows = [[Button(_LABELS[one], VotedBecause(message.id, state.entry, one, private)) for one in why]]
    rows.append([Button(_TAKE_BACK, Unvoted(message.id))])
    await tell(interaction, reply_layout.plain(said.format(days=days), tuple(tuple(row) for row in rows if row)))


async def _say_why(interaction: Interaction, state: VotedBecause) -> None:
    await interaction.response.defer()
    verdict = Verdict(state.reason)
    await _keep(interaction, state.reply, state.entry, verdict, private=state.private)
    said = sentences.VOTED_BECAUSE.format(reason=_LABELS[verdict].lower())
    if verdict is Verdict.COULD_HARM:
        heard = has_staff(interaction.client, server_of_press(interaction))
        said = sentences.VOTED_COULD_HARM if heard else sentences.VOTED_COULD_HARM_UNHEARD
    rows = ((Button(_TAKE_BACK, Unvoted(state.reply)),),)
    await become(interaction, reply_layout.plain(said, rows))


async def _take_back(interaction: Interaction, state: Unvoted) -> None:
    await interaction.response.defer()
    channel, member = str(interaction.channel_id or ""), str(interaction.user.id)
    await storage_of(interaction.client).members.votes.take_back(channel, str(state.reply), member)
    await become(interaction, reply_layout.plain(sentences.UNVOTED))


async def _keep(interaction: Interaction, reply: int, entry: str, verdict: Verdict, *, private: bool) -> None:
    vote = Vote(
        server_id=server_of_press(interaction),
        channel_id=str(interaction.channel_id or ""),
        reply_id=str(reply),
        member_id=str(interaction.user.id),
        entry_id=entry,
        verdict=verdict,
    )
    await storage_of(interaction.client).members.votes.cast(vote, private=private)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Feedback(bot))
