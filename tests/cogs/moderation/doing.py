"""What moderators do in these tests, and what they see."""

from __future__ import annotations

import asyncio

from cogs._rendering.layouts import Button, Layout, Tone
from cogs._rendering.view import view
from tests.cogs.showing import shown
from tests.scale import LONG

FORM = {
    "title": "Why do mosquito bites itch so much?",
    "headline": "Histamine, and your own immune system",
    "body": "Your body answers the mosquito's saliva with histamine, which makes nearby nerves itch for days.",
    "name": "Jo Kim, MD",
    "credentials": "Boston Dermatologist",
}


async def add(house, who=None, channel=None, **changed):
    """Open the form and send it; give what was answered: the preview, and what is to be decided."""
    who, channel = who or house.max, channel or house.channel
    form = await who.slash(channel, "answer add")
    return await who.submit_modal(form, {**FORM, **changed})


def filled_in(form):
    """Give what a form was opened with, by field."""
    fields = [row["component"] for row in form._interaction.modal["components"]]
    return {field["custom_id"]: field.get("value", "") for field in fields}


async def submit(who, form, **changed):
    """Send a form with some fields changed."""
    return await who.submit_modal(form, {**filled_in(form), **changed})


def last(result):
    """Give the last message of the answer to an interaction."""
    return result.followups[-1] if result.followups else result.response


async def save(house, done, who=None):
    """Press Save under a proposal and give what became of that message."""
    return await (who or house.max).click(last(done), label="Save")


async def added(house, who=None, channel=None, **changed):
    return await save(house, await add(house, who, channel, **changed), who)


def all_shown(result):
    """Give every text of the answer to an interaction, followups included, as one."""
    messages = [result.response] if result.response else []
    return "\n".join("\n".join(shown(message)) for message in (*messages, *result.followups))


def texts_of(result):
    return [shown(message) for message in ([result.response] if result.response else []) + list(result.followups)]


def file_of(house, result):
    """Give the text of the file that came with an answer."""
    messages = [result.response] if result.response else []
    (attached,) = [file for message in (*messages, *result.followups) for file in message.attachments]
    return house.env.backend.cdn.get(attached.url).decode()


async def forged(house, who, state, channel=None):
    """Press a button that `who` was never offered: the bot is made to show it to everybody."""
    room = house.env.bot.get_partial_messageable((channel or house.channel).id)
    message = await room.send(view=view(Layout(Tone.PLAIN, (("x",),), ((Button("forged", state),),))))
    return await who.click(message, label="forged")


async def choose(house, **settings):
    """Choose settings as an admin of the server does."""
    administer = house.env.bot.services.storage.moderators.administer
    await administer.change_settings(house.admin_caller, str(settings), lambda now: now.choosing(**settings))


async def told_of(channel, saying="", count=1):
    """Wait until the bot has written `count` messages there that say something, and give them, oldest first."""

    def found():
        return [one for one in channel.history() if one.author.bot and saying in "\n".join(shown(one))]

    async with asyncio.timeout(LONG):
        while len(found()) < count:  # noqa: ASYNC110  # SimCord tells nobody
            await asyncio.sleep(0.01)  # the outbox works beside the bot
    return found()
