"""Passing a question, or a wording, on to the moderators: shown first, kept by a second press alone, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from cogs._answering import noting
from cogs._answering.alarm import Alarm
from cogs._answering.passing_on import asked_by
from cogs._custom_ids.member_states import AskModerators, KeepNothing, KeepQuestion, KeepWording, ShowWording, TakenBack
from cogs._interactions.hearing import HearsPresses
from cogs._interactions.pressed import A_SERVER, named
from cogs._interactions.responses import become, begin, say, tell
from cogs._rendering import desk_layout, entry_layout, reply_layout
from cogs._rendering.desk_layout import Passage
from cogs._rendering.layouts import Button
from cogs._rendering.view import NOBODY, view
from cogs._services.services import server_for, services_of, storage_of
from knowledge.curation.waiting import Route, checked_text
from knowledge.model import AnswerReply, Place
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._custom_ids.states import State
    from cogs._interactions.responses import Interaction
    from cogs._rendering.desk_layout import Told
    from knowledge.members.held import HeldText
    from knowledge.members.passing_on import Kept

_WHERE = {Route.CHANNEL: "in this channel", Route.DIRECT: "by direct message"}


class PassOn(HearsPresses):
    """Hears what members decide to have kept, on messages of this run or an earlier one."""

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Do what a button stands for."""
        match state:
            case AskModerators() | ShowWording():
                await _offer(interaction, state)
            case KeepQuestion():
                await _keep_question(interaction, state)
            case KeepWording():
                await _keep_wording(interaction, state)
            case KeepNothing():
                await _keep_nothing(interaction, state)
            case TakenBack():
                await _take_back(interaction, state)


async def _offer(interaction: Interaction, state: AskModerators | ShowWording) -> None:
    """Show privately what would be kept. An alarming text gets the card instead."""
    if interaction.user.id != state.asker:
        await say(interaction, sentences.NOT_YOURS_TO_ASK)
        return
    await begin(interaction)
    services, members = services_of(interaction.client), storage_of(interaction.client).members
    held = await asked_by(interaction, state.asked)
    place = Place(addressed=True, server_id=held.server_id)
    if card := services.desk.alarm(held.text, place):
        alarm = Alarm(card, interaction.user.id, interaction.channel_id or 0)
        await tell(interaction, alarm.layout(services))
        alarm.was_sent(services)
        return
    held = replace(held, text=checked_text(held.text))
    if isinstance(state, ShowWording):
        held = replace(held, entry_id=state.entry)
    else:
        held = replace(held, rejected=state.rejected)
        decision = services.desk.respond(held.text, place)
        reply, reader = decision.reply, services.reader(decision, interaction.user.id)
        if isinstance(reply, AnswerReply) and reply.question.id != state.rejected:
            await tell(interaction, reply_layout.plain(sentences.ANSWERED_BY_NOW))
            drawn = entry_layout.answers(reply, reader)
            told = await tell(interaction, named(drawn, interaction.client, held.server_id, interaction.guild))
            await noting.answered(interaction, place, noting.of_copy(reply, reader.caution), told, private=True)
            return
    members.held.put(interaction.id, held)
    offered = _offered(interaction, held)
    await tell(interaction, offered.layout, offered.file, name="kept.txt")


