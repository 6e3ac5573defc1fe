"""Members' words never reach a log, whoever logs them."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
from pathlib import Path

import pytest

from bot.config import LogSettings
from bot.logs import report_here, start_logging

SECRET = "my rash is on my left elbow"


@pytest.fixture(params=["plain", "json"])
def log(tmp_path, request):
    """Log everything to a file, and read it."""
    file = tmp_path / "logs" / "bot.log"
    start_logging(LogSettings(level="debug", file=file, format=request.param))
    return lambda: file.read_text() if file.exists() else ""


def fail():
    raise ValueError(SECRET)


def test_a_logged_exception_leaves_its_frames_and_not_its_words(log):
    try:
        fail()
    except ValueError:
        logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_message")
    assert "builtins.ValueError" in log()
    assert "in fail" in log()
    assert SECRET not in log()


def test_a_chained_exception_leaves_no_words_either(log):
    try:
        try:
            fail()
        except ValueError as cause:
            raise RuntimeError(SECRET) from cause
    except RuntimeError as crash:
        told = report_here(crash)
    assert "bot.log" in told
    assert SECRET not in told + log()
    assert "builtins.ValueError" in log()


def test_a_log_that_cannot_be_written_is_not_named(tmp_path):
    (tmp_path / "full").touch()
    start_logging(LogSettings(file=tmp_path / "full" / "bot.log"))
    told = report_here(RuntimeError())
    assert "incident" in told
    assert "bot.log" not in told


async def test_a_failed_task_that_nobody_awaited_leaves_no_words(log):
    async def failing():
        fail()

    task = asyncio.get_running_loop().create_task(failing())
    await asyncio.wait([task])
    del task
    gc.collect()
    assert "Task exception was never retrieved" in log()
    assert SECRET not in log()


def test_libraries_debug_lines_are_not_logged_and_ours_are(log):
    logging.getLogger("discord.gateway").debug("received %s", SECRET)
    logging.getLogger("aiosqlite").debug("executing %s", SECRET)
    logging.getLogger("bot.traffic").debug("queue is empty")
    assert "queue is empty" in log()
    assert SECRET not in log()


@pytest.mark.parametrize("name", ["discord.gateway", "discord.http", "aiosqlite", "asyncio"])
def test_nor_when_somebody_sets_a_librarys_logger_to_debug(log, monkeypatch, name):
    library = logging.getLogger(name)
    monkeypatch.setattr(library, "level", logging.DEBUG)
    library._cache.clear()
    library.debug("For Shard ID %s: WebSocket Event: %s", None, {"content": SECRET})
    library.info("an ordinary line")
    library._cache.clear()
    assert "an ordinary line" in log()
    assert SECRET not in log()


def test_no_file_is_made_before_there_is_something_to_write(log, tmp_path):
    assert list(tmp_path.iterdir()) == []
    logging.getLogger("bot").warning("now")
    assert [path.name for path in (tmp_path / "logs").iterdir()] == ["bot.log"]
    assert "now" in log()


@pytest.mark.usefixtures("log")
def test_a_log_that_cannot_be_written_spills_nothing(tmp_path, capsys):
    (tmp_path / "logs").write_text("in the way")
    logging.getLogger("bot").warning("lost")
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("log")
def test_where_the_working_directory_is_gone_it_logs_to_standard_error(tmp_path, monkeypatch, capsys):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    start_logging(LogSettings(), otherwise=Path("data/terminal.log"))
    logging.getLogger("bot").warning("still here")
    assert "still here" in capsys.readouterr().err


def test_a_storm_of_faults_fills_no_disk_and_its_size_is_told(tmp_path):
    now = 0.0
    start_logging(LogSettings(file=tmp_path / "bot.log"), clock=lambda: now)
    for number in range(20_000):
        logging.getLogger("bot").warning("A delivery was not noted, number %d %s", number, "x" * 100)
    now = 61.0
    logging.getLogger("bot").warning("the next minute")
    written = (tmp_path / "bot.log").read_text("utf-8")
    assert len(written) < 1_000_000
    *_, told, last = written.splitlines()
    lines = len(written.splitlines())
    assert f"{20_000 - lines + 2} further lines" in told
    assert last.endswith("the next minute")


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("Authorization: Bot MTI3NjY0NDU1OTcwNzI5OTg0MA.GxyzAB.abcdefghijklmnopqrstuvwxyz0123", "GxyzAB"),
        ("token=NzkyNzE1NDU0MTk2MDg4ODQy.X-hvzA.Ovy4MCQywSkoMRRclStW4xAYK7I", "Ovy4"),
        ("PATCH https://discord.com/api/v10/webhooks/1000/aW50ZXJhY3Rpb246MTAw/messages/@original 429", "aW50"),
        ("POST https://discord.com/api/v10/interactions/55/aW50ZXJhY3Rpb246MTAw/callback", "aW50"),
    ],
)
def test_what_opens_an_account_is_not_logged_whoever_says_it(tmp_path, said, secret):
    start_logging(LogSettings(file=tmp_path / "bot.log"))
    logging.getLogger("discord.http").warning("We are being rate limited. %s", said)
    written = (tmp_path / "bot.log").read_text("utf-8")
    assert "rate limited" in written
    assert secret not in written


def test_ordinary_lines_are_left_as_they_are(tmp_path):
    start_logging(LogSettings(file=tmp_path / "bot.log"))
    said = "Incident 1 in knowledge.records.database at /app/bot/discord/supervision.py, channel 1574062977303183361"
    logging.getLogger("bot").warning(said)
    assert (tmp_path / "bot.log").read_text("utf-8").endswith(f"{said}\n")


def test_json_lines_hold_what_plain_ones_hold(tmp_path):
    file = tmp_path / "bot.log"
    start_logging(LogSettings(file=file, format="json"))
    logging.getLogger("bot.outbox.worker").warning("The outbox waits\nfor %s", "the disk")
    try:
        fail()
    except ValueError:
        logging.getLogger("bot").exception("Bot MTAwMA.fake.token-that-must-never-be-seen")
    first, second = map(json.loads, file.read_text().splitlines())
    assert first.items() >= {
        "level": "warning", "logger": "bot.outbox.worker", "message": "The outbox waits\nfor the disk"
    }.items()  # fmt: skip
    assert first["time"].endswith("Z")
    assert second["message"] == "Bot (a secret)"
    assert "builtins.ValueError" in second["exception"]
    assert SECRET not in file.read_text()
