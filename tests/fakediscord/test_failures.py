from __future__ import annotations

import time

import discord
import pytest


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_rate_limit_is_waited_out(scene, everywhere):
    scene.fake.faults.rate_limit("POST", "/messages$", 0.3, everywhere=everywhere)
    began = time.monotonic()
    await scene.fake.reply_to(await scene.ann.say(scene.channel, "a"))
    assert time.monotonic() - began >= 0.3
    assert len(scene.fake.requests("POST", "/messages")) == 2


async def test_a_bucket_lets_through_as_much_as_it_says(scene):
    scene.fake.buckets.limit("POST /channels/{channel_id}/messages", 3, 0.3)
    began = time.monotonic()
    asked = [await scene.ann.say(scene.channel, f"n{number}") for number in range(7)]
    for message in asked:
        await scene.fake.reply_to(message)
    assert time.monotonic() - began >= 0.5


@pytest.mark.slow
async def test_a_reply_whose_answer_was_lost_is_there_once(scene):
    scene.fake.faults.fail("POST", "/messages$", 502, after=True, body="<html>bad gateway</html>")
    asked = await scene.ann.say(scene.channel, "b")
    await scene.fake.until(lambda: len(scene.fake.requests("POST", "/messages")) == 2)
    assert len(scene.fake.replies_to(asked)) == 1


async def test_503_is_not_tried_again(scene):
    scene.fake.faults.fail("POST", "/messages$", 503)
    await scene.ann.say(scene.channel, "c")
    errors = await scene.fake.until(lambda: scene.client.errors)
    assert isinstance(errors[0], discord.DiscordServerError)


async def test_a_hung_up_connection_is_an_error(scene):
    scene.fake.faults.hang_up("POST", "/messages$", after=True)
    asked = await scene.ann.say(scene.channel, "d")
    assert await scene.fake.until(lambda: scene.client.errors)
    assert len(scene.fake.replies_to(asked)) == 1
