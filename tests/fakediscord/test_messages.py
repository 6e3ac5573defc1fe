from __future__ import annotations

import discord
import pytest

from tests.fakediscord import File, NotOffered, Person, permissions


async def test_a_reply_refers_to_its_question_and_pings_nobody(scene):
    asked = await scene.ann.say(scene.channel, "@everyone hello")
    reply = await scene.fake.reply_to(asked)
    assert reply["content"] == "echo: @everyone hello"
    assert (reply["mentions"], reply["mention_everyone"]) == ([], False)
    assert asked["mention_everyone"]


async def test_files_go_both_ways(scene):
    reply = await scene.fake.reply_to(await scene.ann.say(scene.channel, "file"))
    assert scene.fake.world.files[reply["attachments"][0]["id"]].data == b"hello"
    assert scene.fake.requests("POST", "/typing")
    sent = await scene.ann.say(scene.channel, "attached", files=[File("n.txt", b"note", "text/plain")])
    assert (await scene.fake.reply_to(sent))["content"] == "note"


async def test_edits_history_reactions_and_threads(scene):
    reply = await scene.fake.reply_to(await scene.ann.say(scene.channel, "revise"))
    await scene.fake.until(lambda: reply["content"] == "second")
    reacted = await scene.ann.say(scene.channel, "react")
    await scene.fake.until(lambda: reacted["reactions"])
    told = await scene.fake.reply_to(await scene.ann.say(scene.channel, "history"))
    assert told["content"] == "history|react|second"
    began = await scene.ann.say(scene.channel, "thread")
    in_thread = await scene.fake.until(
        lambda: scene.fake.world.by_bot(scene.fake.world.channels.get(began["id"], began))
    )
    assert in_thread[0]["content"] == "in the thread"


async def test_deletions_by_bot_and_member_are_told(scene):
    erased = await scene.ann.say(scene.channel, "erase")
    await scene.fake.until(lambda: len(scene.client.deleted) == 1)
    assert not scene.fake.replies_to(erased)
    await scene.ann.delete(erased)
    await scene.fake.until(lambda: int(erased["id"]) in scene.client.deleted)


async def test_the_nonce_of_a_message_that_was_deleted_is_refused(scene):
    await scene.ann.say(scene.channel, "resend")
    (error,) = await scene.fake.until(lambda: scene.client.errors)
    assert (error.status, error.code) == (404, 10008)


async def test_direct_messages(scene):
    stranger = Person(scene.fake, "eve")
    reply = await scene.fake.reply_to(await stranger.say(stranger.direct, "hi"))
    assert reply["channel_id"] == stranger.direct["id"]


async def test_what_is_too_long_is_refused(scene):
    await scene.ann.say(scene.channel, "long")
    error = await scene.fake.until(lambda: scene.client.errors)
    assert isinstance(error[0], discord.HTTPException)
    assert error[0].code == 50035
    assert any("2000 or fewer" in fault for fault in scene.fake.inspection.take())


@pytest.mark.parametrize(
    ("denied", "code"),
    [
        (permissions.SEND_MESSAGES, 50013),
        (permissions.READ_MESSAGE_HISTORY, 160002),
        (permissions.VIEW_CHANNEL, 50001),
    ],
)
async def test_the_bot_is_refused_what_it_may_not_do(scene, denied, code):
    scene.fake.world.overwrite(scene.channel, scene.fake.world.bot["id"], deny=denied)
    await scene.ann.say(scene.channel, "hello")
    errors = await scene.fake.until(lambda: scene.client.errors)
    assert errors[0].code == code


async def test_a_member_without_the_right_cannot_write(scene):
    scene.fake.world.overwrite(scene.channel, scene.guild.id, deny=permissions.SEND_MESSAGES)
    with pytest.raises(NotOffered):
        await scene.ann.say(scene.channel, "hello")


class TestWithoutTheContentIntent:
    @pytest.fixture
    def intents(self):
        return discord.Intents.default()

    async def test_only_words_meant_for_the_bot_arrive(self, scene):
        fake, ann = scene.fake, scene.ann
        await ann.say(scene.channel, "silence between members")
        mention = await ann.mention(scene.channel, "hi")
        reply = await fake.reply_to(mention)
        await ann.say(scene.channel, "silence again", reply_to=reply, ping=False)
        answered = await ann.say(scene.channel, "silence to you", reply_to=reply)
        direct = await ann.say(ann.direct, "silence alone")
        await fake.until(lambda: len(scene.client.read) == 5)
        assert scene.client.read == ["", mention["content"], "", answered["content"], direct["content"]]
