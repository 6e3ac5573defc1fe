"""`doctor` over the wire: beside a serving bot, with everything as it should be and with each thing amiss."""

from __future__ import annotations

import pytest

from tests.fakediscord import permissions
from tests.wire.conftest import TOKEN
from tests.wire.program import Program, write_settings


async def doctor(clinic, *, token=TOKEN, watch=True):
    watched = [int(clinic.watched["id"])] if watch else []
    settings = write_settings(clinic.folder, clinic.fake, watch=watched, samples=False)
    program = await Program.start("--config", str(settings), "doctor", folder=clinic.folder, token=token)
    clinic.programs.append(program)
    code = await program.ended()
    return code, {line[6:].partition(":")[0]: line for line in program.output.splitlines() if line[4:6] == "  "}


def bad(lines):
    return sorted(about for about, line in lines.items() if line.startswith("bad"))


@pytest.mark.slow
async def test_beside_a_bot_that_serves_all_is_well(clinic):
    await clinic.ready()
    before = len(clinic.fake.world.commands[None])
    code, lines = await doctor(clinic)
    assert (code, bad(lines)) == (0, [])
    assert "all permissions are there" in lines["Channel #ask-a-doctor (watched)"]
    assert "it agrees with Discord's" in lines["Clock"]
    assert "permissions=274877975552" in lines["Invitation"]
    assert f"knows all {before}" in lines["Commands"]
    assert "schema" in lines["Database"]
    assert clinic.fake.gateway.identifies == 1


@pytest.mark.slow
async def test_what_is_amiss_on_discord_is_told_with_what_to_do(clinic):
    bot = clinic.fake.world.bot["id"]
    denied = str(permissions.SEND_MESSAGES | permissions.READ_MESSAGE_HISTORY)
    clinic.watched["permission_overwrites"] = [{"id": bot, "type": 1, "allow": "0", "deny": denied}]
    code, lines = await doctor(clinic)
    assert (code, bad(lines)) == (1, ["Channel #ask-a-doctor (watched)", "Commands"])
    assert "lacks Send Messages, Read Message History" in lines["Channel #ask-a-doctor (watched)"]
    assert "missing: Answer this" in lines["Commands"]
    hidden = str(permissions.VIEW_CHANNEL)
    clinic.watched["permission_overwrites"] = [{"id": bot, "type": 1, "allow": "0", "deny": hidden}]
    _, lines = await doctor(clinic)
    assert f"Channel {clinic.watched['id']} (watched)" in bad(lines)


@pytest.mark.slow
async def test_a_token_that_is_refused_is_told_and_not_shown(clinic):
    code, lines = await doctor(clinic, token="not.the.token")
    assert (code, bad(lines)) == (3, ["Token"])
    assert "not.the.token" not in str(lines)


@pytest.mark.slow
async def test_discord_out_of_reach_is_told(clinic):
    await clinic.fake.go_away()
    code, lines = await doctor(clinic)
    assert (code, bad(lines)) == (3, ["Discord"])
