"""How the bot starts as a process, how it refuses to, and what it does when the gateway sends rubbish."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from tests.fakediscord import Person, intents, permissions
from tests.wire.test_process_answers import CHEEK, shows_the_seed

GUIDE = Path(__file__).parents[2] / "docs" / "discord.md"
COMMANDS = "/commands"
# A close code after which discord.py does not connect again.
_INVALID_INTENTS = 4013
# What goes on as it should is logged; everything else counts as told.
LOGGED = re.compile(r"\S+Z INFO ")


async def refused(clinic, **begin):
    program = await clinic.begin(**begin)
    code = await program.ended()
    told = [line for line in program.output.splitlines() if not LOGGED.match(line)]
    assert len(told) == 1, program.output
    return code, told[0]


async def test_a_bad_token_is_told_in_one_line(clinic):
    code, told = await refused(clinic, token="not.the.token")
    assert (code, "token" in told, "not.the.token" in told) == (3, True, False)
    assert not clinic.fake.gateway.identifies


@pytest.mark.slow
async def test_no_token_at_all(clinic):
    code, told = await refused(clinic, token="")
    assert (code, "DISCORD_TOKEN" in told) == (3, True)


@pytest.mark.slow
async def test_a_missing_intent_is_told_in_one_line(clinic):
    clinic.fake.gateway.allowed_intents = intents.ALL & ~intents.PRIVILEGED
    code, told = await refused(clinic)
    assert code == 3
    assert "message content" in told.lower().replace("-", " ")


@pytest.mark.slow
async def test_without_watched_channels_no_privileged_intent_is_asked_for(clinic):
    clinic.fake.gateway.allowed_intents = intents.ALL & ~intents.PRIVILEGED
    await clinic.ready(watch=False)
    assert shows_the_seed(await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK)))


@pytest.mark.slow
async def test_a_gateway_that_is_down_costs_no_identify(clinic):
    clinic.fake.gateway.refuse = True
    code, told = await refused(clinic)
    assert (code, "reach" in told) == (3, True)
    assert not clinic.fake.gateway.identifies


@pytest.mark.slow
async def test_an_api_that_is_down_is_told_in_one_line(clinic):
    await clinic.fake.go_away()
    code, told = await refused(clinic)
    assert (code, "reach" in told) == (3, True)


@pytest.mark.slow
async def test_a_malformed_event_costs_that_event_alone(clinic):
    program = await clinic.ready()
    await clinic.fake.gateway.emit("MESSAGE_CREATE", {"id": "1"})
    reply = await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK))
    assert shows_the_seed(reply)
    assert clinic.fake.gateway.identifies == 1
    await clinic.fake.until(lambda: "could not be read: MESSAGE_CREATE" in program.output)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0


@pytest.mark.slow
async def test_a_connection_that_discord_ends_for_good_is_begun_anew(clinic):
    program = await clinic.ready()
    await clinic.fake.gateway.drop(_INVALID_INTENTS, forget=True)
    await clinic.fake.until(lambda: clinic.fake.gateway.identifies == 2 or program.over)
    assert shows_the_seed(await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK)))


@pytest.mark.slow
async def test_commands_are_synced_once_and_again_when_they_changed(clinic):
    for _ in range(2):
        program = await clinic.ready()
        await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK))
        program.signal(signal.SIGTERM)
        assert await program.ended() == 0
    synced = clinic.fake.requests("PUT", COMMANDS)
    assert len(synced) == 1
    assert synced[0].body


@pytest.mark.slow
async def test_the_permissions_of_the_guide_are_enough(clinic):
    """Everyone may nothing here: members have a role, the bot has exactly what the invitation asks for."""
    asked_for = int(re.findall(r"permissions=(\d+)", GUIDE.read_text(encoding="utf-8"))[0])
    world, fake = clinic.fake.world, clinic.fake
    guild = world.add_guild("Strict", everyone_may=0)
    members = world.add_role(guild, "Members", permissions.ORDINARY)
    guild.members[world.bot["id"]]["roles"] = [world.add_role(guild, "Second Opinion", asked_for)["id"]]
    channel = world.add_channel(guild, "questions")
    bob = Person(fake, "bob", guild, roles=(members,))
    await clinic.ready()
    assert shows_the_seed(await fake.reply_to(await bob.mention(channel, CHEEK)))
    thread = await bob.start_thread(channel, "aside")
    assert shows_the_seed(await fake.reply_to(await bob.mention(thread, CHEEK)))
    deleted = await bob.mention(channel, CHEEK)
    reply = await fake.reply_to(deleted)
    await bob.delete(deleted)
    await fake.until(lambda: reply["id"] not in world.messages)
    assert not fake.refusals


@pytest.mark.slow
async def test_a_token_that_is_taken_back_ends_it(clinic):
    program = await clinic.ready()
    await clinic.fake.gateway.drop(4004)
    assert await program.ended() == 3
    assert "refused the token" in program.output.splitlines()[-1]


@pytest.mark.slow
async def test_an_outage_after_a_crash_is_waited_out(clinic):
    """The client ends while nobody answers: it is begun again until somebody does."""
    program = await clinic.ready()
    await clinic.fake.gateway.drop(_INVALID_INTENTS, forget=True)
    await clinic.fake.until(lambda: "starting again" in program.output)
    await clinic.fake.go_away()
    await clinic.fake.until(lambda: "cannot be reached" in program.output)
    await clinic.fake.start()
    await clinic.fake.until(lambda: clinic.fake.gateway.identifies == 2 or program.over)
    assert shows_the_seed(await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, CHEEK)))


@pytest.mark.slow
async def test_an_outage_of_the_gateway_alone_is_waited_out(clinic):
    await clinic.ready()
    clinic.fake.gateway.refuse = True
    await clinic.fake.gateway.drop(1006)
    missed = await clinic.ann.mention(clinic.channel, CHEEK)
    clinic.fake.gateway.refuse = False
    assert shows_the_seed(await clinic.fake.reply_to(missed))
