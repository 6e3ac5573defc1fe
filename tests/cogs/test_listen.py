"""Messages: who is heard, who is answered, and how the reply is sent."""

import asyncio
from dataclasses import replace

import discord
import pytest
from simcord.enums import MessageType

from knowledge.presentation import sentences
from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.cogs.book import HEART, LADEN_ASKED, SEED, SEED_ASKED, SEVERAL_ASKED, UNKNOWN_ASKED
from tests.cogs.showing import rendered, shown


async def test_a_mention_is_answered_with_every_expert_and_the_notice_last(server):
    asked = await server.ask(SEED_ASKED)
    written = shown(server.reply)
    assert server.reply.reference.message_id == asked.id
    assert written[-1] == NOTICE
    for answer in SEED.answers:
        assert any(answer.body.split()[0] in text for text in written)
        assert any((answer.name or "Name not given") in text for text in written)


async def test_the_send_is_idempotent_and_pings_the_asker_alone(server):
    asked = await server.ask(SEED_ASKED)
    (sent,) = server.sent
    assert sent["nonce"] == str(asked.id)
    assert sent["enforce_nonce"]
    assert sent["allowed_mentions"] == {"parse": [], "replied_user": True}


async def test_an_overheard_question_is_answered_without_a_ping(server, watched):
    watched.add(server.channel.id)
    await server.ann.send(server.channel, SEED_ASKED)
    assert shown(server.reply)[-1] == NOTICE
    assert server.sent[0]["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize("overheard", [SEVERAL_ASKED, UNKNOWN_ASKED, "thanks", "my face twitches", "hola, cómo estás?"])
async def test_what_is_overheard_gets_an_answer_or_silence(server, watched, overheard):
    watched.add(server.channel.id)
    await server.ann.send(server.channel, overheard)
    assert server.reply is None


async def test_other_channels_are_not_heard(server):
    await server.ann.send(server.channel, SEED_ASKED)
    assert server.reply is None


async def test_a_thread_of_a_watched_channel_is_watched(server, watched):
    watched.add(server.channel.id)
    thread = await server.thread()
    await server.ann.send(thread, SEED_ASKED)
    assert shown(thread.last_message)[-1] == NOTICE


async def test_a_mention_in_a_thread_is_answered_there(server):
    thread = await server.thread()
    await server.ask(SEED_ASKED, channel=thread)
    assert shown(thread.last_message)[-1] == NOTICE


async def test_a_direct_message_is_answered(server):
    await server.ann.send_dm(SEED_ASKED)
    assert server.sent[-1]["components"]
    assert SEED.title in str(server.sent[-1])


async def test_a_reply_to_the_bot_is_answered_with_or_without_a_ping(server):
    await server.ask(UNKNOWN_ASKED)
    first = server.reply
    await server.ann.send(server.channel, SEED_ASKED, reply_to=first)
    assert shown(server.reply)[-1] == NOTICE


async def test_the_bots_own_role_is_as_good_a_name(server):
    (role,) = (role for role in server.env.bot.get_guild(server.guild.id).roles if role.managed)
    role.tags = discord.RoleTags({"bot_id": str(server.env.bot.user.id)})  # SimCord leaves it out
    await server.ann.send(server.channel, f"<@&{role.id}> {SEED_ASKED}")
    assert shown(server.reply)[-1] == NOTICE


async def test_several_likely_questions_are_offered_with_the_short_notice(server):
    await server.ask(SEVERAL_ASKED)
    assert shown(server.reply)[-1] == SHORT_NOTICE
    assert SEED.title in "".join(shown(server.reply))


async def test_an_unknown_question_gets_a_plain_sentence(server):
    await server.ask(UNKNOWN_ASKED)
    assert shown(server.reply) == [sentences.NOTHING_FOUND]


@pytest.mark.parametrize("said", ["thanks!", "good bot", "thank you so much"])
async def test_thanks_get_silence(server, said):
    await server.ask(said)
    assert server.reply is None


@pytest.mark.parametrize(
    "said", ["I asked {} about it yesterday", "you could try {}, it is quite good", "{} was right about my cousin"]
)
async def test_a_mention_in_passing_gets_silence(server, said):
    await server.ann.send(server.channel, said.format(server.env.bot.user.mention))
    assert server.reply is None


async def test_a_question_round_a_mention_is_answered(server):
    await server.ann.send(server.channel, f"does {server.env.bot.user.mention} know how long botox lasts?")
    assert shown(server.reply)[-1] == NOTICE


async def test_a_mention_alone_or_a_picture_alone_gets_one_plain_line(server):
    await server.ask("")
    assert shown(server.reply) == [sentences.ASK_IN_WORDS]
    await server.ann.send(server.channel, server.env.bot.user.mention, attachments=[("rash.png", b"png")])
    assert shown(server.reply) == [sentences.ASK_IN_WORDS]
    assert len(server.sent) == 2


async def test_everyone_is_no_way_to_ask(server):
    await server.max.send(server.channel, f"@everyone {SEED_ASKED}")
    assert server.reply is None


async def test_bots_webhooks_and_the_platform_itself_are_not_heard(server, watched):
    watched.add(server.channel.id)
    other = server.guild.add_member(server.env.create_user("other", bot=True))
    await server.ask(SEED_ASKED, who=other)
    await server.guild.create_webhook(server.channel).send(f"{server.env.bot.user.mention} {SEED_ASKED}")
    server.guild.create_system_message(server.channel, MessageType.NEW_MEMBER, author=server.ann)
    assert server.sent == []


async def test_stored_markup_is_shown_as_text(server):
    await server.ask(LADEN_ASKED)
    written = shown(server.reply)
    assert written[-1] == NOTICE
    kinds = set().union(*(rendered(text)[1] for text in written))
    assert kinds <= {"subtext", "heading", "strong_open", "strong_close"}
    assert "```\n**no** [cure](https://evil.example)\n@everyone -# small" in "".join(
        rendered(text)[0] for text in written
    )


async def test_without_the_permission_to_write_there_is_silence(server):
    await server.ask(SEED_ASKED, channel=server.closed(send_messages=False))
    assert server.sent == []


async def test_without_the_channels_history_the_answer_is_sent_without_a_reference(server):
    channel = server.closed(read_message_history=False)
    await server.ask(SEED_ASKED, channel=channel)
    assert shown(channel.last_message)[-1] == NOTICE
    assert channel.last_message.reference is None


async def test_a_refusal_is_taken_quietly_and_the_next_question_is_answered(server):
    server.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await server.ask(SEED_ASKED)
    assert server.reply is None
    await server.ask(SEED_ASKED, who=server.bea)
    assert shown(server.reply)[-1] == NOTICE


async def test_a_crash_is_told_in_one_sentence_with_an_incident(server, desk, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(desk, "respond", lambda *_: 1 / 0)
        await server.ask(SEED_ASKED)
    (sentence,) = shown(server.reply)
    assert sentence.startswith("Something went wrong on our side.")
    await server.ask(SEED_ASKED)
    assert shown(server.reply)[-1] == NOTICE


async def test_a_burst_leaves_the_loop_a_turn_after_every_text(server, watched):
    said = [await server.ann.send(server.channel, UNKNOWN_ASKED) for _ in range(30)]
    watched.add(server.channel.id)
    turns = 0

    async def heartbeat():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beating = asyncio.create_task(heartbeat())
    listen = server.env.bot.get_cog("Listen")
    await asyncio.gather(*(listen.on_message(message) for message in said))
    await server.env.bot.services.traffic.finish(5)
    beating.cancel()
    assert turns >= 2 * len(said)


async def test_what_comes_while_the_program_ends_is_left_but_for_emergencies(server):
    await server.env.bot.services.traffic.finish(5)
    await server.ask(SEED_ASKED)
    assert server.reply is None
    await server.ask(HEART)
    assert "911" in "".join(shown(server.reply))


@pytest.mark.parametrize("text", [SEED_ASKED, UNKNOWN_ASKED, HEART])
async def test_a_message_is_screened_once(server, desk, text):
    live, screened = desk.snapshot, []

    def screen(text, *, overheard):
        screened.append(text)
        return live.screen(text, overheard=overheard)

    desk.serve(replace(live, screen=screen))
    await server.ask(text)
    assert server.reply is not None
    assert screened == [text]
