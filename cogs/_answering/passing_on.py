"""How a question that nothing stored answers can be passed on to a server's moderators, and what is held for that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from cogs._answering.intake import words_of
from cogs._custom_ids.member_states import AskModerators, ShowWording, Voted
from cogs._interactions.pressed import server_of_press
from cogs._rendering import reply_layout
from cogs._rendering.components import states_in
from cogs._rendering.layouts import Button
from cogs._services.services import server_for, storage_of
from knowledge.curation.refusals import Refused
from knowledge.curation.waiting import can_be_passed_on
from knowledge.members.held import HeldText
from knowledge.model import Outcome
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from cogs._interactions.responses import Interaction
    from cogs._rendering.layouts import Layout
    from cogs._services.services import Services
    from knowledge.model import Decision, Place

_ASK = "Ask the moderators"
_SHOW = "Show the moderators my wording"


def drawn(services: Services, decision: Decision, server_id: str, asker: int, asked: int) -> Layout:
    """Draw the reply to a text that was put to the bot in a message, or by a command, of the id `asked`.

    Where nothing stored answers it, a button passes it on to the moderators of the server that answers, "" for the
    book alone; 0 is a text of somebody else's.
    """
    if decision.reply is None:
        raise AssertionError("silence is not drawn")
    layout = reply_layout.drawn(decision.reply, services.reader(decision, asker))
    if services.storage is None or not can_be_passed_on(decision):
        return layout
    if not server_id:
        (block,) = layout.blocks
        return replace(layout, blocks=((*block, sentences.NO_MODERATORS_HERE),))
    return replace(layout, rows=((Button(_ASK, AskModerators(asker, asked)),),)) if asked else layout


def hold(services: Services, interaction: Interaction, text: str, place: Place, decision: Decision) -> None:
    """Hold what somebody asked by a command, for as long as they may pass it on: it stands nowhere else."""
    passable = can_be_passed_on(decision) or decision.outcome in {Outcome.CHOICES, Outcome.ANSWER}
    if services.storage is not None and place.server_id and passable:
        channel, member = str(interaction.channel_id or ""), str(interaction.user.id)
        held = HeldText(place.server_id, member, channel, "", text)
        services.storage.members.held.put(interaction.id, held)


def with_wording(services: Services, interaction: Interaction, layout: Layout, asker: int, entry: str) -> Layout:
    """Add to the answers that an asker chose the button that shows the moderators how they had asked."""
    asked = _asked_in(services, interaction)
    if services.storage is None or not server_of_press(interaction) or not asked:
        return layout
    *above, last = layout.rows
    button = Button(_SHOW, ShowWording(asker, entry, asked))
    return replace(layout, rows=(*above, (*last, button)))


def remember_rejected(services: Services, interaction: Interaction) -> None:
    """Remember, until the member decides, that what the pressed message shows is not their question."""
    message = interaction.message
    asked, server = _asked_in(services, interaction), server_of_press(interaction)
    if services.storage is None or not server or not asked:
        return
    members, member = services.storage.members, str(interaction.user.id)
    shown = next(states_in(message, Voted), None)
    held = members.held.find(asked, member) or HeldText(
        server, member, str(interaction.channel_id or ""), str(asked), ""
    )
    held = replace(held, rejected=shown.entry if shown else held.rejected)
    # What is offered next may stand in a message of its own, which answers this press.
    for number in (asked, interaction.id):
        members.held.put(number, held)


def nothing_else(services: Services, interaction: Interaction, asker: int, sentence: str) -> Layout:
    """Say that nothing else comes near what somebody asked; a button passes it on to the moderators."""
    asked = _asked_in(services, interaction)
    if services.storage is None or not server_of_press(interaction) or not asked:
        return reply_layout.plain(sentence)
    held = services.storage.members.held.find(asked, str(asker))
    if held is not None and held.message_id:
        asked = int(held.message_id)
    button = Button(_ASK, AskModerators(asker, asked, held.rejected if held else ""))
    return reply_layout.plain(sentence, ((button,),))


async def asked_by(interaction: Interaction, asked: int) -> HeldText:
    """Give what the presser asked: as it is held, or as their message says now. The interaction is acknowledged.

    Raises `Refused` where neither is to be had.
    """
    member = str(interaction.user.id)
    held = storage_of(interaction.client).members.held.find(asked, member)
    if held is not None and held.text:
        return held
    me, server = interaction.client.user, await server_for(interaction)
    if not server:
        raise Refused(sentences.NO_MODERATORS_HERE)
    if me is None or interaction.channel_id is None:
        raise Refused(sentences.MESSAGE_NOT_READ)
    number = int(held.message_id) if held else asked
    channel = interaction.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
    try:
        message = await channel.fetch_message(number)
    except (discord.NotFound, discord.Forbidden):
        raise Refused(sentences.MESSAGE_NOT_READ) from None
    text = words_of(message, me, interaction.guild)
    if message.author.id != interaction.user.id or not text:
        raise Refused(sentences.MESSAGE_NOT_READ)
    return HeldText(server, member, str(interaction.channel_id), str(number), text)


def _asked_in(services: Services, interaction: Interaction) -> int:
    """Give the id of the message, or of the command, that the pressed reply answers its presser.

    0 where nobody knows, or where the words of a command are not held: they were somebody else's, or it was long ago.
    """
    message = interaction.message
    if message is None or services.storage is None:
        return 0
    if message.reference is not None and message.reference.message_id is not None:
        return message.reference.message_id
    number = message.interaction_metadata.id if message.interaction_metadata is not None else 0
    held = services.storage.members.held.find(number, str(interaction.user.id))
    return number if held is not None else 0
