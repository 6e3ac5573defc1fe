"""`kill -9` while a question is passed on, and while a moderator dismisses it.

The question waits once, or was never called kept; its asker is told of the dismissal once. A third of the kills fall on
the first byte of the transaction, a third anywhere near it, a third on the moment in which somebody is told.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass

import pytest

from bot.store.folder import DATABASE
from tests.fakediscord import Person
from tests.fakediscord.mentions import texts
from tests.faults.counting import Counts
from tests.scale import scaled
from tests.wire.test_process_kills import button, kill_at

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

HERE, TAKE_BACK = "Ask, and tell me in this channel", "Take it back"


@dataclass
class Round:
    """One member's question, and the message on which they agreed to have it kept."""

    clinic: object
    number: int
    who: Person

    @property
    def reason(self):
        return f"This is asked elsewhere, see note {self.number}."

    async def offered(self):
        asked = await self.who.mention(self.clinic.channel, f"how tall does tree number {self.number} grow?")
        reply = await self.clinic.fake.reply_to(asked)
        offer = await self.who.press(reply, label="Ask the moderators")
        return await self.clinic.fake.until(lambda: button(offer, HERE))

    async def keep(self, offered):
        """Press the button that keeps it; give what tells whether that was acknowledged."""
        pressed = await self.who.press(offered, label=HERE)
        return lambda: button(pressed, TAKE_BACK)

    async def dismissal(self):
        """Open the form that dismisses the one question that waits."""
        page = await self.clinic.max.shown(await self.clinic.max.slash(self.clinic.channel, "queue"))
        return await self.clinic.max.acknowledged(await self.clinic.max.press(page, label="Dismiss"))

    async def dismiss(self, form):
        sent = await self.clinic.max.submit(form, {"reason": self.reason})
        return lambda: says(sent, "**Done.**")

    def waiting(self):
        """Give how often this member's question waits; whatever waits has somebody who asked it."""
        with closing(sqlite3.connect(self.clinic.folder / "data" / DATABASE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            open_ones = "SELECT id FROM waiting WHERE ended_at IS NULL ORDER BY id"
            asked = "SELECT DISTINCT waiting_id FROM askings ORDER BY waiting_id"
            assert connection.execute(open_ones).fetchall() == connection.execute(asked).fetchall()
            mine = "SELECT COUNT(*) FROM askings WHERE member_id = ?"
            return connection.execute(mine, [self.who.user["id"]]).fetchone()[0]

    def told(self):
        """Give how often the member was told of the dismissal."""
        said = [" ".join(texts(one)) for one in self.clinic.fake.world.by_bot(self.clinic.channel)]
        return sum(self.reason in one and f"<@{self.who.user['id']}>" in one for one in said)


def says(interaction, words):
    shown = [one for one in (interaction.original, *interaction.followups) if one]
    return any(words in "\n".join(texts(one)) for one in shown)


async def killed_while(clinic, act, number, chance):
    """Kill the bot around what `act` does; give whether that was acknowledged before."""
    program = clinic.programs[-1]
    if number % 3 != 2:
        wal = (clinic.folder / "data" / DATABASE).with_name(f"{DATABASE}-wal")
        pause = chance.uniform(0, 0.6) if number % 3 else None
        killing = threading.Thread(target=kill_at, args=(program.pid, wal, pause))
        killing.start()
        acknowledged = await act
    else:
        acknowledged = await act
        await clinic.fake.until(acknowledged)
        program.signal(signal.SIGKILL)
    await program.ended()
    clinic.fake.gateway.sessions.clear()
    return bool(acknowledged())


async def one_round(one, chance):
    """Pass a question on and dismiss it, with a kill during each; give how much was lost and how much doubled."""
    clinic, fake = one.clinic, one.clinic.fake
    offered = await one.offered()
    acknowledged = await killed_while(clinic, one.keep(offered), one.number, chance)
    waits = one.waiting()
    lost, doubled = int(acknowledged and not waits), max(waits - 1, 0)
    await clinic.ready(watch=False)
    if not acknowledged:
        # The same press again: it is kept already, or the words were not held over the restart.
        again = await one.who.press(offered, label=HERE)
        await fake.until(lambda: button(again, TAKE_BACK) or says(again, "Nothing was kept"))
        doubled += one.waiting() - waits
    if not waits:
        await fake.until(await one.keep(await one.offered()))
    form = await one.dismissal()
    acknowledged = await killed_while(clinic, one.dismiss(form), one.number + 1, chance)
    waits = one.waiting()
    lost += acknowledged and waits
    await clinic.ready(watch=False)
    if waits:
        await fake.until(await one.dismiss(await one.dismissal()))
    await fake.until(one.told)
    return lost, doubled


async def test_no_question_is_lost_or_told_twice(clinic, record_property):
    chance, rounds, lost, doubled = random.Random(12), [], 0, 0
    await clinic.ready(watch=False)
    for number in range(scaled(150, 15)):
        rounds.append(Round(clinic, number, Person(clinic.fake, f"member{number}", clinic.guild)))
        without, twice = await one_round(rounds[-1], chance)
        lost, doubled = lost + without, doubled + twice
    # One more start carries out whatever is left to be told.
    await clinic.programs[-1].close()
    clinic.fake.gateway.sessions.clear()
    await clinic.ready(watch=False)
    last = Round(clinic, len(rounds), clinic.ann)
    await clinic.fake.until(await last.keep(await last.offered()))
    lost += sum(one.told() == 0 for one in rounds)
    doubled += sum(one.told() > 1 for one in rounds)
    Counts(record_property).tell(2 * len(rounds), lost=lost, doubled=doubled)
    assert (lost, doubled) == (0, 0)
    assert [one.waiting() for one in (*rounds, last)] == [0] * len(rounds) + [1]
