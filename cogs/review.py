"""Answers that wait for another moderator: `/review`, approve, reject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from cogs._custom_ids.desk_states import Approve, KeepOurs, Past, Reject, RejectedBecause, TakeBooks, Waiting
from cogs._interactions import sent_forms
from cogs._interactions.callers import caller_of
from cogs._interactions.hearing import HearsForms
from cogs._interactions.responses import Interaction, become, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._moderation import desk_forms, entry_history, overriding
from cogs._moderation.handing_back import hand_back_form
from cogs._moderation.proposing import show_reply
from cogs._rendering import desk_layout, reply_layout
from cogs._rendering.desk_layout import Passage, Told
from cogs._rendering.layouts import Button
from cogs._services.services import services_of, storage_of
from knowledge.curation.changes import OWN_DRAFT
from knowledge.curation.differences import differences
from knowledge.curation.entry import Version
from knowledge.errors import SafeToShow

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._custom_ids.states import State
    from cogs._interactions.sent_forms import Form

NOTHING_WAITS = "Nothing waits for review."
APPROVED = "**Approved.** Members see it from now on."
REJECTED = "**Rejected.** What members see stays as it was; the draft's words stay in the history."


class Review(HearsForms):
    """What waits, one draft at a time. Nobody approves what they had a part in: the rules see to that."""

    @app_commands.command(name="review", description="See the answers that wait for another moderator's approval")
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_messages=True)
    async def review(self, interaction: Interaction) -> None:
        """Show the first draft that waits."""
        await _show_waiting(interaction, 0)

    async def sent(self, interaction: Interaction, form: Form) -> None:
        """Take the form with the reason of a rejection."""
        if isinstance(form, RejectedBecause):
            await _reject(interaction, form)

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Do what a button under a draft, or under a history, stands for."""
        match state:
            case Waiting():
                await _show_waiting(interaction, state.page)
            case Approve():
                await _approve(interaction, state)
            case Reject():
                storage_of(interaction.client).moderators.look.settings(caller_of(interaction))
                await sent_forms.open_form(interaction, desk_forms.reason_form(state.entry, state.number))
            case KeepOurs() | TakeBooks():
                await overriding.decide(interaction, state)
            case Past():
                await entry_history.turn_history(interaction, state)


async def _show_waiting(interaction: Interaction, place: int) -> None:
    await begin(interaction)
    caller, services = caller_of(interaction), services_of(interaction.client)
    look = storage_of(interaction.client).moderators.look
    waiting, to_decide = look.waiting(caller), list(overriding.to_decide(look.outdated(caller)))
    notice = services.desk.notice(server_id=caller.server_id)
    if not waiting:
        shown = (
            desk_layout.told(NOTHING_WAITS, to_decide, notice) if to_decide else Told(reply_layout.plain(NOTHING_WAITS))
        )
        await tell(interaction, shown.layout, shown.file, name="to-decide.txt")
        return
    place %= len(waiting)
    view = waiting[place]
    if view.draft is None:
        raise AssertionError("what waits has a draft")
    authors = ", ".join(f"<@{one}>" for one in sorted(view.drafted_by))
    heading = f"**{place + 1} of {len(waiting)} that wait.** Above is what members would see. Written by {authors}."
    passages = [Passage("Members see nothing of it now.")] if view.shown is None else []
    passages += desk_layout.changes(differences(view.shown, view.draft), view.draft) if view.shown else []
    is_own = caller.user_id in view.drafted_by
    passages += [Passage(OWN_DRAFT)] if is_own else []
    row = [] if is_own else [Button("Approve", Approve(view.id, view.version.number))]
    row += [Button("Reject", Reject(view.id, view.version.number))]
    row += [Button("Next", Waiting(place + 1))] if len(waiting) > 1 else []
    told = desk_layout.told(heading, [*passages, *to_decide], notice, (tuple(row),))
    await show_reply(interaction, services.desk.reply(view.draft, server_id=caller.server_id))
    await tell(interaction, told.layout, told.file, name="changes.txt")


async def _approve(interaction: Interaction, state: Approve) -> None:
    await interaction.response.defer()
    caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
    # Each press of a double click is an interaction of its own; what both ask for is the same.
    key = f"approve:{state.entry}:{state.number}:{caller.user_id}"
    saved = await moderators.edit.approve(caller, key, Version(state.entry, state.number))
    notice = services_of(interaction.client).desk.notice(server_id=caller.server_id)
    await become(interaction, desk_layout.done(APPROVED, saved, notice).layout)


async def _reject(interaction: Interaction, state: RejectedBecause) -> None:
    await begin(interaction)
    caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
    reason = sent_forms.fields_of(interaction).get("reason", "")
    try:
        await moderators.edit.reject(caller, str(interaction.id), Version(state.entry, state.number), reason)
    except SafeToShow as refusal:
        await hand_back_form(interaction, str(refusal))
        return
    notice = services_of(interaction.client).desk.notice(server_id=caller.server_id)
    await tell(interaction, desk_layout.told(REJECTED, [Passage(f"Entry: {state.entry}")], notice).layout)


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Review(bot))
