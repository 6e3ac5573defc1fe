from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import discord
import pytest

from tests.fakediscord.probe import Probe


@pytest.mark.parametrize("code", [1006, 4000])
async def test_what_was_missed_is_replayed_on_resume(scene, code):
    await scene.fake.gateway.drop(code)
    missed = await scene.ann.say(scene.channel, "while away")
    assert (await scene.fake.reply_to(missed))["content"] == "echo: while away"
    assert (scene.fake.gateway.resumes, scene.fake.gateway.identifies) == (1, 1)


async def test_events_that_were_seen_may_come_again(scene):
    asked = await scene.ann.say(scene.channel, "twice")
    await scene.fake.reply_to(asked)
    scene.fake.gateway.replay_seen = 2
    await scene.fake.gateway.ask_to_reconnect()
    await scene.fake.until(lambda: scene.client.read == ["twice", "twice"])
    sends = await scene.fake.until(lambda: len(scene.fake.requests("POST", "/messages")) == 2)
    assert sends
    assert len(scene.fake.replies_to(asked)) == 1, "the nonce made from the message's id holds"


async def test_a_lost_session_is_begun_anew_and_its_gap_stays(scene):
    await scene.fake.gateway.drop(4000, forget=True)
    await scene.ann.say(scene.channel, "in the gap")
    await scene.fake.until(lambda: scene.fake.gateway.live)
    await scene.fake.reply_to(await scene.ann.say(scene.channel, "after it"))
    assert scene.client.read == ["after it"]
    assert scene.fake.gateway.identifies == 2


@pytest.mark.slow
async def test_a_stopped_server_is_found_again(scene):
    await scene.fake.go_away()
    await scene.fake.start()
    await scene.fake.reply_to(await scene.ann.say(scene.channel, "still here"))


async def test_a_session_that_may_be_resumed_is(scene):
    await scene.fake.gateway.invalidate(resumable=True)
    await scene.fake.until(lambda: scene.fake.gateway.resumes == 1)
    await scene.fake.reply_to(await scene.ann.say(scene.channel, "after it"))
    assert scene.fake.gateway.identifies == 1


@asynccontextmanager
async def connected(fake, client):
    task = asyncio.create_task(client.start(fake.token))
    await fake.until(lambda: fake.gateway.live)
    yield
    await client.close()
    await task


async def test_heartbeats_are_sent_as_often_as_asked(fake):
    fake.gateway.heartbeat_ms = 50
    async with connected(fake, Probe()):
        await fake.until(lambda: len(fake.gateway.heartbeats) >= 4)


@pytest.mark.slow
async def test_heartbeats_that_nobody_acknowledges_end_in_a_resume(fake):
    fake.gateway.heartbeat_ms = 100
    async with connected(fake, Probe(heartbeat_timeout=1.0)):
        fake.gateway.acknowledge_heartbeats = False
        await fake.until(lambda: fake.gateway.resumes)


@pytest.mark.usefixtures("fake")
async def test_a_wrong_token_ends_the_start():
    async with Probe() as client:
        with pytest.raises(discord.LoginFailure):
            await client.start("wrong")


async def test_a_withheld_intent_ends_the_start(fake):
    fake.gateway.allowed_intents = discord.Intents.default().value
    async with Probe() as client:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start(fake.token)


@pytest.mark.slow
async def test_a_gateway_that_is_down_at_the_very_start_crashes_the_library(fake):
    """Why the bot probes the gateway before it connects: `Client.connect` fails with an error that says nothing."""
    fake.gateway.refuse = True
    async with Probe() as client:
        with pytest.raises(AttributeError):
            await client.start(fake.token)
