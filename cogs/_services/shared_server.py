"""Which one server a member shares with the bot: whose answers they get in a direct message.

Discord does not tell of members without an intent of its own, so the bot's servers are asked whether they know one.
What is known is kept for a while, and nobody waits long for what is not: without it, the book alone answers.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from cogs._services.failures import FAILURES, in_words

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

BOOK_ALONE = ""
# A bot in more servers than this does not ask around: its members get the book alone in direct messages.
MOST_SERVERS = 25
# Whoever left or joined a server is noticed after so many seconds.
KNOWN_FOR_SECONDS = 600
WAIT_SECONDS = 1.5
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found out about a member, when, and among which servers."""

    server: str
    at: float
    among: frozenset[int]


class SharedServers:
    """`clock` gives seconds that never go back. Kept are ids, in memory and bounded."""

    def __init__(
        self,
        clock: Callable[[], float] = lambda: time.monotonic(),  # noqa: PLW0108  # tests run on a clock of their own
    ) -> None:
        self._clock = clock
        self._known: OrderedDict[int, _Known] = OrderedDict()

    def known(self, client: discord.Client, member: int) -> str | None:
        """Give from memory the one server that a member shares with the bot, "" for none or several."""
        found = self._known.get(member)
        if found is None or self._clock() - found.at >= KNOWN_FOR_SECONDS or found.among != _ids(client):
            return None
        return found.server

    async def of(self, client: discord.Client, member: int) -> str:
        """Give the one server that a member shares with the bot; "" for none, several, or what nobody can tell soon."""
        known = self.known(client, member)
        if known is not None:
            return known
        guilds = client.guilds
        if len(guilds) > MOST_SERVERS:
            return BOOK_ALONE
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                there = await asyncio.gather(*(_has(guild, member) for guild in guilds))
        except FAILURES as error:
            log.info("It could not be found out which servers a member shares: %s", in_words(error))
            return BOOK_ALONE
        shared = [str(guild.id) for guild, is_there in zip(guilds, there, strict=True) if is_there]
        server = shared[0] if len(shared) == 1 else BOOK_ALONE
        self._known[member] = _Known(server, self._clock(), frozenset(guild.id for guild in guilds))
        self._known.move_to_end(member)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return server


async def _has(guild: discord.Guild, member: int) -> bool:
    try:
        await guild.fetch_member(member)
    except discord.NotFound:
        return False
    return True


def _ids(client: discord.Client) -> frozenset[int]:
    return frozenset(guild.id for guild in client.guilds)
