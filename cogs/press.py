"""What the buttons under a reply do.

The asker turns the message itself; anybody else who presses gets a private copy. What is shown is what is live now.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discord.ext import commands
from discord.utils import utcnow

from cogs._answering import cooldown, noting, pausing
from cogs._answering.passing_on import nothing_else, remember_rejected, with_wording
from cogs._custom_ids.reply_states import Chosen, Details, Numbers, Opened, Rejected, Safe
from cogs._custom_ids.states import checksum, with_checksums
from cogs._interactions.hearing import HearsPresses, carry_out
from cogs._interactions.pressed import from_the_same, named, server_of_press
from cogs._interactions.responses import give, say, turn
from cogs._rendering import entry_layout, reply_layout
from cogs._rendering.components import news_in, states_in
from cogs._rendering.view import NOBODY, CountrySelect, view
from cogs._services.services import server_for, server_of, services_of
from knowledge.model import Place
from knowledge.presentation import sentences
from knowledge.safety.cards import BASE_COUNTRY

if TYPE_CHECKING:
    import discord

    from cogs._custom_ids.states import State
    from cogs._interactions.responses import Interaction
    from cogs._rendering.layouts import Layout
    from cogs._services.services import Services
    from knowledge.model import AnswerReply


class Press(HearsPresses):
    """Answers presses, on messages of this run or an earlier one."""

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Do what a button stands for."""
        await _pressed(interaction, services_of(self._bot), state)

    @commands.Cog.listener()
    async def on_country(self, interaction: Interaction, country: str) -> None:
        """Show another country's emergency numbers in place."""
        await carry_out(interaction, _turn_numbers(interaction, country))


async def _pressed(interaction: Interaction, services: Services, state: State) -> None:
    if isinstance(state, Opened | Chosen | Details | Safe) and await pausing.told(interaction):
        return
    match state:
        case Opened():
            others = next((rejected.others for rejected in states_in(interaction.message, Rejected)), ())
            await _open(interaction, services, state, others)
        case Chosen():
            others = tuple(checksum(other.entry) for other in states_in(interaction.message, Chosen) if other != state)
            await _open(interaction, services, state, others)
        case Details():
            await _tell_details(interaction, services, state)
        case Rejected():
            await _reject(interaction, services, state)
        case Numbers():
            server = server_of(interaction.guild)
            shown = _numbers(services, server, _country_of(interaction, services, server))
            await interaction.response.send_message(view=shown, ephemeral=True, allowed_mentions=NOBODY)
        case Safe():
            await _show_after_all(interaction, services, state)


async def _open(interaction: Interaction, services: Services, state: Opened | Chosen, others: tuple[str, ...]) -> None:
    """Show an entry's answers: a chosen one's as they are first shown, else the answer and page that were asked for."""
    server = server_of_press(interaction)
    caution = services.desk.caution(state.caution, server_id=server)
    reply = services.desk.show(state.entry, caution=caution, server_id=server)
    turns = interaction.user.id == state.asker or _is_private(interaction)
    if reply is not None and turns and isinstance(state, Opened):
        reply = replace(reply, news=news_in(interaction.message))
    if reply is None:
        await _tell_gone(interaction, services, state.entry, in_place=turns and isinstance(state, Opened))
        return
    reader = services.reader_of(interaction.user.id, others, state.caution)
    shown = entry_layout.answers(reply, reader, state if isinstance(state, Opened) else None)
    if isinstance(state, Chosen) and interaction.user.id == state.asker:
        shown = with_wording(services, interaction, shown, state.asker, state.entry)
    shown = from_the_same(interaction, shown)
    if turns:
        await turn(interaction, shown)
        if interaction.message is not None and not _is_private(interaction):
            cooldown.shows(services, interaction.message, reply)
        await noting.turned(interaction, state.entry, reply.question, state.caution)
    else:
        await _give_copy(interaction, server, shown, reply, state.caution)


async def _give_copy(
    interaction: Interaction, server: str, shown: Layout, reply: AnswerReply, caution: str = ""
) -> None:
    """Give whoever pressed a private copy, and note it: it follows when the answer is withdrawn or corrected."""
    sent = await give(interaction, shown)
    await noting.answered(interaction, Place(server_id=server), noting.of_copy(reply, caution), sent, private=True)


