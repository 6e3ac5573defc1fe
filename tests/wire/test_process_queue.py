"""Whoever waits for an answer is told of it exactly once, however often the bot is killed meanwhile.

A third of the kills fall on the first byte of the transaction that saves the answer, the others anywhere from there to
well after everybody is told.
"""

from __future__ import annotations

import random
import threading

import pytest

from bot.backend import DATABASE
from knowledge.presentation import sentences
from tests.fakediscord import Person
from tests.fakediscord.limits import walk
from tests.fakediscord.mentions import texts
from tests.wire.test_process_kills import kill_at, says_saved

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

HERE, DIRECTLY = "Ask, and tell me in this channel", "Ask, and tell me directly"
QUESTIONS = (
    "why do mosquito bites itch so much?",
    "what colour is the moon at noon?",
    "how tall does a giraffe grow?",
    "who invented the umbrella?",
    "when do swallows fly south?",
    "where do eels breed?",
)


def with_button(interaction, label):
    """Give the message of an answer that has a button with this label, once it is there."""
    messages = [message for message in (interaction.original, *interaction.followups) if message]
    return next((one for one in messages if any(part.get("label") == label for part in walk(one["components"]))), None)


async def pass_on(clinic, who, text, label):
    asked = await who.mention(clinic.channel, text)
    reply = await clinic.fake.reply_to(asked)
    offer = await who.press(reply, label="Ask the moderators")
    message = await clinic.fake.until(lambda: with_button(offer, label))
    kept = await who.press(message, label=label)
    await clinic.fake.until(lambda: with_button(kept, "Take it back"))


async def save_answer(clinic, title, kill=None):
    """Fill in the form and press Save; `kill` is called right before that press."""
    opened = await clinic.max.slash(clinic.channel, "answer add")
    await clinic.max.acknowledged(opened)
    sent = await clinic.max.submit(opened, {"title": title, "body": f"This answers: {title}", "name": "Jo Kim, MD"})
    message = await clinic.fake.until(lambda: with_button(sent, "Save"))
    if kill is not None:
        kill.start()
    return await clinic.max.press(message, label="Save")


def told(clinic, who, title):
    """Give the messages that tell somebody of an answer, in the channel or directly."""
    own, everywhere = f"<@{who.user['id']}>", [clinic.channel, who.direct]
    said = [" ".join(texts(one)) for place in everywhere for one in clinic.fake.world.by_bot(place)]
    return [
        one
        for one in said
        if sentences.YOUR_ANSWER in one and f"This answers: {title}" in one and (own in one or "<@" not in one)
    ]


async def one_round(clinic, people, title, chance, number):
    program = clinic.programs[-1]
    for place, who in enumerate(people):
        await pass_on(clinic, who, title, DIRECTLY if place == 1 else HERE)
    wal = (clinic.folder / "data" / DATABASE).with_name(f"{DATABASE}-wal")
    pause = chance.uniform(0.0, 1.5) if number % 3 else None
    killing = threading.Thread(target=kill_at, args=(program.pid, wal, pause))
    pressed = await save_answer(clinic, title, killing)
    await program.ended()
    clinic.fake.gateway.sessions.clear()
    await clinic.ready(watch=False)
    if not says_saved(pressed) and not any(told(clinic, who, title) for who in people):
        again = await save_answer(clinic, title)
        await clinic.fake.until(lambda: says_saved(again) or again.followups)
    await clinic.fake.until(lambda: all(told(clinic, who, title) for who in people))


async def test_each_asker_is_told_exactly_once(clinic):
    people = [clinic.ann, Person(clinic.fake, "bea", clinic.guild), Person(clinic.fake, "cora", clinic.guild)]
    chance = random.Random(8)
    await clinic.ready(watch=False)
    for number, title in enumerate(QUESTIONS):
        await one_round(clinic, people, title, chance, number)
    # One more start holds everything against what is shown again, and carries out what is left.
    await clinic.programs[-1].close()
    clinic.fake.gateway.sessions.clear()
    await clinic.ready(watch=False)
    await pass_on(clinic, clinic.ann, "does anybody still wait?", HERE)
    for title in QUESTIONS:
        assert [len(told(clinic, who, title)) for who in people] == [1, 1, 1], title
