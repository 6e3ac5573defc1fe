"""Private replies that may still be edited: Discord lets nobody do that but through the interaction they answered."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import discord

# Discord's own is 15 minutes; an edit on its last second would fail.
_LIFE_SECONDS = 14 * 60.0
_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class PrivateReply:
    """By what a private reply may be edited, until when on the monotonic clock, and for whom it is drawn.

    `caution` is the category of the alarm whose line stands above, or "".
    """

    webhook: discord.Webhook
    until: float
    asker: int
    caution: str


class PrivateReplies:
    """By what private replies may be edited, in memory alone and no longer than that is good for.

    An interaction itself is not kept: it holds what the member typed.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[int, PrivateReply] = OrderedDict()

    def keep(self, reply: int, interaction: discord.Interaction[Any], caution: str = "") -> None:
        """Remember by what a reply may be edited; a later interaction takes the place of an earlier one."""
        now = time.monotonic()
        self._kept.pop(reply, None)
        self._kept[reply] = PrivateReply(interaction.followup, now + _LIFE_SECONDS, interaction.user.id, caution)
        while len(self._kept) > _KEPT or next(iter(self._kept.values())).until < now:
            self._kept.popitem(last=False)

    def find(self, reply: int) -> PrivateReply | None:
        """Give by what a reply may be edited, or None where it is too late."""
        found = self._kept.get(reply)
        return found if found is not None and found.until > time.monotonic() else None
