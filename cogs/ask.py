"""Asking by command: `/ask`, and the message menu "Find an answer"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from cogs._answering import cooldown, noting, pausing
from cogs._answering.alarm import Alarm, offer_answer, tell_staff
from cogs._answering.cooldown import Asker
from cogs._answering.passing_on import drawn, hold
from cogs._interactions.message_menu import OffersMenu, menu
from cogs._interactions.pressed import named
from cogs._interactions.responses import Interaction, give, say  # `Interaction`: discord.py reads annotations
from cogs._rendering import limits
from cogs._rendering.suggestions import suggestion_name
from cogs._rendering.view import NOBODY
from cogs._services.services import server_for, server_of, services_of
from knowledge.model import Place
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._services.services import Services
    from knowledge.model import AnswerReply, CardReply, Decision

_LONGEST = 2_000


class Ask(OffersMenu):
    """Answers whoever asks by command, privately unless the server's settings or the member say otherwise."""

    def __init__(self, bot: commands.Bot) -> None:
        super().__init__(bot, menu("Find an answer", self._find, moderators=False))

    @app_commands.command(name="ask", description="Find what doctors have answered to a question")
    @app_commands.describe(
        question="What would you like to know? Choose a stored question or write your own",
        public="Show the answer to everybody here, or to you alone. Without it, as this server's admins chose",
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, _LONGEST],
        public: bool | None = None,  # noqa: FBT001  # the shape of a slash command's option
    ) -> None:
        """Answer a question, or a stored one that was picked from the suggestions."""
        chosen = services_of(interaction.client).settings(server_of(interaction.guild)).private_ask
        await _answer(interaction, question, private=chosen if public is None else not public, own=True)

    @ask.autocomplete("question")
    async def _suggested(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        services, server = services_of(interaction.client), server_of(interaction.guild)
        if interaction.guild is None:
            server = services.shared_servers.known(interaction.client, interaction.user.id) or server
        found = services.desk.suggest(typed, limits.SUGGESTIONS, server_id=server)
        return [app_commands.Choice(name=suggestion_name(question.title), value=question.id) for question in found]

    async def _find(self, interaction: Interaction, message: discord.Message) -> None:
        """Look for an answer to somebody's message, for the eyes of whoever looks."""
        # What somebody else wrote is not the looker's to pass on.
        await _answer(interaction, message.content, private=True, own=message.author.id == interaction.user.id)


async def _answer(interaction: Interaction, text: str, *, private: bool, own: bool) -> None:
    """Answer `text`, the id of a stored question or a member's words: the asker's `own`, or somebody else's.

    The screen comes before anything else.
    """
    services = services_of(interaction.client)
    with services.traffic.busy():
        place = Place(addressed=True, server_id=server_of(interaction.guild))
        picked, words, card = _read(services, text, place)
        if card is None and interaction.guild is None:  # a card waits for nothing
            place = replace(place, server_id=await server_for(interaction))
            picked, words, card = _read(services, text, place)
        if card is not None:
            await _alarm(interaction, card, words, place, private=private)
        elif not await pausing.told(interaction):
            decision = noting.of_choice(picked) if picked else services.desk.respond(words, place)
            if own:
                hold(services, interaction, words, place, decision)
            asked = interaction.id if own else 0
            await _give(interaction, services, decision, place, private=private, asked=asked)


def _read(services: Services, text: str, place: Place) -> tuple[AnswerReply | None, str, CardReply | None]:
    """Give the stored question that was picked, if one was; the words that are asked; and their card if they alarm."""
    picked = services.desk.show(text, server_id=place.server_id)
    words = picked.question.title if picked else text
    return picked, words, services.desk.alarm(words, place)


async def _give(  # noqa: PLR0913  # what a reply hangs on
    interaction: Interaction, services: Services, decision: Decision, place: Place, *, private: bool, asked: int
) -> None:
    if decision.reply is None:
        await say(interaction, sentences.AT_YOUR_SERVICE)
        return
    alone = private or interaction.guild_id is None
    asker = Asker(interaction.user.id, interaction.channel_id or 0, place, private=alone, by_command=True)
    with cooldown.turn(services, asker, decision) as turn:
        if turn.decision is None or turn.decision.reply is None:
            raise AssertionError("whoever uses a command is told something")
        # What is said instead of an answer concerns nobody else.
        private = private or turn.decision is not decision
        layout = drawn(services, turn.decision, place.server_id, interaction.user.id, asked)
        layout = named(layout, interaction.client, place.server_id, interaction.guild)
        sent = await give(interaction, layout, private=private)
        turn.sent(sent or 0)
        if turn.waits:
            noting.put_off(services, interaction.id, place)
        else:
            await noting.answered(interaction, place, turn.decision, sent, private=private)


async def _alarm(interaction: Interaction, card: CardReply, text: str, place: Place, *, private: bool) -> None:
    services = services_of(interaction.client)
    alarm = Alarm(card, interaction.user.id, interaction.channel_id or 0)
    repeated = alarm.is_repeated(services)
    private = private or card.private
    sent = await give(interaction, alarm.layout(services), private=private)
    alarm.was_sent(services)
    if not repeated:
        await offer_answer(services, alarm, text, place, lambda shown: _edit(interaction, shown))
        if interaction.guild_id is not None and sent is not None and not private:
            await tell_staff(interaction.client, alarm, interaction.guild_id, sent)
    await noting.answered(interaction, place, noting.of_card(card), sent, private=private)


async def _edit(interaction: Interaction, shown: discord.ui.LayoutView) -> None:
    await interaction.edit_original_response(view=shown, allowed_mentions=NOBODY)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Ask(bot))
