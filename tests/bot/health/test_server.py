"""`/healthz` and `/metrics` over a socket of this machine, and `health` that asks them."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.cli.app import main
from bot.cli.exits import Exit
from bot.health.server import LOOPBACK, serving_health
from tests.bot.health.test_vitals import WELL

if TYPE_CHECKING:
    from bot.health.vitals import Vitals


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        return free.getsockname()[1]


@pytest.fixture
def settings(tmp_path, port):
    file = tmp_path / "config.toml"
    file.write_text(f"[health]\nport = {port}\n")
    return str(file)


def looking(vitals):
    async def look() -> Vitals:
        return vitals

    return look


async def fetched(port, path):
    async with aiohttp.ClientSession() as web, web.get(f"http://{LOOPBACK}:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_a_bot_that_is_well_gives_200_and_one_that_is_not_503_with_the_reasons(port):
    async with serving_health(port, looking(WELL)):
        status, text = await fetched(port, "/healthz")
    assert (status, json.loads(text)["reasons"]) == (200, [])
    async with serving_health(port, looking(replace(WELL, ready=False))):
        status, text = await fetched(port, "/healthz")
    assert (status, json.loads(text)["reasons"]) == (503, ["Not connected to Discord."])


async def test_metrics_are_given_and_without_the_extra_it_says_so(port, monkeypatch):
    async with serving_health(port, looking(WELL)):
        status, text = await fetched(port, "/metrics")
        assert (status, "second_opinion_healthy 1.0" in text) == (200, True)
        monkeypatch.setitem(sys.modules, "bot.health.metrics", None)
        status, text = await fetched(port, "/metrics")
        assert (status, "metrics" in text) == (501, True)


async def test_only_this_machine_is_told(port):
    async with serving_health(port, looking(WELL)):
        with pytest.raises(ConnectionRefusedError):  # as at every other address
            await asyncio.open_connection("127.0.0.2", port)


async def test_a_port_that_is_taken_does_not_keep_the_bot_from_serving(port, caplog):
    async with serving_health(port, looking(WELL)), serving_health(port, looking(WELL)):
        assert (await fetched(port, "/healthz"))[0] == 200
    assert f"port {port} cannot be used" in caplog.text


@pytest.mark.parametrize(
    ("vitals", "told"),
    [
        (WELL, "Members are answered.\n"),
        (replace(WELL, waiting=700), "700 messages wait for their reply.\nMembers are answered.\n"),
        (replace(WELL, ready=False), "Not connected to Discord.\nSomething is wrong.\n"),
    ],
)
async def test_the_word_tells_it_with_its_exit_code(port, settings, capsys, vitals, told):
    code = Exit.DONE if vitals.ready else Exit.FAULTS
    async with serving_health(port, looking(vitals)):
        assert await asyncio.to_thread(main, ["--config", settings, "health"]) == code
    assert capsys.readouterr().out == told


def test_where_no_bot_answers_or_no_port_is_named_that_is_told(settings, capsys, tmp_path):
    assert main(["--config", settings, "health"]) == Exit.CANNOT_RUN
    assert "No bot answers at port" in capsys.readouterr().err
    (tmp_path / "config.toml").write_text("")
    assert main(["--config", settings, "health"]) == Exit.USAGE
    assert "set [health] port" in capsys.readouterr().err
