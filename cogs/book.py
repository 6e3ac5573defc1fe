"""How the knowledge files stand, for owners of the book, and a server's own answers for its admins: `/knowledge`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from discord import app_commands
from discord.ext import commands

from cogs._interactions.callers import FOR_ADMINS, FOR_OWNERS, owns_the_bot
from cogs._interactions.responses import Interaction, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._moderation import exporting
from cogs._outbox.book_fault import HELD
from cogs._rendering import desk_layout, reply_layout
from cogs._rendering.desk_layout import Passage
from cogs._services.services import book_of, services_of
from knowledge.content.overdue import overdue_answers
from knowledge.curation.refusals import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cogs._services.protocols import FollowedBook
    from cogs._services.services import Services
    from knowledge.errors import Fault

ONLY_OWNERS = "Only the owners of this bot may do that."
NOTHING_HELD = "No knowledge file is held."
ACCEPTED = "Accepted. The files are served in a moment. They were held for this reason: {reason}"
_LISTED = 50


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class Knowledge(
    commands.GroupCog,
    group_name="knowledge",
    group_description="The knowledge files, for this bot's owners; export, for a server's admins",
    group_extras=FOR_OWNERS,
):
    """The owners' view of the book."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @app_commands.command(name="status", description="See what is served, and what is wrong with the knowledge files")
    async def status(self, interaction: Interaction) -> None:
        """Tell how the book stands."""
        await begin(interaction)
        services, book = await self._owned(interaction)
        loaded = int(book.status.loaded.timestamp())
        served = f"{book.status.entries:,} entries are served, as the files stood <t:{loaded}:f>"
        passages = [*_passages(services, book), *await _recalls(services)]
        told = desk_layout.told(served, passages, services.desk.notice())
        await tell(interaction, told.layout, told.file, name="knowledge.txt")

    @app_commands.command(name="accept", description="Serve knowledge files that are held because entries are missing")
    async def accept(self, interaction: Interaction) -> None:
        """Serve what is held."""
        await begin(interaction)
        _, book = await self._owned(interaction)
        held = book.status.held
        if held is not None:
            await book.accept(held.files_hash)
        await tell(interaction, reply_layout.plain(ACCEPTED.format(reason=held.reason) if held else NOTHING_HELD))

    @app_commands.command(
        name="export", description="For admins: this server's own answers as a file", extras=dict(FOR_ADMINS)
    )
    @app_commands.describe(
        written="How the answers are written; TOML without it",
        history="With every change to them: who, when, why, and the words",
    )
    @app_commands.rename(written="format")
    async def export(
        self,
        interaction: Interaction,
        written: Literal["TOML", "JSON Lines"] = "TOML",
        history: bool = False,  # noqa: FBT001, FBT002  # the shape of a slash command's option
    ) -> None:
        """Give a server's admin its own layer."""
        await exporting.export(interaction, jsonl=written == "JSON Lines", history=history)

    async def _owned(self, interaction: Interaction) -> tuple[Services, FollowedBook]:
        """Give what an owner looks at. Raises `NotAllowed` for everybody else."""
        if not await owns_the_bot(interaction):
            raise NotAllowed(ONLY_OWNERS)
        return services_of(interaction.client), book_of(interaction.client)


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


async def _recalls(services: Services) -> list[Passage]:
    left = await services.storage.moderators.recalls.waiting() if services.storage else 0
    return (
        [Passage(f"Earlier replies that are still to be edited, as their answer has changed: {left:,}")] if left else []
    )


def _listed(faults: Sequence[Fault]) -> str:
    more = len(faults) - _LISTED
    return "\n".join([*map(str, faults[:_LISTED]), *([f"and {more:,} more"] if more > 0 else ())])


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Knowledge(bot))
