"""`kill -9` between a moderator's form and the bot's reply: what was acknowledged is kept, whole and once.

A third of the kills fall on the first byte of the transaction, a third anywhere near it, a third on the moment in which
the moderator is told.
"""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.store.folder import DATABASE
from knowledge.moderation.unsaved import NOT_HELD
from tests.fakediscord.limits import walk
from tests.fakediscord.mentions import texts
from tests.scale import scaled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakediscord.state import Json

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

_log = logging.getLogger(__name__)

EDITED = "cheek-twitching-botox"


@dataclass
class Ledger:
    """What was sent, what the moderator was told is saved, and what was killed before they were told."""

    sent: list[str] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    untold: list[tuple[Json, str]] = field(default_factory=list)
    kept_untold: int = 0


def kill_at(pid: int, wal: Path, pause: float | None) -> None:
    """Kill after a pause, or, without one, as soon as the first byte of a transaction reaches the log."""
    if pause is not None:
        time.sleep(pause)
    else:
        before, end = wal.stat().st_mtime_ns, time.monotonic() + 3
        while time.monotonic() < end and wal.stat().st_mtime_ns == before:
            time.sleep(0.0001)  # the fake Discord has work to do beside this
    os.kill(pid, signal.SIGKILL)


def bodies(database: Path) -> list[str]:
    """Give the body that each revision of a moderator wrote, and hold the tables to each other."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT content FROM revisions WHERE server_id != '' ORDER BY rowid").fetchall()
        newest = "SELECT entry_id, MAX(number) FROM revisions WHERE server_id != '' GROUP BY entry_id"
        stand = connection.execute("SELECT entry_id, number FROM entries").fetchall()
        assert sorted(connection.execute(newest)) == sorted(stand)
        assert connection.execute("SELECT COUNT(*) FROM requests").fetchone() == (len(rows),)
    return [json.loads(content)["answers"][0]["body"] for (content,) in rows]


def button(interaction, label):
    """Give the message of an answer that has a button with this label, once it is there."""
    messages = [message for message in (interaction.original, *interaction.followups) if message]
    return next((one for one in messages if any(part.get("label") == label for part in walk(one["components"]))), None)


async def proposal(clinic, number):
    """Fill in the form of a new answer, or of an edit of the book's, and give the message with the Save button."""
    body = f"These are the words of answer number {number}, and nobody else's."
    if number % 2:
        opened = await clinic.max.slash(clinic.channel, "answer edit", entry=EDITED)
        values = {"body": body}
    else:
        opened = await clinic.max.slash(clinic.channel, "answer add")
        values = {"title": f"What is thing number {number}?", "body": body, "name": "Jo Kim, MD"}
    await clinic.max.acknowledged(opened)
    sent = await clinic.max.submit(opened, values)
    return body, await clinic.fake.until(lambda: button(sent, "Save"))


def says_saved(pressed):
    return bool(pressed.original) and "\n".join(texts(pressed.original)).startswith("**Saved.**")


async def one_kill(clinic, number, chance, ledger):
    program = await clinic.ready(samples=True)
    database = clinic.folder / "data" / DATABASE
    body, message = await proposal(clinic, number)
    wal = database.with_name(f"{database.name}-wal")
    at_once = number % 3 == 2  # as soon as the moderator is told
    if not at_once:
        pause = chance.uniform(0.0, 1.0) if number % 3 else None
        killing = threading.Thread(target=kill_at, args=(program.pid, wal, pause))
        killing.start()
    pressed = await clinic.max.press(message, label="Save")
    ledger.sent.append(body)
    if at_once:
        await clinic.fake.until(lambda: says_saved(pressed))
        program.signal(signal.SIGKILL)
    await program.ended()
    clinic.fake.gateway.sessions.clear()
    kept = bodies(database)
    if says_saved(pressed):
        ledger.saved.add(body)
        assert body in kept, "acknowledged and lost"
    else:
        ledger.untold.append((message, body))
        ledger.kept_untold += body in kept


async def test_no_acknowledged_change_is_lost_half_or_doubled(clinic):
    kills, ledger, chance = scaled(500, 20), Ledger(), random.Random(6)
    for number in range(kills):
        await one_kill(clinic, number, chance, ledger)
    kept = bodies(clinic.folder / "data" / DATABASE)
    counts = (kills, len(ledger.saved), len(ledger.untold), ledger.kept_untold)
    _log.warning("%d kills, %d acknowledged, %d before the acknowledgement, %d of these kept", *counts)
    assert ledger.saved <= set(kept)
    assert all(kept.count(body) <= 1 for body in ledger.sent)
    assert set(kept) <= set(ledger.sent), "nothing is half"
    assert len(ledger.untold) >= kills // 5
    assert len(ledger.saved) >= kills // 5
    message, body = ledger.untold[-1]
    await clinic.ready(samples=True)
    again = await clinic.max.press(message, label="Save")
    told = await clinic.fake.until(lambda: again.followups)
    assert NOT_HELD in "\n".join(texts(told[0]))
    assert bodies(clinic.folder / "data" / DATABASE).count(body) == kept.count(body)


# The bot with one line in another place: a change is acknowledged a little before it is committed.
EARLY = """
import asyncio, sys
from knowledge.records.database import Database
from knowledge.records.transaction import Transaction

late = set()

async def commit(self, change):
    async with self._turn:
        if not self._writer.in_transaction:
            await self._begin()
        result = await change(Transaction(self._writer))
    late.add(asyncio.create_task(committed_later(self)))
    return result

async def committed_later(database):
    await asyncio.sleep(30)
    async with database._turn:
        await database._writer.commit()

Database._commit = commit
from bot.cli.app import main
sys.exit(main())
"""


async def test_a_build_that_acknowledges_early_is_caught(clinic):
    """The control: the kills do find such a fault."""
    clinic.python = ("-c", EARLY)
    at_once = 2  # killed as soon as the moderator is told
    with pytest.raises(AssertionError, match="acknowledged and lost"):
        await one_kill(clinic, at_once, random.Random(6), Ledger())