async def _tell_gone(interaction: Interaction, services: Services, entry: str, *, in_place: bool) -> None:
    """Say that an answer is withdrawn, in place of its words where the pressed message shows them."""
    if not in_place:
        await say(interaction, sentences.NO_LONGER_THERE)
        return
    storage = services.storage
    day = utcnow().date().isoformat()
    if storage is not None:
        day = await storage.moderators.recalls.changed_on(server_of_press(interaction), entry)
    await turn(interaction, reply_layout.withdrawn(day))
    await noting.turned(interaction, entry, None)


async def _tell_details(interaction: Interaction, services: Services, state: Details) -> None:
    reply = services.desk.show(state.entry, server_id=server_of_press(interaction))
    if reply is None:
        in_place = _is_private(interaction) or state.turning
        await _tell_gone(interaction, services, state.entry, in_place=in_place)
    elif state.turning:
        await turn(interaction, from_the_same(interaction, entry_layout.details(reply, state.page)))
    else:
        await give(interaction, from_the_same(interaction, entry_layout.details(reply, state.page)))


async def _reject(interaction: Interaction, services: Services, state: Rejected) -> None:
    """Remove the reply for its asker or a moderator; offer the asker what came next, privately."""
    asked = interaction.user.id == state.asker
    if not asked and not interaction.permissions.manage_messages:
        await say(interaction, sentences.NOT_YOURS_TO_REMOVE)
        return
    if asked:
        remember_rejected(services, interaction)
    instead = _next(interaction, services, state) if asked else reply_layout.plain(sentences.REMOVED)
    if _is_private(interaction):
        await turn(interaction, instead)
        await noting.turned(interaction, "", None)
        return
    # After this kind of deferral the "original response" is the pressed message: no permission is needed to remove it.
    await interaction.response.defer()
    await interaction.delete_original_response()
    await interaction.followup.send(view=view(instead), ephemeral=True, allowed_mentions=NOBODY)


def _next(interaction: Interaction, services: Services, state: Rejected) -> Layout:
    server = server_of_press(interaction)
    live = with_checksums(services.desk.snapshot_of(server).questions, state.others)
    caution = services.desk.caution(state.caution, server_id=server)
    offer = services.desk.offer(live, caution=caution, server_id=server)
    if not offer.questions or services.is_paused(server):
        return nothing_else(services, interaction, state.asker, sentences.NOTHING_ELSE)
    reader = services.reader_of(state.asker, caution=state.caution)
    return from_the_same(interaction, reply_layout.choices(offer, reader, sentences.PERHAPS))


async def _show_after_all(interaction: Interaction, services: Services, state: Safe) -> None:
    """Show the stored answer, privately, to the member whose text had alarmed."""
    # A card waits for nothing, so it may not know yet which server's answers its reader gets in a direct message.
    server = await server_for(interaction)
    reply = services.desk.show(state.entry, server_id=server)
    if interaction.user.id != state.asker:
        await say(interaction, sentences.NOT_YOURS_TO_OPEN)
    elif reply is None:
        await say(interaction, sentences.NO_LONGER_THERE)
    else:
        shown = entry_layout.answers(reply, services.reader_of(state.asker))
        await _give_copy(interaction, server, named(shown, interaction.client, server, interaction.guild), reply)


async def _turn_numbers(interaction: Interaction, country: str) -> None:
    shown = _numbers(services_of(interaction.client), server_of(interaction.guild), country)
    await interaction.response.edit_message(view=shown, allowed_mentions=NOBODY)


def _numbers(services: Services, server: str, country: str) -> discord.ui.LayoutView:
    live = services.desk.snapshot_of(server)
    countries = live.cards.countries()
    layout = reply_layout.numbers(dict(countries).get(country, ""), live.cards.numbers(country), live.policy.own_lines)
    return view(layout, CountrySelect(countries, country))


def _country_of(interaction: Interaction, services: Services, server: str) -> str:
    """Guess a member's country: as their client says, unless that is what most say; then the server's."""
    # Discord gives the language of the member's own client, as in "en-GB"; "en-US" is chosen in every country.
    country = interaction.locale.value.partition("-")[2].upper()
    usual = services.desk.snapshot_of(server).policy.countries[:1]
    return usual[0] if usual and country in {"", BASE_COUNTRY} else country


def _is_private(interaction: Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Press(bot))
