"""What moderators have typed and not saved yet: in memory, for as long as there is room.

The member's words that it is written for go after an hour.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from knowledge.curation.refusals import Refused
from knowledge.tasks import in_background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from knowledge.curation.rights import Caller
    from knowledge.model import AnswerReply
    from knowledge.moderation.filled_form import FilledForm, FormTarget
    from knowledge.moderation.views import Note, Proposal

NOT_HELD = (
    "Nothing was saved. What you typed is not held any more, because the bot was started again or it was long ago. "
    "If it still stands in the message above, copy it from there, and begin anew."
)
# As long as a member's own words are held that they may pass on.
MESSAGES_LAST = timedelta(hours=1)
_LOOK = 60.0  # seconds


class NotHeld(Refused):
    """What somebody goes on with is not held any more, or never was theirs."""

    def __init__(self) -> None:
        super().__init__(NOT_HELD)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What one person wants to save: the filled form where there is one, what it changes, and what came of it.

    `message` is the member's that it is written for, or "", also where that is not held any more. `preview` is what
    members would see. `note` is written with it: a question that it answers, or a wording that it takes over, waits no
    longer then.
    """

    caller: Caller
    form: FilledForm | None = None
    target: FormTarget | None = None
    proposal: Proposal | None = None
    preview: AnswerReply | None = None
    message: str = ""
    reason: str = ""
    note: Note | None = None


class UnsavedWork:
    """Holds `most` pieces of work, each under the number of the request that made it; the oldest is forgotten first."""

    def __init__(self, clock: Callable[[], datetime], most: int = 1_000) -> None:
        self._clock = clock
        self._most = most
        self._held: OrderedDict[int, Unsaved] = OrderedDict()
        # Since when a member's message is held, by the number of the work: the oldest first.
        self._messages: OrderedDict[int, datetime] = OrderedDict()

    @asynccontextmanager
    async def messages_let_go(self) -> AsyncIterator[None]:
        """Let go of members' messages in time, looking every minute until this is left."""
        async with in_background(self._look_for_ever()):
            yield

    def put(self, number: int, unsaved: Unsaved) -> None:
        """Hold it."""
        self._held[number] = unsaved
        self._held.move_to_end(number)
        if unsaved.message:
            self._messages[number] = self._clock()
            self._messages.move_to_end(number)
        while len(self._held) > self._most:
            self.drop(next(iter(self._held)))

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
        self._messages.pop(number, None)

    def let_go_of_messages(self) -> None:
        """Hold no member's message any longer that was held for its time."""
        now = self._clock()
        while self._messages and now - next(iter(self._messages.values())) > MESSAGES_LAST:
            number, _ = self._messages.popitem(last=False)
            self._held[number] = replace(self._held[number], message="")

    async def _look_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            self.let_go_of_messages()
