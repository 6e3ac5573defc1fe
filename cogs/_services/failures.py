"""What a request to Discord may fail with: what Discord answers, and the connection to it."""

from __future__ import annotations

import aiohttp
import discord

# discord.py lets errors of the connection through as aiohttp and the system raise them.
FAILURES = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)


def in_words(error: Exception) -> str:
    """Give what may be logged of such a failure: Discord's numbers, else its kind. Messages quote what was sent."""
    if isinstance(error, discord.HTTPException):
        return f"status {error.status}, code {error.code}"
    return type(error).__name__
