"""Logging in at Discord and staying connected; what goes wrong there is told in words where people can mend it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from knowledge.errors import CannotRun

if TYPE_CHECKING:
    from bot.discord.sessions import SessionBudget

_log = logging.getLogger(__name__)

_PORTAL = "https://discord.com/developers/applications"
_BAD_TOKEN = 4004  # the gateway's close code
_PROBE_SECONDS = 15.0


class Unreachable(CannotRun):
    """Nobody answered, or not as Discord does."""


def point_at(api_url: str, gateway_url: str) -> None:
    """Talk to another server that speaks Discord's language, where the settings name one, from the next login on."""
    if api_url:
        Route.BASE = api_url.rstrip("/")
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


async def _log_in(client: discord.Client, sessions: SessionBudget, token: str) -> None:
    """Log in and see that the gateway answers, so that what is wrong is told before a connection is spent."""
    try:
        async with asyncio.timeout(_PROBE_SECONDS):
            await client.login(token)
            _, _, limit = await client.http.get_bot_gateway()
            sessions.told(limit["remaining"], limit["reset_after"] / 1_000)
            gateway = DiscordWebSocket.DEFAULT_GATEWAY.with_query(v="10", encoding="json")
            async with aiohttp.ClientSession() as web, web.ws_connect(gateway) as socket:
                await socket.receive()
    except (discord.LoginFailure, ValueError):
        raise CannotRun(
            f"Discord refused the token. Make a new one on your application's Bot page at {_PORTAL} and put it into "
            "DISCORD_TOKEN, or into the file named by DISCORD_TOKEN_FILE."
        ) from None
    except (aiohttp.ClientError, OSError, TimeoutError, discord.HTTPException, discord.GatewayNotFound) as error:
        raise _unreachable(error) from None


async def connect(client: discord.Client, sessions: SessionBudget, token: str) -> None:
    """Log in and stay connected. What ends it for good is raised, in words where people can mend it."""
    await _log_in(client, sessions, token)
    if pause := sessions.spread:
        _log.warning("Discord allows only few more sessions today; the next one begins in %.0f seconds", pause)
        await asyncio.sleep(pause)
    try:
        await client.connect()
    except discord.PrivilegedIntentsRequired:
        raise CannotRun(
            "Discord refused the message-content intent, which watched channels need. Switch on Message Content Intent "
            f"on your application's Bot page at {_PORTAL}, or set `message_content = false` and take the "
            "channels out of `watch` in the settings."
        ) from None
    except discord.ConnectionClosed as closed:
        if closed.code == _BAD_TOKEN:
            raise CannotRun(f"Discord refused the token. Make a new one on the Bot page at {_PORTAL}.") from None
        raise
    except (aiohttp.ClientError, OSError) as error:
        raise _unreachable(error) from None


def _unreachable(error: Exception) -> Unreachable:
    return Unreachable(
        f"Discord cannot be reached ({type(error).__name__}). Is this machine online, and are api_url and gateway_url "
        "in the settings right or empty? Discord's own state stands at https://discordstatus.com."
    )
