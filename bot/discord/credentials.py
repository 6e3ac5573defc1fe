"""Secrets, from the environment alone. They are never settings, never printed, never logged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import CannotRun

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOW = (
    "Put the bot's token into the environment variable DISCORD_TOKEN, or into a file named by DISCORD_TOKEN_FILE. "
    "You find the token on your application's Bot page at https://discord.com/developers/applications."
)


def discord_token(environment: Mapping[str, str]) -> str:
    """Give the token from `DISCORD_TOKEN`, else from the file named by `DISCORD_TOKEN_FILE`, or raise `CannotRun`."""
    if token := environment.get("DISCORD_TOKEN", "").strip():
        return token
    named = environment.get("DISCORD_TOKEN_FILE", "").strip()
    if not named:
        raise CannotRun(f"There is no token to log in with. {_HOW}")
    try:
        token = Path(named).read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError, ValueError):
        raise CannotRun(
            "The file named by DISCORD_TOKEN_FILE cannot be read. Does it exist, and is it yours?"
        ) from None
    if not token:
        raise CannotRun(f"The file named by DISCORD_TOKEN_FILE is empty. {_HOW}")
    return token
