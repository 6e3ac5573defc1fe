"""What moderators have typed and not saved yet: in memory, for as long as there is room."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.curation.refusals import Refused

if TYPE_CHECKING:
    from knowledge.curation.settings import Caller
    from knowledge.model import AnswerReply
    from knowledge.moderation.filled_form import Editing, FilledForm
    from knowledge.moderation.views import Note, Proposal

NOT_HELD = (
    "Nothing was saved. What you typed is not held any more, because the bot was started again or it was long ago. "
    "If it still stands in the message above, copy it from there, and begin anew."
)


class NotHeld(Refused):
    """What somebody goes on with is not held any more, or never was theirs."""

    def __init__(self) -> None:
        super().__init__(NOT_HELD)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What one person wants to save: the filled form where there is one, what it changes, and what came of it.

    `message` is the member's that it is written for, or "". `preview` is what members would see.
    `note` is written with it: a question that it answers, or a wording that it takes over, waits no longer then.
    """

    caller: Caller
    form: FilledForm | None = None
    editing: Editing | None = None
    proposal: Proposal | None = None
    preview: AnswerReply | None = None
    message: str = ""
    reason: str = ""
    note: Note | None = None


class UnsavedWork:
    """Holds `most` pieces of work, each under the number of the request that made it; the oldest is forgotten first."""

    def __init__(self, most: int = 1_000) -> None:
        self._most = most
        self._held: OrderedDict[int, Unsaved] = OrderedDict()

    def put(self, number: int, unsaved: Unsaved) -> None:
        """Hold it."""
        self._held[number] = unsaved
        self._held.move_to_end(number)
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def get(self, number: int, caller: Caller) -> Unsaved:
        """Give what `caller` typed. Raises `NotHeld` where it is not held, or is another person's or server's."""
        unsaved = self._held.get(number)
        whose = (unsaved.caller.server_id, unsaved.caller.user_id) if unsaved else None
        if unsaved is None or whose != (caller.server_id, caller.user_id):
            raise NotHeld
        return unsaved

    def drop(self, number: int) -> None:
        """Hold it no longer."""
        self._held.pop(number, None)
