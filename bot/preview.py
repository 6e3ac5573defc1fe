"""The very Discord bot in a local browser page: SimCord plays Discord, its preview is the page."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import discord
import simcord

from bot.process.signals import end_on_signals
from knowledge.errors import CannotRun
from knowledge.tasks import break_off, in_background

if TYPE_CHECKING:
    from collections.abc import Callable

    from discord.ext import commands
    from simcord.preview import Preview

    from knowledge.content.library import Snapshot

_TICK = 1.0  # seconds between two steps of the page's clock


def welcome(snapshot: Snapshot) -> str:
    """Give the bot's first message: what to try, with an example that the book can answer."""
    examples = [text for question in snapshot.questions.values() for text in question.examples]
    example = f"\n\nTry: *{discord.utils.escape_markdown(examples[0])}*" if examples else ""
    return (
        "**Ask me something**\n"
        "- Write a question below, as in any chat. I answer when I am sure, and am silent otherwise.\n"
        "- Reply to this message to ask me directly. Then I also tell you when I have no answer.\n"
        "- Type /ask to get an answer that only you see.\n"
        "- Act as max, who moderates and administers here, and type /answer add or /settings. What you save goes when "
        f"the page closes.{example}"
    )


async def show(
    bot: commands.Bot, *, port: int, watch: Callable[[int], None], greeting: str, opened: Callable[[str], None]
) -> None:
    """Serve the page until it is closed, or SIGINT or SIGTERM arrives.

    `watch` is told of the page's channel by its id, and the bot opens that with `greeting`. `opened` is told the page's
    address; whoever has it can act there. `port` 0 means any that is free. Raises `CannotRun` when the page cannot be
    served.
    """
    with end_on_signals() as end:
        async with simcord.run(bot, check_errors=False) as env:
            channel, viewers = await furnish(env, bot, greeting)
            watch(channel.id)
            try:
                async with env.preview(channel, viewers=viewers, layout="channel", port=port or None) as page:
                    opened(page.url)
                    await _until(end.asked, page, env)
            except simcord.SetupError as refused:
                raise CannotRun(f"The page cannot be served on port {port}. Name another one with --port.") from refused


async def furnish(
    env: simcord.Env, bot: commands.Bot, greeting: str
) -> tuple[simcord.ChannelHandle, list[simcord.MemberActor]]:
    """Make a server with one channel, which the bot opens with `greeting`, a member and a moderator; give these."""
    guild = env.create_guild(name="Preview")
    channel = guild.create_text_channel("ask-a-doctor")
    moderators = guild.create_role(
        "Moderators", permissions=discord.Permissions(manage_messages=True, manage_guild=True)
    )
    people = [guild.add_member(env.create_user("ann")), guild.add_member(env.create_user("max"), roles=[moderators])]
    if bot.user:
        await bot.user.edit(username="Second Opinion")
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.TextDisplay(greeting))
    room = bot.get_partial_messageable(channel.id)
    await room.send(view=view, allowed_mentions=discord.AllowedMentions.none())
    return channel, people


async def _until(over: asyncio.Event, page: Preview, env: simcord.Env) -> None:
    """Keep the page's clock going until somebody ends it."""
    ends = [asyncio.create_task(over.wait()), asyncio.create_task(page.wait_closed())]
    async with in_background(_tick(env)):
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        await break_off(*ends)


async def _tick(env: simcord.Env) -> None:
    """Let SimCord's time pass, which stands still by itself: views time out and loops run on it alone."""
    while True:
        await asyncio.sleep(_TICK)
        with suppress(simcord.SetupError):  # the page is acting just now; the next tick does
            await env.advance_time(_TICK)