def _offered(interaction: Interaction, held: HeldText) -> Told:
    """Draw what would be kept: the words, with what, who sees them, for how long."""
    services, members = services_of(interaction.client), storage_of(interaction.client).members
    days, number = members.passing_on.days(held.server_id), interaction.id
    seen = sentences.WORDS_ARE_SEEN.format(server=_server(interaction, held.server_id))
    passages = [Passage("Your words", held.text), Passage("Who sees them", seen)]
    if held.entry_id:
        passages.append(Passage("For how long", sentences.WORDING_KEPT_FOR.format(days=days)))
        row = [Button("Show them my wording", KeepWording(number))]
    else:
        passages.append(Passage("Kept with them", sentences.KEPT_WITH_IT))
        passages.append(Passage("For how long", sentences.KEPT_FOR.format(days=days)))
        if interaction.guild is None:
            row = [Button("Ask, and tell me here", KeepQuestion(number, Route.DIRECT))]
        else:
            passages.append(Passage("Where I tell you", sentences.TOLD_HERE))
            row = [
                Button("Ask, and tell me directly", KeepQuestion(number, Route.DIRECT)),
                Button("Ask, and tell me in this channel", KeepQuestion(number, Route.CHANNEL)),
            ]
    row.append(Button("Keep nothing", KeepNothing(number)))
    notice = services.desk.notice(server_id=held.server_id)
    return desk_layout.told(f"**{sentences.NOTHING_KEPT_YET}**", passages, notice, (tuple(row),))


async def _keep_question(interaction: Interaction, state: KeepQuestion) -> None:
    await interaction.response.defer()
    members, member, route = storage_of(interaction.client).members, str(interaction.user.id), Route(state.route)
    held = members.held.find(state.held, member)
    server = held.server_id if held else await server_for(interaction)
    kept = await members.passing_on.ask(str(state.held), server, held, route)
    untried = route is Route.DIRECT and interaction.guild is not None
    if untried and held is not None and not await _can_be_written_to(interaction):
        await members.passing_on.take_back(member, kept.asking_id)
        members.held.put(interaction.id, held)
        rows = _offered(interaction, held).layout.rows
        await become(interaction, reply_layout.plain(sentences.CANNOT_WRITE_TO_YOU, rows))
        return
    members.held.drop(state.held)
    take_back = ((Button("Take it back", TakenBack(kept.asking_id)),),)
    await become(interaction, reply_layout.plain(_passed_on(kept, route, _server(interaction, server)), take_back))


async def _can_be_written_to(interaction: Interaction) -> bool:
    """Write to a member where they want to be told, so that it shows now whether that is possible."""
    server = interaction.guild.name if interaction.guild else ""
    said = reply_layout.plain(sentences.TOLD_DIRECTLY.format(server=server))
    try:
        await interaction.user.send(view=view(said), allowed_mentions=NOBODY)
    except discord.Forbidden:
        return False
    return True


def _passed_on(kept: Kept, route: Route, server: str) -> str:
    others = kept.askers - 1
    if not others:
        return sentences.PASSED_ON.format(server=server, where=_WHERE[route])
    counted = "another member" if others == 1 else f"{others} other members"
    return sentences.PASSED_ON_TOO.format(server=server, where=_WHERE[route], others=counted)


def _server(interaction: Interaction, server_id: str) -> str:
    guild = interaction.client.get_guild(int(server_id)) if server_id else None
    return guild.name if guild else A_SERVER


async def _keep_wording(interaction: Interaction, state: KeepWording) -> None:
    await interaction.response.defer()
    members = storage_of(interaction.client).members
    held = members.held.find(state.held, str(interaction.user.id))
    server = held.server_id if held else await server_for(interaction)
    await members.passing_on.show(str(state.held), server, held)
    members.held.drop(state.held)
    await become(interaction, reply_layout.plain(sentences.WORDING_SHOWN))


async def _keep_nothing(interaction: Interaction, state: KeepNothing) -> None:
    await interaction.response.defer()
    held = storage_of(interaction.client).members.held
    if held.find(state.held, str(interaction.user.id)) is not None:
        held.drop(state.held)
    await become(interaction, reply_layout.plain(sentences.NOTHING_KEPT))


async def _take_back(interaction: Interaction, state: TakenBack) -> None:
    await interaction.response.defer()
    members = storage_of(interaction.client).members
    gone = await members.passing_on.take_back(str(interaction.user.id), state.asking)
    await become(interaction, reply_layout.plain(sentences.TAKEN_BACK if gone else sentences.NOT_WAITING_ANY_MORE))


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(PassOn(bot))
