"""Carries out on Discord what the outbox holds: what is to be done later, once, across restarts and rate limits.

To add a kind of item:

1. Where its cause is written, in the same transaction, call `knowledge.records.outbox.add(change, Item(kind, key,
   not_before, ...))`. `key` names the cause, such as a question's number: added twice, it is one item, also when it was
   carried out long ago. The worker (`bot.outbox.worker`) is woken by the commit.
2. Write a module `cogs/_outbox/<kind>.py` with `async def carry(client, item) -> Carried`, and add it to `CARRIERS`.
3. A carrier draws from what is true at that moment, not from what was true when the item was added: the asker may have
   left, an answer may have been withdrawn since. With nothing left to do it gives `Done()`.
4. A new message goes through `cogs._outbox.once.send_once`, which never sends it twice: not after a crash, not after an
   answer that was lost. An edit needs no more than to be the same edit when it is made again.
5. Let Discord's refusals out: `told` makes of them what is waited for, tried again, or given up. What is to be written
   when it is done goes into `Done(note=...)`, which ends the item in the same transaction.
"""

from __future__ import annotations

import logging
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from cogs._outbox import answered, backup_fault, book_fault, digest, recall, staff_note
from cogs._services.failures import FAILURES
from cogs._services.services import services_of
from knowledge.content.status import BOOK_FAULT
from knowledge.deliveries.outbox import Failed, Gone, Later
from knowledge.health import BACKUP_FAULT
from knowledge.members.voting import STAFF_NOTE
from knowledge.moderation.digest import KIND as DIGEST
from knowledge.records.notifications import ANSWERED
from knowledge.records.recalls import KIND as RECALL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from knowledge.deliveries.outbox import Carried
    from knowledge.records.outbox import Item

    Carrier = Callable[[discord.Client, Item], Awaitable[Carried]]

log = logging.getLogger(__name__)

CARRIERS: Mapping[str, Carrier] = MappingProxyType(
    {
        ANSWERED: answered.carry,
        BACKUP_FAULT: backup_fault.carry,
        BOOK_FAULT: book_fault.carry,
        DIGEST: digest.carry,
        RECALL: recall.carry,
        STAFF_NOTE: staff_note.carry,
    }
)
# An item that another version of this program has added: it may be back tomorrow.
_UNKNOWN_KIND = 3_600.0
# Discord does not say for how long an archived thread sleeps; somebody has to write there.
_ARCHIVED, _ARCHIVED_WAIT = 50083, 3_600.0
# Where a 429 does not say how long to wait.
_SLOW_DOWN = 60.0
_TOO_MANY, _UNAUTHORIZED = 429, 401
_SERVER_ERRORS = 500


class Outbox(commands.Cog):
    """Connects the outbox while Discord is there."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Begin, now that servers and channels are known; again after a lost session changes nothing."""
        if (line := services_of(self._bot).outbox) is not None:
            line.connect(partial(carry, self._bot))

    async def cog_unload(self) -> None:
        """End with what is being carried out."""
        if (line := services_of(self._bot).outbox) is not None:
            await line.disconnect()


async def carry(client: discord.Client, item: Item) -> Carried:
    """Carry out one item."""
    carrier = CARRIERS.get(item.kind)
    if carrier is None:
        log.warning("The outbox holds an item of a kind that this version does not know: %s", item.kind)
        return Later(_UNKNOWN_KIND)
    try:
        return await carrier(client, item)
    except FAILURES as error:
        return told(error)


def told(error: Exception) -> Carried:
    """Give what a failure of Discord, or on the way there, means for what was tried."""
    if isinstance(error, discord.RateLimited):
        return Later(error.retry_after)
    if not isinstance(error, discord.HTTPException) or error.status >= _SERVER_ERRORS or error.status == _UNAUTHORIZED:
        return Failed()
    if error.status == _TOO_MANY:
        return Later(_wait_of(error))
    if error.code == _ARCHIVED:
        return Later(_ARCHIVED_WAIT)
    return Gone(f"Discord refused: status {error.status}, code {error.code}")


def _wait_of(error: discord.HTTPException) -> float:
    try:
        return float(error.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return _SLOW_DOWN


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Outbox(bot))
