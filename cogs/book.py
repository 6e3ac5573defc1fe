"""How the knowledge files stand, for the owners of the book: `/knowledge`, and a word in their channel."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands, tasks

from cogs import _desk_layout, _layout
from cogs._callers import FOR_OWNERS, owns_the_bot
from cogs._desk_layout import Passage
from cogs._interactions import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._services import book_of, services_of
from cogs._view import NOBODY, view
from knowledge.content.overdue import overdue_answers
from knowledge.curation.refusals import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cogs._services import FollowedBook, Services
    from knowledge.content.status import BookStatus
    from knowledge.errors import Fault

log = logging.getLogger(__name__)

ONLY_OWNERS = "Only the owners of this bot may do that."
NOTHING_HELD = "No knowledge file is held."
ACCEPTED = "Accepted. The files are served in a moment. They were held for this reason: {reason}"
MENDED = "The knowledge files are in order again, and {entries:,} entries are served."
NOT_SERVED = "The knowledge files as they stand are not served; what was read before is. {why}"
FAULTY = "They have faults in {places}. `python -m bot check` or /knowledge status tells what to write instead."
HELD = "{reason} If that is meant, use /knowledge accept."
# Seconds between two looks at whether there is something to tell.
_LOOK = 5.0
_PLACES = 5
_LISTED = 50


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class Knowledge(
    commands.GroupCog,
    group_name="knowledge",
    group_description="For the owners of this bot's answers",
    group_extras=FOR_OWNERS,
):
    """The owners' view of the book."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Begin to tell the owners' channels what becomes of the files."""
        if services_of(self._bot).fault_channels:
            self.follow.start()

    async def cog_unload(self) -> None:
        """Tell nothing any more."""
        self.follow.cancel()

    @app_commands.command(name="status", description="See what is served, and what is wrong with the knowledge files")
    async def status(self, interaction: Interaction) -> None:
        """Tell how the book stands."""
        await begin(interaction)
        services, book = await self._owned(interaction)
        loaded = int(book.status.loaded.timestamp())
        served = f"{book.status.entries:,} entries are served, as the files stood <t:{loaded}:f>"
        told = _desk_layout.told(served, tuple(_passages(services, book)), services.desk.notice())
        await tell(interaction, told.draft, told.file, name="knowledge.txt")

    @app_commands.command(name="accept", description="Serve knowledge files that are held because entries are missing")
    async def accept(self, interaction: Interaction) -> None:
        """Serve what is held."""
        await begin(interaction)
        _, book = await self._owned(interaction)
        held = book.status.held
        if held is not None:
            await book.accept(held.files_hash)
        await tell(interaction, _layout.plain(ACCEPTED.format(reason=held.reason) if held else NOTHING_HELD))

    @tasks.loop(seconds=_LOOK)
    async def follow(self) -> None:
        """Tell the owners' channels once of each state of the files that is not served, and once that it was mended."""
        book = book_of(self._bot)
        status = book.status
        if status.trouble == book.told:
            return
        book.told = status.trouble
        for number in services_of(self._bot).fault_channels:
            await self._tell(number, _sentence(status))

    @follow.before_loop
    async def _ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _tell(self, channel: int, sentence: str) -> None:
        try:
            room = self._bot.get_partial_messageable(channel)
            await room.send(view=view(_layout.plain(sentence)), allowed_mentions=NOBODY)
        except discord.HTTPException as error:
            log.warning("An owners' channel could not be told: status %s, code %s", error.status, error.code)

    async def _owned(self, interaction: Interaction) -> tuple[Services, FollowedBook]:
        """Give what an owner looks at. Raises `NotAllowed` for everybody else."""
        if not await owns_the_bot(interaction):
            raise NotAllowed(ONLY_OWNERS)
        return services_of(interaction.client), book_of(interaction.client)


def _sentence(status: BookStatus) -> str:
    if status.is_current:
        return MENDED.format(entries=status.entries)
    if status.held:
        return NOT_SERVED.format(why=HELD.format(reason=status.held.reason))
    return NOT_SERVED.format(why=FAULTY.format(places=_places(status.faults)))


def _places(faults: Sequence[Fault]) -> str:
    """Say where faults are; what they quote stays in the files."""
    named = list(dict.fromkeys(f"{fault.file}:{fault.line}" if fault.line else fault.file for fault in faults))
    more = len(named) - _PLACES
    return ", ".join(named[:_PLACES]) + (f" and {more} more places" if more > 0 else "")


def _passages(services: Services, book: FollowedBook) -> Iterator[Passage]:
    status = book.status
    if status.copied:
        yield Passage("The files could not be used when the bot started: this is the copy that it kept")
    if status.held:
        yield Passage("Held until an owner accepts it", HELD.format(reason=status.held.reason))
    if status.faults:
        yield Passage(f"Faults in the files as they stand: {len(status.faults):,}", _listed(status.faults))
    if services.storage and (outdated := services.storage.moderators.servers.outdated()):
        told = [f"{entry}: {count} server{'' if count == 1 else 's'}" for entry, count in sorted(outdated.items())]
        yield Passage("Entries that servers changed, and that the book has changed since", "\n".join(told[:_LISTED]))
    since = services.desk.snapshot.policy.checked_since
    if since and (late := tuple(overdue_answers(book.book, since))):
        yield Passage(f"Answers not checked by a person since {since.isoformat()}: {len(late):,}", _listed(late))
    if status.is_current:
        yield Passage("The files as they stand are what is served")


def _listed(faults: Sequence[Fault]) -> str:
    more = len(faults) - _LISTED
    return "\n".join([*map(str, faults[:_LISTED]), *([f"and {more:,} more"] if more > 0 else ())])


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Knowledge(bot))
