"""Thirty days after the bot was removed from a server nothing of it is left, in no table and in no page of the file."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from knowledge.curation.examples import Example
from knowledge.curation.rights import Caller
from knowledge.curation.votes import Verdict, Vote
from knowledge.curation.waiting import MemberQuestion, Route
from knowledge.curation.wordings import ShownWording
from knowledge.deliveries.log import DeliveryLog
from knowledge.model import Answer
from knowledge.records import departures as records
from knowledge.records import outbox, queue, wordings
from knowledge.records import votes as vote_records
from knowledge.records.outbox import Item
from knowledge.statistics.counting import Counted
from knowledge.upkeep.departures import KEPT, Departures
from tests.clock import Clock
from tests.knowledge.moderation.doing import ADA, ASKED, NOW, TWITCH

CANARY = "xylophagous"
# Tables that hold nothing of one server; whoever adds one here has asked themselves what is in it.
OF_NO_SERVER = {"attendance", "opt_ins", "opt_outs"}


@pytest.fixture
def clock():
    return Clock(NOW)


@pytest.fixture
def departures(house, clock):
    return Departures(house.database, house.moderators.servers, clock)


async def live_in(house, caller):
    """Leave something of a server in every table."""
    proposal = house.moderators.propose.new(caller, f"Is {CANARY} wood safe?", [Answer(f"It is {CANARY}.")])
    await house.moderators.edit.save(caller, "k1", proposal)
    await house.moderators.administer.add_example(caller, "k2", Example("how tall is the tower"))
    await house.moderators.administer.change_settings(
        caller, "k3", lambda now: now.choosing(notice_addition=f"Ask about {CANARY}.")
    )
    server, log = caller.server_id, DeliveryLog(house.database, lambda: NOW, house.moderators.recalls)
    await log.sent(f"a{server}", server, "10", house.desk.respond(TWITCH.title, ASKED), f"r{server}")
    log.silences.note("s", server, Counted.SILENT)
    await log.silences.write()

    async def more(change):
        await vote_records.cast(change, Vote(server, "10", f"r{server}", "9", "twitch", Verdict.HELPFUL), NOW)
        await vote_records.purge(change, server, NOW + timedelta(days=1))
        await vote_records.cast(change, Vote(server, "10", f"r{server}", "9", "twitch", Verdict.HELPFUL), NOW)
        await outbox.add(change, Item("digest", f"{server}:x", NOW, server, "10"))
        await change.execute("INSERT INTO recalls VALUES (?, 'twitch', 1, 0, 0, 0)", server)
        asked = MemberQuestion(server, "9", "10", "", f"is {CANARY} safe?", Route.CHANNEL, NOW)
        await queue.keep(change, asked, None, NOW)
        await wordings.keep(change, ShownWording(server, "9", "twitch", f"{CANARY}?", NOW), NOW)

    await house.database.write(more)


async def rows_of(house, server_id):
    """Give how many rows each table holds of a server."""
    found = {}
    for table in await tables(house):
        columns = {row["name"] for row in await house.database.read(f"SELECT name FROM pragma_table_info('{table}')")}
        if "server_id" in columns:
            (row,) = await house.database.read(f"SELECT COUNT(*) AS n FROM {table} WHERE server_id = ?", server_id)
            found[table] = row["n"]
    return found


async def tables(house):
    rows = await house.database.read("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [row["name"] for row in rows]


def on_the_disk(house):
    folder, name = house.database.path.parent, house.database.path.name
    return b"".join((folder / f"{name}{ending}").read_bytes() for ending in ("", "-wal"))


async def test_every_table_names_the_server_or_is_known_to_be_of_none(house):
    assert set(await tables(house)) == set(await rows_of(house, "1")) | OF_NO_SERVER


async def test_nothing_of_it_is_left_and_all_of_the_others_is(house, clock, departures):
    eve = Caller("2", "eve", manages_messages=True, manages_server=True)
    await live_in(house, ADA)
    await live_in(house, eve)
    of_eve = await rows_of(house, "2")
    empty = {table for table, rows in (await rows_of(house, ADA.server_id)).items() if not rows}
    assert empty <= {"departures"}, "live_in has to leave something in every table"
    await departures.left(ADA.server_id)
    clock.at += KEPT - timedelta(seconds=1)
    assert await departures.purge() == 0
    clock.at += timedelta(seconds=1)
    assert await departures.purge() == 1
    assert set((await rows_of(house, ADA.server_id)).values()) == {0}
    assert await rows_of(house, "2") == of_eve
    assert not any(CANARY in question.title for question in house.desk.snapshot_of(ADA.server_id).questions.values())
    assert house.moderators.servers.settings(ADA.server_id).notice_addition == ""
    assert await departures.purge() == 0


async def test_its_words_are_in_no_page_of_the_file(house, clock, departures):
    await live_in(house, ADA)
    assert CANARY.encode() in on_the_disk(house)
    await departures.left(ADA.server_id)
    clock.at += KEPT
    await departures.purge()
    assert CANARY.encode() not in on_the_disk(house)


async def test_it_is_kept_where_the_bot_returns_before(house, clock, departures):
    await live_in(house, ADA)
    before = await rows_of(house, ADA.server_id)
    await departures.left(ADA.server_id)
    clock.at += timedelta(days=29)
    await departures.returned(ADA.server_id)
    clock.at += timedelta(days=29)
    assert await departures.purge() == 0
    assert await rows_of(house, ADA.server_id) == before


async def test_it_is_kept_where_the_bot_returns_while_another_server_is_purged(house, clock, departures, monkeypatch):
    for server in ("1", "2"):
        await live_in(house, Caller(server, "7", manages_server=True))
        await departures.left(server)
    look_up = house.moderators.servers.look_up

    async def returning(server):
        await look_up(server)
        await departures.returned("2")

    monkeypatch.setattr(house.moderators.servers, "look_up", returning)
    clock.at += KEPT
    assert await departures.purge() == 1
    assert await records.known(house.database) == {"2"}


async def test_what_happened_while_the_bot_was_down_is_found_out(house, clock, departures):
    await live_in(house, ADA)
    await departures.present({ADA.server_id, "2"})
    assert await departures.gone() == set()
    await departures.present({"2"})
    assert await departures.gone() == {ADA.server_id}
    clock.at += timedelta(days=20)
    await departures.present({"2"})
    clock.at += timedelta(days=10)
    await departures.present({"2", "3"})
    assert await departures.purge() == 1, "the thirty days began when it was first missed"
    await departures.left("2")
    await departures.present({"2", ADA.server_id})
    assert await departures.gone() == set()


async def test_a_server_that_the_bot_joins_while_the_others_are_looked_at_is_not_taken_for_one_it_left(
    house, departures, monkeypatch
):
    await live_in(house, ADA)
    known, joining = records.known, []

    async def known_while_joining(database):
        joining.append(asyncio.create_task(departures.returned(ADA.server_id)))
        await asyncio.sleep(0)
        return await known(database)

    monkeypatch.setattr(records, "known", known_while_joining)
    await departures.present({"2"})
    await joining[0]
    assert await departures.gone() == set()


async def test_revisions_of_a_server_that_is_there_are_never_deleted(house):
    await live_in(house, ADA)

    async def delete(change):
        await records.note(change, ADA.server_id, NOW)
        await change.execute("DELETE FROM revisions WHERE server_id = ?", ADA.server_id)

    with pytest.raises(Exception, match="append-only"):
        await house.database.write(delete)


async def test_the_book_is_of_no_server(house):
    with pytest.raises(ValueError, match="no server"):
        await house.database.write(lambda change: records.purge(change, ""))
