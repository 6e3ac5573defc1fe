"""Take the pictures of docs/moderators.md anew: act as moderators do, photograph what they see.

    .venv/bin/python docs/pictures/moderators.py

Needs the extra `preview` and Chromium. The pictures go beside this file.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import simcord
from replies import LAST, MESSAGES, PICTURES, ROOT, Screen, browser

from bot.backend import open_backend
from bot.config import Config, StorageSettings
from bot.discord.client import build_client
from bot.store.folder import DATABASE
from cogs._custom_ids.reply_states import Listed
from cogs._custom_ids.states import written
from knowledge.content.contents import topic_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

SCREEN = Screen("wide", 1000, 1.0, mobile=False)
ANSWER = {
    "title": "How long do mosquito bites itch?",
    "headline": "A few days, and longer if you scratch",
    "body": (
        "The itch is your body's answer to the mosquito's saliva. It fades within a few days by itself.\n\n"
        "Scratching keeps it going, so cool the bite instead. Drops of hydroxyzine are for a doctor to prescribe."
    ),
    "name": "Jo Kim, MD",
    "credentials": "",
}
TRIED = "my left cheek keeps twitching, would botox help?"


async def scenes(env: simcord.Env, bot: Any) -> AsyncIterator[tuple[str, Any, Any, int]]:  # noqa: ANN401  # SimCord's
    """Act, and give after each act a picture's name, the channel, who looks on, and how many messages are in it."""
    guild = env.create_guild(name="Pictures")
    rights = discord.Permissions(manage_messages=True, manage_guild=True)
    moderators = guild.create_role("Moderators", permissions=rights)
    mo, max_ = (guild.add_member(env.create_user(name), roles=[moderators]) for name in ("mo", "max"))
    await bot.user.edit(username="Second Opinion")

    adding = guild.create_text_channel("adding")
    done = await max_.submit_modal(await max_.slash(adding, "answer add"), ANSWER)
    yield "answer-add", adding, max_, 2
    await max_.click(done.followups[-1], label="Save")
    (entry,) = [
        found["value"] for found in await max_.autocomplete(adding, "answer show", "entry", "how long mosquito")
    ][:1]

    form = await mo.slash(adding, "answer edit", entry=entry, reason="the credentials were missing")
    filled = {**ANSWER, "credentials": "Boston Dermatologist"}
    await mo.click((await mo.submit_modal(form, filled)).followups[-1], label="Save")
    editing = guild.create_text_channel("editing")
    form = await max_.slash(editing, "answer edit", entry=entry, part="question", reason="so that /browse lists it")
    asked = {
        "title": ANSWER["title"],
        "details": "They woke me up twice last night.",
        "topics": "insect bites\nitching",
    }
    await max_.submit_modal(form, asked)
    yield "answer-edit", editing, max_, 2
    await max_.slash(adding, "answer withdraw", entry=entry, reason="a better answer is on its way")
    past = guild.create_text_channel("history")
    await max_.slash(past, "answer history", entry=entry)
    yield "history", past, max_, 1

    trying = guild.create_text_channel("trying")
    await max_.slash(trying, "try", text=TRIED)
    yield "try", trying, max_, 1

    choosing = guild.create_text_channel("choosing")
    panel = (await max_.slash(choosing, "settings")).response
    yield "settings", choosing, max_, 1
    await max_.select(panel, ["listening"], custom_id="settings:page:to")
    await max_.select(panel, [guild.create_text_channel("skin-questions")], custom_id="settings:choose:watched")
    await max_.select(panel, ["answers"], custom_id="settings:page:to")
    await max_.select(panel, ["careful"], custom_id="settings:choose:care")
    yield "settings-answers", choosing, max_, 1
    await max_.select(panel, ["moderators"], custom_id="settings:page:to")
    await max_.select(panel, ["all"], custom_id="settings:choose:review")
    waiting = guild.create_text_channel("review")
    done = await mo.submit_modal(
        await mo.slash(adding, "answer add"), {**ANSWER, "title": "Do mosquito bites itch at night?"}
    )
    await mo.click(done.followups[-1], label="Save")
    await max_.slash(waiting, "review")
    yield "review", waiting, max_, 2


