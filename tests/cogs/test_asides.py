"""What members of a watched channel say to each other, or to other bots, is left alone; but it may alarm."""

import pytest

from knowledge.safety.notice import NOTICE
from tests.cogs.book import HEART, LADEN_ASKED, SEED_ASKED
from tests.cogs.showing import shown


@pytest.fixture
def room(server, watched):
    watched.add(server.channel.id)
    return server


async def test_a_reply_to_another_member_is_left_alone(room):
    said = await room.bea.send(room.channel, "my cheek twitches")
    await room.ann.send(room.channel, SEED_ASKED, reply_to=said)
    assert room.sent == []


async def test_who_replies_to_their_own_words_is_answered(room):
    said = await room.ann.send(room.channel, "my cheek twitches")
    await room.ann.send(room.channel, SEED_ASKED, reply_to=said)
    assert shown(room.reply)[-1] == NOTICE


@pytest.mark.parametrize("who", ["ann", "bea"])
async def test_neither_of_two_who_talk_is_interrupted(room, who):
    said = await room.bea.send(room.channel, "my cheek twitches")
    await room.ann.send(room.channel, "mine too", reply_to=said)
    await getattr(room, who).send(room.channel, SEED_ASKED)
    assert room.sent == []
    await room.max.send(room.channel, SEED_ASKED)
    assert len(room.sent) == 1


async def test_their_talk_ends(room):
    said = await room.bea.send(room.channel, "my cheek twitches")
    await room.ann.send(room.channel, "mine too", reply_to=said)
    await room.env.advance_time(118)
    await room.ann.send(room.channel, SEED_ASKED)
    assert room.sent == []
    await room.env.advance_time(3)
    await room.ann.send(room.channel, SEED_ASKED)
    assert shown(room.reply)[-1] == NOTICE


async def test_who_talks_to_somebody_may_still_ask_the_bot(room):
    said = await room.bea.send(room.channel, "my cheek twitches")
    await room.ann.send(room.channel, "mine too", reply_to=said)
    await room.ask(SEED_ASKED)
    assert shown(room.reply)[-1] == NOTICE


async def test_quotes_and_commands_of_other_bots_are_left_alone(room):
    for before in ("> ", "> would botox help?\n", ">>> ", "!ask ", "?search ", "/ask ", "$$find ", ".ask "):
        await room.ann.send(room.channel, f"{before}{SEED_ASKED}")
        assert room.sent == [], before


async def test_what_only_looks_like_one_is_answered(room):
    for number, text in enumerate((f"...{SEED_ASKED}", f"- {SEED_ASKED}", f"*{SEED_ASKED}*", f"\u00bf{SEED_ASKED}"), 1):
        await room.ann.send(room.channel, text)
        assert len(room.sent) == number, text


async def test_a_message_to_another_bot_is_left_alone(room):
    other = room.guild.add_member(room.env.create_user("helper", bot=True))
    await room.ann.send(room.channel, f"<@{other.id}> {SEED_ASKED}")
    assert room.sent == []


async def test_an_alarm_is_heard_in_an_aside_too(room):
    said = await room.bea.send(room.channel, "how are you?")
    for who, text, reply_to in (
        (room.ann, f"> {HEART}", None),
        (room.max, f"!ask {HEART}", None),
        (room.ann, HEART, said),
    ):
        before = len(room.sent)
        await who.send(room.channel, text, reply_to=reply_to)
        assert len(room.sent) > before, text
        assert "911" in "\n".join(shown(room.reply))


async def test_a_question_that_becomes_an_aside_loses_its_reply(room):
    asked = await room.ann.send(room.channel, SEED_ASKED)
    assert len(room.sent) == 1
    await room.ann.edit(asked, f"> {LADEN_ASKED}")
    assert room.channel.last_message.id == asked.id


async def test_talk_elsewhere_is_not_remembered(server):
    """In channels that nobody watches, replies would push cards and waits out of what is remembered."""
    said = await server.bea.send(server.channel, "my cheek twitches")
    await server.ann.send(server.channel, "mine too", reply_to=said)
    assert not server.env.bot.services.traffic._noted
