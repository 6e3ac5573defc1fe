"""From what a moderator typed to what they see before they save it, and to what is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cogs._custom_ids.desk_states import AsAnswer, EditAgain, Leaf
from cogs._interactions import sent_forms
from cogs._interactions.callers import caller_of
from cogs._interactions.responses import become, begin, tell
from cogs._moderation import desk_forms
from cogs._moderation.handing_back import FORM_NOT_HELD, hand_back, hand_back_form
from cogs._moderation.uploads import read_upload
from cogs._rendering import desk_layout, reply_layout
from cogs._rendering.desk_layout import Passage
from cogs._rendering.layouts import Button
from cogs._services.services import services_of, storage_of
from knowledge.curation import proposals
from knowledge.curation.changes import WITHDRAWN
from knowledge.curation.differences import differences
from knowledge.curation.refusals import ChangedMeanwhile, Refused
from knowledge.errors import SafeToShow
from knowledge.incidents import report
from knowledge.moderation.filled_form import FilledForm, FormTarget, Part, begun_again, proposed
from knowledge.moderation.unsaved import NOT_HELD, NotHeld, Unsaved

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from cogs._custom_ids.desk_states import AsPhrasing, Discard, Filled, Save
    from cogs._interactions.responses import Interaction
    from cogs._rendering.layouts import Layout
    from knowledge.curation.rights import Caller
    from knowledge.model import AnswerReply, Question
    from knowledge.moderation.views import EntryView, Saved

FILE_IS_READ = "The file is read as the text of one answer. Write the question, and who answered it."
WHICH_ANSWER = 'Choose under "answer" which one is to go.'
GONE_MEANWHILE = (
    "Not saved: the book has no such entry any more. If its question still needs an answer, add it with /answer add."
)
DISCARDED = "Discarded. Nothing was saved."
SAVED = "**Saved.** Members see it from now on."
SAVED_AS_DRAFT = "**Saved as a draft.** Members see it once another moderator has approved it with /review."


async def open_form(interaction: Interaction, number: int, unsaved: Unsaved) -> None:
    """Open the form of an answer, filled with what is held. It has to be the first answer to the interaction."""
    storage = storage_of(interaction.client)
    storage.moderators.look.settings(unsaved.caller)  # refused before anything is typed
    if unsaved == Unsaved(unsaved.caller, FilledForm()):
        number = 0  # nothing to remember, so the form works after a restart too
    else:
        storage.unsaved.put(number, unsaved)
    await sent_forms.open_form(interaction, _form_of(number, unsaved.form or FilledForm(), unsaved.target))


def _form_of(number: int, filled: FilledForm, target: FormTarget | None) -> discord.ui.Modal:
    if target is not None and target.part is Part.QUESTION:
        return desk_forms.question_form(number, filled)
    one_more = target is not None and target.place is None
    title = "Add an answer" if target is None or one_more else "Edit an answer"
    return desk_forms.answer_form(number, filled, title=title, one_more=one_more)


def held_by(interaction: Interaction, draft: int) -> Unsaved:
    """Give what a moderator typed. Raises `Refused` where it is not held, is not theirs, or they are none any more."""
    caller, storage = caller_of(interaction), storage_of(interaction.client)
    storage.moderators.look.settings(caller)
    return replace(storage.unsaved.get(draft, caller), caller=caller)


async def take_form(interaction: Interaction, state: Filled) -> None:
    """Show what a sent form would make of its entry, or hand it back with what is wrong."""
    await begin(interaction)
    caller = caller_of(interaction)
    try:
        held = held_by(interaction, state.draft) if state.draft else Unsaved(caller)
    except NotHeld:
        await hand_back_form(interaction, FORM_NOT_HELD)
        return
    except Refused as refusal:
        await hand_back_form(interaction, str(refusal))
        return
    form = desk_forms.typed_over(held.form or FilledForm(), interaction)
    await propose_form(interaction, replace(held, form=form, proposal=None))


async def propose_form(interaction: Interaction, unsaved: Unsaved) -> None:
    """Show what a filled form would make of its entry. The interaction is acknowledged."""
    storage, form = storage_of(interaction.client), unsaved.form or FilledForm()
    try:
        propose = storage.moderators.propose
        proposal = proposed(propose, unsaved.caller, form, unsaved.target, unsaved.reason)
        await show_proposal(interaction, replace(unsaved, proposal=proposal))
    except ChangedMeanwhile as refusal:
        await _tell_changed(interaction, unsaved, str(refusal))
    except SafeToShow as refusal:
        storage.unsaved.put(interaction.id, unsaved)
        await hand_back(interaction, str(refusal), form, Button("Edit again", EditAgain(interaction.id)))
    except Exception as error:  # noqa: BLE001  # whatever happened, nobody types their text again
        await hand_back(interaction, report(error), form)


async def show_proposal(interaction: Interaction, unsaved: Unsaved, page_warnings: Sequence[str] = ()) -> None:
    """Show a proposal exactly as members would see it, and below that what is to be looked at, with what to do."""
    services, storage = services_of(interaction.client), storage_of(interaction.client)
    if unsaved.proposal is None:
        raise Refused(NOT_HELD)
    number, caller = interaction.id, unsaved.caller
    assessment = await storage.moderators.propose.assess(caller, unsaved.proposal, message=unsaved.message)
    storage.unsaved.put(number, replace(unsaved, preview=assessment.preview))
    await tell(interaction, desk_layout.preview(assessment.preview, number, services.fullness))
    notice = services.desk.notice(server_id=caller.server_id)
    decide = desk_layout.before_saving(assessment, unsaved, number, notice, page_warnings)
    await tell(interaction, decide.layout, decide.file, name="changes.txt")


async def add_file(interaction: Interaction, file: discord.Attachment, unsaved: Unsaved) -> None:
    """Show a page as the entry that it would be; ask for what a mere text lacks. The interaction is acknowledged."""
    moderators = storage_of(interaction.client).moderators
    upload = await read_upload(file, page=unsaved.target is None)
    if upload.page is None:
        title = unsaved.target.seen.title if unsaved.target else ""
        held = replace(unsaved, form=FilledForm(title=title, body=upload.text))
        storage_of(interaction.client).unsaved.put(interaction.id, held)
        rows = ((Button("Write the rest", EditAgain(interaction.id)),),)
        await tell(interaction, reply_layout.plain(FILE_IS_READ, rows))
        return
    page = upload.page
    proposal = moderators.propose.of_page(unsaved.caller, page, reason=unsaved.reason)
    await show_proposal(interaction, replace(unsaved, proposal=proposal), upload.warnings)


async def propose_without(interaction: Interaction, unsaved: Unsaved, seen: EntryView, answer: int | None) -> None:
    """Show an entry as it would be without one of its answers, counted from 1. The interaction is acknowledged."""
    if answer is None:
        raise Refused(WHICH_ANSWER)
    propose, without = storage_of(interaction.client).moderators.propose, proposals.without_answer
    proposal = propose.change(unsaved.caller, seen, without(words_of(seen), answer - 1), unsaved.reason)
    await show_proposal(interaction, replace(unsaved, proposal=proposal))


def words_of(seen: EntryView) -> Question:
    """Give the words that an edit begins from. Raises `Refused` where the entry says nothing now."""
    if seen.newest is None:
        raise Refused(WITHDRAWN)
    return seen.newest


async def save(interaction: Interaction, state: Save) -> None:
    """Save what was proposed, once, however often it is pressed; confirmed only when it is on the disk."""
    await interaction.response.defer()
    caller, storage = caller_of(interaction), storage_of(interaction.client)
    held = replace(storage.unsaved.get(state.draft, caller), caller=caller)
    if held.proposal is None:
        raise Refused(NOT_HELD)
    try:
        saved = await storage.moderators.edit.save(caller, str(state.draft), held.proposal, held.note)
    except ChangedMeanwhile as refusal:
        await _tell_changed(interaction, held, str(refusal))
    except SafeToShow as refusal:
        await hand_back(interaction, str(refusal), held.form)
    except Exception as error:  # noqa: BLE001  # whatever happened, nobody types their text again
        await hand_back(interaction, report(error), held.form)
    else:
        await become(interaction, _saved(interaction, caller, saved))


async def edit_again(interaction: Interaction, state: EditAgain) -> None:
    """Open the form again with what was typed."""
    await open_form(interaction, interaction.id, held_by(interaction, state.draft))


async def discard(interaction: Interaction, state: Discard) -> None:
    """Forget what was proposed."""
    held_by(interaction, state.draft)
    storage_of(interaction.client).unsaved.drop(state.draft)
    await interaction.response.defer()
    await become(interaction, reply_layout.plain(DISCARDED))


async def join(interaction: Interaction, state: AsAnswer | AsPhrasing) -> None:
    """Propose what was typed as one more answer, or its question as a phrasing, of an entry that asks the same."""
    await begin(interaction)
    held, storage = held_by(interaction, state.draft), storage_of(interaction.client)
    caller, seen = held.caller, storage.moderators.look.entry(held.caller, state.entry)
    form = held.form
    if form is None or seen.newest is None:
        raise Refused(NOT_HELD)
    if isinstance(state, AsAnswer):
        form = replace(form, title=seen.newest.title)
        await propose_form(interaction, replace(held, form=form, target=FormTarget(seen, None)))
        return
    question = proposals.with_phrasing(seen.newest, form.title)
    proposal = storage.moderators.propose.change(caller, seen, question)
    unsaved = Unsaved(caller, proposal=proposal, message=held.message, note=held.note)
    await show_proposal(interaction, unsaved)


async def turn_preview(interaction: Interaction, state: Leaf) -> None:
    """Turn a preview to another answer or page."""
    held = held_by(interaction, state.draft)
    if held.preview is None:
        raise Refused(NOT_HELD)
    shown = desk_layout.preview(held.preview, state.draft, services_of(interaction.client).fullness, state)
    await interaction.response.defer()
    await become(interaction, shown)


async def show_reply(interaction: Interaction, reply: AnswerReply) -> None:
    """Show stored words as members would see them, with pages that can be turned. The interaction is acknowledged."""
    services, storage = services_of(interaction.client), storage_of(interaction.client)
    storage.unsaved.put(interaction.id, Unsaved(caller_of(interaction), preview=reply))
    await tell(interaction, desk_layout.preview(reply, interaction.id, services.fullness))


async def _tell_changed(interaction: Interaction, held: Unsaved, sentence: str) -> None:
    """Show what somebody else changed meanwhile, hand the text back, and let it be typed over what there is now."""
    storage, services = storage_of(interaction.client), services_of(interaction.client)
    proposal = held.proposal
    entry_id = proposal.seen.entry_id if proposal else held.target.seen.id if held.target else ""
    before = proposal.original if proposal else held.target.seen.newest if held.target else None
    try:
        now = storage.moderators.look.entry(held.caller, entry_id)
    except Refused:  # the book has dropped it
        await hand_back(interaction, GONE_MEANWHILE, held.form)
        return
    notice = services.desk.notice(server_id=held.caller.server_id)
    passages = [
        Passage("What you saw, and how it stands now:"),
        *desk_layout.changes(differences(before, now.newest), now.newest),
    ]
    shown = desk_layout.told(f"**{sentence}**", passages, notice)
    await tell(interaction, shown.layout, shown.file, name="changes.txt")
    if held.target is None or held.form is None:
        return
    try:
        again = replace(held, target=begun_again(held.target, now), proposal=None)
    except Refused as refusal:
        await hand_back(interaction, str(refusal), held.form)
        return
    storage.unsaved.put(interaction.id, again)
    button = Button("Edit again, from how it stands now", EditAgain(interaction.id))
    await hand_back(interaction, "Here is what you typed.", held.form, button)


def _saved(interaction: Interaction, caller: Caller, saved: Saved) -> Layout:
    notice = services_of(interaction.client).desk.notice(server_id=caller.server_id)
    return desk_layout.done(SAVED_AS_DRAFT if saved.waits else SAVED, saved, notice).layout
