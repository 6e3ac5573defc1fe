"""What was shown is noted without a word of anybody's, and answering goes on when it cannot be noted."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from knowledge.deliveries.log import DeliveryLog
from knowledge.errors import NotSaved
from knowledge.model import Outcome, Place
from knowledge.records import connection, deliveries
from knowledge.upkeep.retention import tidy
from tests.knowledge.moderation.doing import ANN, ASKED, ITCH, NOW, TWITCH, add, edit_body
from tests.knowledge.records.counted import counted


@pytest.fixture
def log(house):
    return DeliveryLog(house.database, lambda: NOW, house.moderators.recalls)


async def test_a_reply_can_be_explained_afterwards(house, log):
    await add(house)
    decision = house.desk.respond(ITCH, ASKED)
    assert await log.claim("100", "1", "10", decision)
    assert not await log.claim("100", "1", "10", decision)
    await log.settle("100", "200")
    told = await house.moderators.look.why(ANN, "10", "200")
    assert told.words.title == ITCH
    assert told.still_live
    assert told.delivery.outcome is Outcome.ANSWER
    assert told.delivery.confidence == decision.ranking.matches[0].confidence


async def test_what_is_chosen_is_what_the_reply_shows(house, log):
    await edit_body(house, ANN, "twitch", "It mostly passes.", "k1")
    await log.claim("100", "1", "10", house.desk.respond("something quite else", ASKED))
    await log.settle("100", "200")
    await log.showed("10", "200", "twitch", house.live("twitch"))
    told = await house.moderators.look.why(ANN, "10", "200")
    assert (told.words.answers[0].body, told.still_live) == ("It mostly passes.", True)


async def test_of_replies_noted_together_those_are_put_right_whose_words_changed_before(house, log):
    await edit_body(house, ANN, "twitch", "It mostly passes.", "k1")
    await add(house, key="k2")
    of_server = house.desk.respond(TWITCH.title, ASKED)
    of_book = house.desk.respond(TWITCH.title, Place(addressed=True))
    added = house.desk.respond(ITCH, ASKED)
    await edit_body(house, ANN, added.reply.question.id, "It answers.", "k3")
    shown = {
        "100": ("1", of_server),
        "101": ("1", of_book),  # what the server changed meanwhile
        "102": ("2", of_book),
        "103": ("", of_book),
        "104": ("1", added),
    }
    await asyncio.gather(*(log.sent(asked, at, "10", told, f"r{asked}") for asked, (at, told) in shown.items()))
    rows = await house.database.read("SELECT payload FROM outbox WHERE key LIKE 'noted:%' ORDER BY key")
    assert [json.loads(row["payload"])["asked"] for row in rows] == ["101", "104"]


async def test_who_pressed_a_button_waits_a_moment_at_most_for_the_day_of_a_change(house, monkeypatch):
    await edit_body(house, ANN, "twitch", "It mostly passes.", "k1")
    monkeypatch.setattr("knowledge.deliveries.recall._LOOK_UP_SECONDS", 0)
    assert await house.moderators.recalls.changed_on("1", "twitch") == NOW.date().isoformat()


async def test_what_an_earlier_run_left_open_is_found_however_long_the_disk_takes(house, log, monkeypatch):
    await log.claim("100", "1", "10", house.desk.respond(ITCH, ASKED))
    monkeypatch.setattr("knowledge.deliveries.log._LOOK_UP_SECONDS", 0)
    assert await log.of("100") is None, "a member is not kept waiting"
    later = DeliveryLog(house.database, lambda: NOW, house.moderators.recalls)
    await later.begin()
    assert [delivery.asked_id for delivery in await later.uncertain()] == ["100"]


async def test_no_word_of_a_question_is_kept(house, log, tmp_path):
    await log.claim("100", "1", "10", house.desk.respond("does zanzibar make my left cheek twitch", ASKED))
    await house.database.forget_old_pages()
    assert all(b"zanzibar" not in file.read_bytes() for file in tmp_path.iterdir())


async def test_a_claim_is_given_where_the_disk_fails(open_house, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.02)
    async with open_house() as house:
        log = DeliveryLog(house.database, lambda: NOW, house.moderators.recalls)
        with closing(sqlite3.connect(tmp_path / "second-opinion.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert await log.claim("100", "1", "10", house.desk.respond(TWITCH.title, ASKED))
            await log.settle("100", "200")
        assert "A delivery was not noted" in caplog.text
        assert await log.claim("100", "1", "10", house.desk.respond(TWITCH.title, ASKED))


async def test_after_a_failure_no_reply_waits_for_the_disk_for_a_while(house, monkeypatch):
    now, tried = [NOW], []

    async def write_in_group(change):
        tried.append(change)
        raise NotSaved("Not saved: the disk is full.")

    monkeypatch.setattr(house.database, "write_in_group", write_in_group)
    log = DeliveryLog(house.database, lambda: now[0], house.moderators.recalls)
    for seconds, tries in ((0, 1), (0, 1), (9, 1), (2, 2), (9, 2)):
        now[0] += timedelta(seconds=seconds)
        assert await log.claim("100", "1", "10", house.desk.respond(TWITCH.title, ASKED))
        assert len(tried) == tries


async def test_a_claim_of_which_nobody_knows_goes_with_its_age_and_counts_nothing(house, log):
    await log.claim("100", "1", "10", house.desk.respond(TWITCH.title, ASKED))
    await log.release("100")
    await log.claim("100", "1", "10", house.desk.respond(TWITCH.title, ASKED))
    assert await tidy(house.database, NOW + timedelta(days=91), lambda _: 90) == 1
    assert await deliveries.unsettled(house.database, NOW + timedelta(days=99)) == ()
    assert await counted(house.database) == {}
