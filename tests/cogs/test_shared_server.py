"""Nobody goes without an answer because it cannot be found out which server they share with the bot."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp
import discord
import pytest

from cogs._services.shared_server import BOOK_ALONE, SharedServers


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError(), OSError(), discord.RateLimited(5.0)])
async def test_where_discord_cannot_be_asked_the_book_alone_answers(error):
    async def fetch_member(_member):
        raise error

    client = SimpleNamespace(guilds=[SimpleNamespace(id=1, fetch_member=fetch_member)])
    shared = SharedServers()
    assert await shared.of(client, 2) == BOOK_ALONE
    assert shared.known(client, 2) is None, "it is asked again the next time"
