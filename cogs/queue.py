"""The questions that members passed on: `/queue`. Every step looks at what its caller may do at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from cogs._custom_ids.queue_states import (
    AnsweredBy,
    Assigned,
    Dismissed,
    DismissedBecause,
    Dropped,
    PhrasingOf,
    Queued,
    Suggested,
    TakenOver,
)
from cogs._interactions import sent_forms
from cogs._interactions.callers import caller_of
from cogs._interactions.hearing import HearsForms
from cogs._interactions.responses import Interaction, become, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._moderation import desk_forms
from cogs._moderation.handing_back import hand_back_form
from cogs._moderation.proposing import show_proposal
from cogs._rendering import queue_layout
from cogs._rendering.queue_layout import Seen
from cogs._services.services import services_of, storage_of
from knowledge.curation.refusals import Refused
from knowledge.errors import SafeToShow
from knowledge.moderation.filled_form import FilledForm
from knowledge.moderation.looking import NO_SUCH_ENTRY
from knowledge.moderation.queue import ChangedQuestion
from knowledge.moderation.unsaved import Unsaved

if TYPE_CHECKING:
    from discord.ext import commands

    from cogs._custom_ids.states import State
    from cogs._interactions.sent_forms import Form
    from cogs._rendering.layouts import Layout
    from knowledge.curation.rights import Caller


class Queue(HearsForms):
    """What waits, one question at a time, most asked first."""

    @app_commands.command(name="queue", description="See the questions that members passed on and nobody answered yet")
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_messages=True)
    async def queue(self, interaction: Interaction) -> None:
        """Show what is asked most."""
        await begin(interaction)
        await tell(interaction, await _drawn(interaction, 0))

    async def sent(self, interaction: Interaction, form: Form) -> None:
        """Take the form with the reason why a question gets no answer."""
        if isinstance(form, DismissedBecause):
            await _dismiss(interaction, form)

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Do what a button under a question or a wording stands for."""
        await _pressed_or_told(interaction, state)


async def _dismiss(interaction: Interaction, form: DismissedBecause) -> None:
    await interaction.response.defer()
    try:
        await _decide(interaction, form)
    except ChangedQuestion as refusal:
        await _show_how_it_stands(interaction, refusal)
    except SafeToShow as refusal:
        await hand_back_form(interaction, str(refusal))


async def _pressed_or_told(interaction: Interaction, state: State) -> None:
    try:
        await _pressed(interaction, state)
    except ChangedQuestion as refusal:
        await _show_how_it_stands(interaction, refusal)


async def _pressed(interaction: Interaction, state: State) -> None:
    match state:
        case Dismissed():
            caller = caller_of(interaction)
            storage_of(interaction.client).moderators.look.settings(caller)
            await sent_forms.open_form(interaction, desk_forms.dismissal_form(state.waiting, state.number))
        case PhrasingOf():
            await _propose_question(interaction, state)
        case TakenOver():
            await _propose_wording(interaction, state)
        case AnsweredBy(sure=False):
            await interaction.response.defer()
            await _ask_first(interaction, state)
        case Queued() | Assigned() | AnsweredBy():
            await interaction.response.defer()
            await _decide(interaction, state)
        case Suggested() | Dropped():
            await interaction.response.defer()
            await _turn_wordings(interaction, state)


async def _decide(interaction: Interaction, state: Queued | Assigned | AnsweredBy | DismissedBecause) -> None:
    """Do what was decided, and show what waits then."""
    caller, queue, key = caller_of(interaction), storage_of(interaction.client).moderators.queue, str(interaction.id)
    place, said = 0, ""
    match state:
        case Queued():
            place = state.page
        case Assigned():
            await queue.assign(caller, key, state.waiting, state.number)
            place = await _place_of(caller, interaction, state.waiting)
        case AnsweredBy():
            said = _told(await queue.answer(caller, key, state.waiting, state.number, state.entry))
        case DismissedBecause():
            reason = sent_forms.fields_of(interaction).get("reason", "")
            said = _told(await queue.dismiss(caller, key, state.waiting, state.number, reason))
    await become(interaction, await _drawn(interaction, place, said))


