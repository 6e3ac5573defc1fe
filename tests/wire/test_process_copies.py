"""Two copies of the bot in one server, of two applications or of one: neither answers the other, and nothing doubles.

What two copies of one application keep is apart: nothing but Discord's own nonces holds them together. What a member
passes on is held by the copy that they pressed at, so that the other one may refuse the next press; nothing doubles.
"""

from __future__ import annotations

import pytest

from tests.cogs.book import HEART
from tests.wire.conftest import Clinic
from tests.wire.test_process_answers import CHEEK, shows_the_seed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

OTHER = "MjAwMA.fake.token-of-the-other-application"
CHOICES = "can i have botox when i have a baby?"
NOBODY_KNOWS = "what is the capital of France?"


@pytest.fixture
async def second(clinic, tmp_path):
    """The same server as an application of another name has it, with a folder of its own."""
    other = await clinic.fake.neighbour("Third Opinion", application_id="2000", token=OTHER)
    folder = tmp_path / "second"
    folder.mkdir()
    second = Clinic(other, folder, clinic.guild, clinic.watched, clinic.channel, clinic.ann, clinic.max, token=OTHER)
    yield second
    for program in second.programs:
        await program.close()
    await other.stop()
    assert not other.unknown_routes


def said_by(fake):
    return [one for one in fake.world.messages.values() if one["author"]["id"] == fake.world.bot["id"]]


def sends_for(fake, message):
    """Count how often the copies sent a reply to a message, whatever Discord made of it."""
    return sum(call.data.get("nonce") == message["id"] for call in fake.requests("POST", "/messages"))


async def caught_up(*clinics):
    """Wait until each bot has dealt with all that was said: with a last question of its own, which it gets answered."""
    for clinic in clinics:
        name = f"<@{clinic.fake.world.application_id}>"
        for room in (clinic.watched, clinic.channel):
            await clinic.fake.reply_to(await clinic.ann.say(room, f"{name} {NOBODY_KNOWS}"))


async def test_two_applications_never_answer_each_other(clinic, second):
    await clinic.ready(samples=True)
    await second.ready(samples=True)
    first_name, second_name = "<@1000>", "<@2000>"
    to_both = [await clinic.ann.say(clinic.channel, f"{first_name} {second_name} {text}") for text in (CHEEK, CHOICES)]
    overheard = [await clinic.ann.say(clinic.watched, text) for text in (CHEEK, HEART, NOBODY_KNOWS)]
    for message in (*to_both, *overheard[:2]):
        for fake in (clinic.fake, second.fake):
            await fake.reply_to(message)
    # A reply to one of them is meant for that one alone.
    reply = clinic.fake.replies_to(overheard[0])[0]
    back = await clinic.ann.say(clinic.watched, CHOICES, reply_to=reply)
    await clinic.fake.reply_to(back)
    # What a bot writes, it does not only say in replies: an edit comes to the other one too.
    choices = clinic.fake.replies_to(to_both[1])[0]
    await clinic.ann.acknowledged(await clinic.ann.press(choices, label="1"))
    await clinic.fake.until(lambda: clinic.fake.edits[choices["id"]])
    await caught_up(clinic, second)
    for fake in (clinic.fake, second.fake):
        assert [len(fake.replies_to(message)) for message in (*to_both, *overheard)] == [1, 1, 1, 1, 0]
    assert not second.fake.replies_to(back)
    by_bots = {one["id"] for fake in (clinic.fake, second.fake) for one in said_by(fake)}
    answered = {one["message_reference"]["message_id"] for fake in (clinic.fake, second.fake) for one in said_by(fake)}
    assert not by_bots & answered


async def test_two_copies_of_one_application_double_nothing(clinic, tmp_path):
    fake = clinic.fake
    await clinic.ready(samples=True)
    clinic.folder = tmp_path / "second"
    clinic.folder.mkdir()
    await clinic.ready(samples=True)
    asked = [
        await clinic.ann.mention(clinic.channel, CHEEK),
        await clinic.ann.mention(clinic.channel, CHOICES),
        await clinic.ann.mention(clinic.channel, HEART),
        await clinic.ann.mention(clinic.channel, NOBODY_KNOWS),
        await clinic.ann.say(clinic.watched, CHEEK),
        await clinic.ann.say(clinic.watched, HEART),
        await clinic.ann.say(clinic.ann.direct, CHEEK),
    ]
    for message in asked:
        await fake.reply_to(message)
    private = await clinic.ann.slash(clinic.channel, "ask", question=CHEEK)
    assert shows_the_seed(await clinic.ann.shown(private))
    await clinic.ann.acknowledged(await clinic.ann.press(fake.replies_to(asked[1])[0], label="1"))
    # Both copies reply to every question, each at its own pace, and Discord makes one reply of two.
    asked.append(await clinic.ann.mention(clinic.channel, NOBODY_KNOWS))
    await fake.until(lambda: all(sends_for(fake, message) >= 2 for message in asked))
    assert sum(sends_for(fake, message) for message in asked) == 2 * len(asked)
    assert [len(fake.replies_to(message)) for message in asked] == [1] * len(asked)
    assert not private.followups
