"""Take the pictures of questions that are passed on to moderators anew, from the member's press to the queue.

    .venv/bin/python docs/pictures/questions.py

Needs the extra `preview` and Chromium. The pictures go beside this file.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import discord
from moderators import photograph

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import simcord

ASKED = (
    "why do my fingers go white in the cold?",
    "why do fingers go so white in the cold",
)
HERE = "Ask, and tell me in this channel"


async def scenes(env: simcord.Env, bot: Any, _database: Path) -> AsyncIterator[tuple[str, Any, Any, int]]:  # noqa: ANN401  # SimCord's
    """Act, and give after each act a picture's name, the channel, who looks on, and how many messages are in it."""
    guild = env.create_guild(name="Pictures")
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))
    max_ = guild.add_member(env.create_user("max"), roles=[moderators])
    ann, bea = (guild.add_member(env.create_user(name)) for name in ("ann", "bea"))
    await bot.user.edit(username="Second Opinion")

    asking = guild.create_text_channel("ask-a-doctor")
    await ann.send(asking, f"{bot.user.mention} {ASKED[0]}")
    offer = await ann.click(asking.last_message, label="Ask the moderators")
    yield "pass-on", asking, ann, 2
    await ann.click(offer.response, label=HERE)
    await bea.send(asking, f"{bot.user.mention} {ASKED[1]}")
    offer = await bea.click(asking.last_message, label="Ask the moderators")
    await bea.click(offer.response, label=HERE)

    queue = guild.create_text_channel("queue")
    await max_.slash(queue, "queue")
    yield "queue", queue, max_, 1

    private = guild.create_text_channel("privacy")
    await ann.slash(private, "privacy")
    yield "privacy", private, ann, 1


if __name__ == "__main__":
    asyncio.run(photograph(scenes))
