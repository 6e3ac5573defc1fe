"""The bot as a process: what members do over the wire, and what may be in the way."""

from __future__ import annotations

import signal

import pytest

from knowledge.presentation.sentences import NOTHING_FOUND
from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.fakediscord import permissions
from tests.fakediscord.mentions import texts
from tests.fakediscord.state import EPHEMERAL
from tests.scale import seconds
from tests.wire.test_process_answers import CHEEK, shows_the_seed

pytestmark = pytest.mark.slow


async def test_commands_menu_suggestions_and_threads(clinic):
    await clinic.ready(samples=True)
    ann = clinic.ann
    suggested = await ann.autocomplete(clinic.channel, "ask", "question", question="twitching on my")
    assert suggested[0]["name"].startswith("Twitching on My Left Cheek")
    chosen = await ann.slash(clinic.channel, "ask", question=suggested[0]["value"], public=True)
    public = await ann.shown(chosen)
    assert shows_the_seed(public)
    assert not public["flags"] & EPHEMERAL
    overheard = await clinic.max.say(clinic.channel, CHEEK)
    found = await ann.shown(await ann.message_menu(clinic.channel, "Find an answer", overheard))
    assert shows_the_seed(found)
    assert found["flags"] & EPHEMERAL
    assert not clinic.fake.replies_to(overheard), "nobody meant the bot in a channel that it does not watch"
    thread = await ann.start_thread(clinic.channel, "aside")
    assert shows_the_seed(await clinic.fake.reply_to(await ann.mention(thread, CHEEK)))
    reply = await clinic.fake.reply_to(await ann.mention(clinic.channel, "what is the capital of france"))
    assert texts(reply) == [NOTHING_FOUND]
    again = await clinic.fake.reply_to(await ann.say(clinic.channel, CHEEK, reply_to=reply))
    assert shows_the_seed(again)
    assert all(one.took < seconds(1.0) for one in clinic.fake.interactions.values())


async def test_buttons_work_after_a_restart(clinic):
    program = await clinic.ready(samples=True)
    asked = await clinic.ann.mention(clinic.channel, "can i have botox when i have a baby?")
    choices = await clinic.fake.reply_to(asked)
    assert texts(choices)[-1].endswith(SHORT_NOTICE)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    await clinic.ready(samples=True)
    private = await clinic.max.shown(await clinic.max.press(choices, label="2"))
    assert private["flags"] & EPHEMERAL, "only the asker turns the public message"
    assert texts(private)[-1].endswith(NOTICE)
    await clinic.ann.acknowledged(await clinic.ann.press(choices, label="1"))
    assert texts(choices)[-1].endswith(NOTICE)
    await clinic.ann.acknowledged(await clinic.ann.press(choices, label="Not my question"))
    await clinic.fake.until(lambda: not clinic.fake.replies_to(asked))


async def test_where_it_may_not_write_it_stays_silent_and_goes_on_elsewhere(clinic):
    fake = clinic.fake
    program = await clinic.ready()
    fake.world.overwrite(clinic.channel, fake.world.bot["id"], deny=permissions.SEND_MESSAGES)
    await clinic.ann.mention(clinic.channel, CHEEK)
    await fake.until(lambda: fake.refusals)
    private = await clinic.ann.shown(await clinic.ann.slash(clinic.channel, "ask", question=CHEEK))
    assert shows_the_seed(private)
    assert shows_the_seed(await fake.reply_to(await clinic.ann.mention(clinic.watched, CHEEK)))
    assert [refusal.code for refusal in fake.refusals] == [50013]
    assert "Incident" not in program.output
    assert "cheek" not in program.output


async def test_an_interaction_that_came_too_late_or_whose_answer_got_lost_is_no_crash(clinic):
    fake = clinic.fake
    program = await clinic.ready()
    fake.acknowledge_within = 0.0
    await clinic.ann.slash(clinic.channel, "ask", question=CHEEK)
    await fake.until(lambda: [refusal for refusal in fake.refusals if refusal.code == 10062])
    fake.acknowledge_within = seconds(3.0)
    fake.faults.fail("POST", "/callback$", 502, after=True)
    asked = await clinic.ann.slash(clinic.channel, "ask", question=CHEEK)
    assert shows_the_seed(await clinic.ann.shown(asked))
    await fake.until(lambda: [refusal for refusal in fake.refusals if refusal.code == 40060])
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert not asked.followups, "it was answered once"
    assert "Incident" not in program.output


async def test_an_emergency_overheard_gets_its_card_first(clinic):
    await clinic.ready()
    asked = await clinic.ann.say(clinic.watched, "my throat is swelling after the injection and i can't breathe")
    card = await clinic.fake.reply_to(asked)
    assert "911" in texts(card)[0].split("\n")[0]


async def test_what_members_say_to_each_other_elsewhere_is_left_alone(clinic):
    await clinic.ready(watch=False)
    said = [await clinic.ann.say(clinic.channel, CHEEK), await clinic.ann.say(clinic.watched, CHEEK)]
    asked = await clinic.ann.mention(clinic.channel, CHEEK)
    await clinic.fake.reply_to(asked)
    assert [clinic.fake.replies_to(message) for message in said] == [[], []]


async def test_a_question_that_was_mended_is_thought_over_and_one_that_was_deleted_takes_its_reply_along(clinic):
    await clinic.ready(samples=True)
    asked = await clinic.ann.mention(clinic.channel, "what is the capital of france")
    reply = await clinic.fake.reply_to(asked)
    await clinic.ann.edit(asked, asked["content"].replace("what is the capital of france", CHEEK))
    await clinic.fake.until(lambda: [one for one in clinic.fake.replies_to(asked) if shows_the_seed(one)])
    assert len(clinic.fake.replies_to(asked)) == 1
    await clinic.ann.delete(asked)
    await clinic.fake.until(lambda: reply["id"] not in clinic.fake.world.messages)
    assert not clinic.fake.replies_to(asked)
