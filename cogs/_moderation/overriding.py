"""When the book changes an entry that a server changed before: its moderators see both texts, and choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._custom_ids.desk_states import KeepOurs, TakeBooks
from cogs._interactions.callers import caller_of
from cogs._interactions.responses import become
from cogs._moderation.proposing import show_reply
from cogs._rendering import desk_layout
from cogs._rendering.desk_layout import Passage
from cogs._rendering.layouts import Button
from cogs._services.services import services_of, storage_of
from knowledge.curation.differences import differences
from knowledge.curation.entry import Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cogs._interactions.responses import Interaction
    from knowledge.moderation.views import EntryView

BOTH = "Above stands first what members here see, then what the book says now. Choose which of them they see."
BOOK_DROPPED = "The book has this entry no more. Keep it as this server's own, or withdraw it with /answer withdraw."
KEPT = "**Kept.** Members go on seeing this server's words. You are told when the book changes the entry again."
TAKEN = "**Taken.** Members see the book's words from now on. This server's stay in the history."
TO_DECIDE = "The book has changed these entries since this server did. /answer show lets you choose between both texts"
# So many digits of a content hash tell which text of the book a moderator saw.
_DIGITS = 16
_LISTED = 20


async def show_books(interaction: Interaction, seen: EntryView) -> None:
    """Show what the book says now of an entry, below what a server made of it. The interaction is acknowledged."""
    if seen.of_book is not None:
        server = caller_of(interaction).server_id
        await show_reply(interaction, services_of(interaction.client).desk.reply(seen.of_book, server_id=server))


def choice(seen: EntryView) -> tuple[list[Passage], tuple[tuple[Button, ...], ...]]:
    """Give what differs between a server's words and the book's, and the buttons that choose."""
    key = (seen.id, seen.version.number, seen.book_hash[:_DIGITS])
    keep = Button("Keep this server's words", KeepOurs(*key))
    if seen.of_book is None:
        return [Passage(BOOK_DROPPED)], ((keep,),)
    changed = desk_layout.changes(differences(seen.shown, seen.of_book), seen.of_book)
    return [Passage(BOTH), *changed], ((keep, Button("Take the book's words", TakeBooks(*key))),)


async def decide(interaction: Interaction, state: KeepOurs | TakeBooks) -> None:
    """Do what a moderator chose, unless the entry or the book is not as they saw it any more."""
    await interaction.response.defer()
    caller, edit = caller_of(interaction), storage_of(interaction.client).moderators.edit
    keeps = isinstance(state, KeepOurs)
    # Each press of a double click is an interaction of its own; what both ask for is the same.
    key = f"override:{state.entry}:{state.number}:{state.book}:{'keep' if keeps else 'take'}"
    choose = edit.keep_ours if keeps else edit.take_books
    saved = await choose(caller, key, Version(state.entry, state.number), state.book)
    notice = services_of(interaction.client).desk.notice(server_id=caller.server_id)
    await become(interaction, desk_layout.done(KEPT if keeps else TAKEN, saved, notice).layout)


def to_decide(views: Iterable[EntryView]) -> Iterator[Passage]:
    """Name the entries that wait for such a choice, if there are any."""
    named = [f"{view.title} ({view.id})" for view in views]
    more = [f"and {len(named) - _LISTED} more"] if len(named) > _LISTED else []
    if named:
        yield Passage(TO_DECIDE, "\n".join([*named[:_LISTED], *more]))