async def _ask_first(interaction: Interaction, state: AnsweredBy) -> None:
    """Ask before members are told."""
    caller, services = caller_of(interaction), services_of(interaction.client)
    question = await storage_of(interaction.client).moderators.queue.question(caller, state.waiting)
    entry = services.desk.question(state.entry, server_id=caller.server_id)
    if entry is None:
        raise Refused(NO_SUCH_ENTRY)
    notice = services.desk.notice(server_id=caller.server_id)
    await become(interaction, queue_layout.before_telling(question, entry.title, state, notice))


def _told(askers: int) -> str:
    return f"**Done.** {'The member who asked is' if askers == 1 else f'The {askers} members who asked are'} told."


async def _place_of(caller: Caller, interaction: Interaction, number: int) -> int:
    waiting = await storage_of(interaction.client).moderators.queue.waiting(caller)
    return next((place for place, question in enumerate(waiting) if question.id == number), 0)


async def _drawn(interaction: Interaction, place: int, said: str = "") -> Layout:
    """Draw what waits at a place, or the last of it."""
    caller, services = caller_of(interaction), services_of(interaction.client)
    queue = storage_of(interaction.client).moderators.queue
    waiting = await queue.waiting(caller)
    notice = services.desk.notice(server_id=caller.server_id)
    shown = services.desk.snapshot_of(caller.server_id).questions
    reported = queue_layout.reports(await queue.reported(caller), shown)
    if not waiting:
        return queue_layout.empty(said, reported, notice)
    place = min(place, len(waiting) - 1)
    question, nearest = waiting[place], queue.nearest(caller, waiting[place])
    note = queue.answered_by(caller, question.id)
    storage = storage_of(interaction.client)
    storage.unsaved.put(interaction.id, Unsaved(caller, FilledForm(), message=question.texts[0], note=note))
    suggested = await storage.moderators.phrasings.suggested(caller, question, nearest)
    seen = Seen(question, place, len(waiting), nearest, interaction.id, suggested)
    return queue_layout.page(seen, said, reported if place == 0 else [], notice)


async def _propose_question(interaction: Interaction, state: PhrasingOf) -> None:
    await begin(interaction)
    caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
    question = await moderators.queue.question(caller, state.waiting)
    proposal = moderators.phrasings.proposed(caller, state.entry, question.texts[0])
    note = moderators.queue.answered_by(caller, question.id)
    await show_proposal(interaction, Unsaved(caller, proposal=proposal, note=note))


async def _propose_wording(interaction: Interaction, state: TakenOver) -> None:
    await begin(interaction)
    caller, phrasings = caller_of(interaction), storage_of(interaction.client).moderators.phrasings
    wording = await phrasings.wording(caller, state.wording)
    proposal = phrasings.proposed(caller, wording.entry_id, wording.text)
    note = phrasings.used_wording(caller, wording.id)
    await show_proposal(interaction, Unsaved(caller, proposal=proposal, note=note))


async def _turn_wordings(interaction: Interaction, state: Suggested | Dropped) -> None:
    caller, services = caller_of(interaction), services_of(interaction.client)
    phrasings, said = storage_of(interaction.client).moderators.phrasings, ""
    if isinstance(state, Dropped):
        await phrasings.drop_wording(caller, state.wording)
        said = "Dropped."
    found = await phrasings.next_suggestion(caller, state.wording)
    question = services.desk.question(found.wording.entry_id, server_id=caller.server_id) if found else None
    notice = services.desk.notice(server_id=caller.server_id)
    await become(interaction, queue_layout.suggestion(found, question.title if question else "", said, notice))


async def _show_how_it_stands(interaction: Interaction, refusal: ChangedQuestion) -> None:
    """Say what somebody else did meanwhile, above what waits now."""
    services, caller = services_of(interaction.client), caller_of(interaction)
    shown = services.desk.snapshot_of(caller.server_id).questions
    said = " ".join(filter(None, (f"**{refusal}**", queue_layout.how_it_ended(refusal.ended, shown))))
    await become(interaction, await _drawn(interaction, 0, said))


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Queue(bot))
