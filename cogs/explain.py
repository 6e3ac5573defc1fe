"""What a message would get here, and why a reply says what it says: `/try`, and the menu "Why this reply?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from cogs._interactions.callers import caller_of
from cogs._interactions.message_menu import OffersMenu, menu
from cogs._interactions.responses import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._moderation.proposing import show_reply
from cogs._rendering import desk_layout, reply_layout
from cogs._rendering.desk_layout import Passage
from cogs._services.services import server_of, services_of, storage_of
from knowledge.model import Place
from knowledge.presentation.reasons import outcome_sentence, reasons, sureness, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discord.ext import commands

    from knowledge.moderation.views import Explanation, History
    from knowledge.presentation.reasons import Reasons

SILENCE = "It would get no reply."
REDACTED = "Its words were redacted."
TAKEN_BACK = "The answer was withdrawn since, and the reply says so."


class Explain(OffersMenu):
    """Explains, privately. Nothing that is tried here is kept."""

    def __init__(self, bot: commands.Bot) -> None:
        super().__init__(bot, menu("Why this reply?", self._why, moderators=True))

    @app_commands.command(name="try", description="See what a message would get here, and why. Nothing is kept")
    @app_commands.describe(text="The message", overheard="As if nobody had addressed the bot, in a watched channel")
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_messages=True)
    async def attempt(
        self,
        interaction: Interaction,
        text: app_commands.Range[str, 1, 2_000],
        overheard: bool = False,  # noqa: FBT001, FBT002  # the shape of a slash command's option
    ) -> None:
        """Show the reply, then the reasons."""
        await begin(interaction)
        caller, services = caller_of(interaction), services_of(interaction.client)
        moderators = storage_of(interaction.client).moderators
        place = Place(not overheard, caller.server_id)
        decision = moderators.look.try_text(caller, text, place)
        if decision.reply is None:
            await tell(interaction, reply_layout.plain(SILENCE))
        else:
            await tell(interaction, reply_layout.drawn(decision.reply, services.reader(decision, interaction.user.id)))
        explained = reasons(decision, services.desk.snapshot_of(caller.server_id).policy, place)
        notice = services.desk.notice(server_id=caller.server_id)
        told = desk_layout.told("**Why**", list(_passages(explained)), notice)
        await tell(interaction, told.layout, told.file, name="reasons.txt")

    async def _why(self, interaction: Interaction, message: discord.Message) -> None:
        """Explain a reply of the bot."""
        await begin(interaction)
        caller, services = caller_of(interaction), services_of(interaction.client)
        look = storage_of(interaction.client).moderators.look
        explained = await look.why(caller, str(message.channel.id), str(message.id))
        if explained.words is not None and not explained.still_live:
            await show_reply(interaction, services.desk.reply(explained.words, server_id=caller.server_id))
        notice = services.desk.notice(server_id=server_of(interaction.guild))
        told = desk_layout.told("**Why this reply**", list(_explained(explained)), notice)
        await tell(interaction, told.layout, told.file, name="reasons.txt")


def _passages(explained: Reasons) -> Iterator[Passage]:
    """Lay out what decided, stored titles and wordings among it."""
    yield Passage(explained.summary, "\n".join(explained.sentences))
    if explained.nearest:
        found = explained.nearest
        named = (f"Entry: {found.question.id}", f"Nearest wording: {found.wording}" if found.wording else "")
        yield Passage(f"Nearest: {found.question.title}", "\n".join((*filter(None, named), *found.sentences)))
    if explained.others:
        listed = (f"{count} in 100: {question.title}" for count, question in explained.others)
        yield Passage("Other stored questions", "\n".join(listed))


def _explained(explained: Explanation) -> Iterator[Passage]:
    delivery, words = explained.delivery, explained.words
    yield Passage("What it was", outcome_sentence(delivery.outcome))
    if delivery.entry_id:
        title = words.title if words else REDACTED if delivery.content_hash else TAKEN_BACK
        live = "Members see the same words now." if explained.still_live else "Members see other words now, or nothing."
        entry = f"Entry {delivery.entry_id}{_number(delivery.content_hash, explained.history)}"
        yield Passage(entry, f"{title}\n{live}")
    if delivery.confidence is not None:
        yield Passage("How sure", sureness(delivery.confidence))
    if delivery.guards:
        yield Passage("What question and stored question differed in", f"{watched(delivery.guards)}.")


def _number(content_hash: str, history: History | None) -> str:
    if history is None:
        return ""
    own = next((one.number for one in history.own if one.content_hash == content_hash), None)
    if own is not None:
        return f", revision {own}"
    of_book = next((one.number for one in history.of_book if one.content_hash == content_hash), None)
    return f", revision {of_book} of the book" if of_book is not None else ""


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Explain(bot))
