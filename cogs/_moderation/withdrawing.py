"""Taking answers from what members see, and bringing them back. Each is one change, told when it is on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._interactions.callers import caller_of
from cogs._interactions.responses import begin, tell
from cogs._rendering import desk_layout
from cogs._services.services import services_of, storage_of
from knowledge.curation.entry import Action
from knowledge.curation.refusals import Refused

if TYPE_CHECKING:
    from cogs._interactions.responses import Interaction
    from knowledge.curation.rights import Caller
    from knowledge.moderation.views import EntryView, Saved

WITHDRAWN = "**Withdrawn.** Members see nothing of it from now on. /answer restore brings it back."
EXPERT_WITHDRAWN = "**Withdrawn.** Members see no answer of this expert any more, in any of these entries."
RESTORED = "**Restored.** Members see it from now on."
RESTORED_AS_DRAFT = "**Restored as a draft.** Members see it once another moderator has approved it with /review."
# As the number of a revision: no revision of this server, but the book's own entry.
THE_BOOKS = 0
SAY_WHICH = "Which revision? /answer history shows their numbers."


async def withdraw(interaction: Interaction, entry: str, reason: str) -> None:
    """Withdraw one entry."""
    await begin(interaction)
    caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
    seen = moderators.look.entry(caller, entry)
    saved = await moderators.edit.withdraw(caller, str(interaction.id), seen.version, reason)
    await _tell_done(interaction, caller, WITHDRAWN, saved)


async def withdraw_expert(interaction: Interaction, name: str, reason: str) -> None:
    """Withdraw everything by one expert."""
    await begin(interaction)
    caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
    saved = await moderators.edit.withdraw_expert(caller, str(interaction.id), name, reason)
    await _tell_done(interaction, caller, EXPERT_WITHDRAWN, saved)


async def restore(interaction: Interaction, entry: str, revision: int | None, reason: str) -> None:
    """Restore a revision, 0 for the book's entry; without one, what was shown before the entry was withdrawn."""
    await begin(interaction)
    caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
    seen = moderators.look.entry(caller, entry)
    key = str(interaction.id)
    number = await _taken_away(interaction, caller, seen) if revision is None else revision
    if number in (None, THE_BOOKS):
        saved = await moderators.edit.follow_book(caller, key, seen.version, reason)
    else:
        saved = await moderators.edit.restore(caller, key, seen.version, number, reason)
    await _tell_done(interaction, caller, RESTORED_AS_DRAFT if saved.waits else RESTORED, saved)


async def _taken_away(interaction: Interaction, caller: Caller, seen: EntryView) -> int | None:
    """Give the revision that the last withdrawal took away, or None where that was the book's own entry."""
    history = await storage_of(interaction.client).moderators.look.history(caller, seen.id)
    last = history.own[-1] if history.own else None
    if last is None or last.action is not Action.WITHDRAW:
        raise Refused(SAY_WHICH)
    return last.target


async def _tell_done(interaction: Interaction, caller: Caller, sentence: str, saved: Saved) -> None:
    notice = services_of(interaction.client).desk.notice(server_id=caller.server_id)
    done = desk_layout.done(sentence, saved, notice, always_counted=sentence in {WITHDRAWN, EXPERT_WITHDRAWN})
    await tell(interaction, done.layout, done.file, name="entries.txt")