def make_busy(database: Path, server: str) -> None:
    """Count for a server what a month might bring, in the database of the bot that runs."""
    today, numbers = int(time.time()) // 86_400, random.Random(8)  # noqa: S311  # a picture
    kinds = (
        ("answered", 7, "cheek-twitching-botox"),
        ("answered", 4, "botox-how-long-lasts"),
        ("answered", 3, "ibuprofen-and-alcohol"),
        ("asked-back", 2, "botox-while-pregnant"),
        ("chosen", 3, "eyelid-twitching"),
        ("missed", 2, "botox-for-migraine"),
        ("missed", 2, ""),
        ("silent", 90, ""),
        ("unsure", 3, "dissolve-lip-filler"),
        ("other", 1, ""),
    )
    rows = [
        (day, server, kind, entry, numbers.randint(0, most))
        for day in range(today - 45, today + 1)
        for kind, most, entry in kinds
    ]
    rows.append((today - 3, server, "emergency", "", 1))
    votes = [(day, server, "cheek-twitching-botox", "helpful", 2) for day in range(today - 45, today + 1, 3)]
    votes += [(day, server, "eyelid-twitching", "unclear", 1) for day in range(today - 45, today + 1, 9)]
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(
            "INSERT INTO counts (day, server_id, counted, entry_id, number) VALUES (?, ?, ?, ?, ?)", rows
        )
        connection.executemany("INSERT INTO vote_counts VALUES (?, ?, ?, ?, ?)", votes)


async def later_scenes(env: simcord.Env, database: Path) -> AsyncIterator[tuple[str, Any, Any, int]]:
    """Look through what there is, and at what became of the questions."""
    guild = env.create_guild(name="Busy")
    rights = discord.Permissions(manage_messages=True)
    ann = guild.add_member(env.create_user("ann"))
    max_ = guild.add_member(env.create_user("max"), roles=[guild.create_role("Moderators", permissions=rights)])
    rooms = {name: guild.create_text_channel(name) for name in ("topics", "questions", "help", "stats")}

    await ann.slash(rooms["topics"], "browse")
    yield "browse-topics", rooms["topics"], ann, 1
    listed = await ann.slash(rooms["questions"], "browse")
    await ann.select(listed.response, [written(Listed(topic_key("botox")))], custom_id="choose:0")
    yield "browse-questions", rooms["questions"], ann, 1
    await ann.slash(rooms["help"], "help")
    yield "help", rooms["help"], ann, 1
    make_busy(database, str(guild.id))
    await max_.slash(rooms["stats"], "stats")
    yield "stats", rooms["stats"], max_, 1


async def chained(*parts: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """Give what each of the parts gives, one after the other."""
    for part in parts:
        async for one in part:
            yield one


async def photograph(acted: Callable[[simcord.Env, Any, Path], AsyncIterator[tuple[str, Any, Any, int]]]) -> None:
    """Take a picture after each scene that is acted with a bot of its own; it keeps things in the database named."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(storage=StorageSettings(path=Path(folder)))
        async with open_backend(config, samples=True) as backend:
            bot = build_client(backend.desk, config.discord, backend=backend)
            async with browser() as page, simcord.run(bot) as env:
                async for name, channel, viewer, messages in acted(env, bot, Path(folder) / DATABASE):
                    async with env.preview(channel, viewers=[viewer], layout="channel") as shown:
                        await page.call("Page.navigate", url=shown.url)
                        ready = f"window.simcordPreview?.ready && {MESSAGES}.length >= {messages} && {LAST}"
                        await page.until(f"!!({ready})")
                        file = PICTURES / f"{name}.png"
                        await page.photograph(SCREEN, file, messages)
                        sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    asyncio.run(photograph(lambda env, bot, database: chained(scenes(env, bot), later_scenes(env, database))))
