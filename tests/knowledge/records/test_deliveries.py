"""No message is answered twice, what was shown can be looked up, and old deliveries leave only counts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.curation.entry import Signed
from knowledge.curation.examples import Example
from knowledge.curation.settings import ReviewMode, ServerSettings
from knowledge.model import Outcome
from knowledge.records import deliveries, examples, requests, settings
from knowledge.records.deliveries import Delivery

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ANSWER = Delivery("100", "1", "10", Outcome.ANSWER, "hiccups", "c0ffee", 0.93, ("numbers",))


async def claim(database, delivery: Delivery = ANSWER, at: datetime = NOW) -> bool:
    return await database.write(lambda change: deliveries.claim(change, delivery, at))


async def test_of_two_who_claim_a_message_one_replies(database):
    assert sorted(await asyncio.gather(*(claim(database) for _ in range(5)))) == [False] * 4 + [True]


async def test_claims_that_come_together_are_each_told_their_own(database):
    await claim(database, replace(ANSWER, asked_id="20"))
    wanted = [replace(ANSWER, asked_id=str(number), entry_id=f"e{number}") for number in (*range(40), 30)]
    claimed = await database.write(lambda change: deliveries.claim_all(change, wanted, NOW))
    assert claimed == [number != 20 for number in range(40)] + [False]
    assert {one.asked_id: one for one in await deliveries.unsettled(database, LATER)} == {
        one.asked_id: one if one.asked_id != "20" else replace(ANSWER, asked_id="20") for one in wanted
    }


async def test_of_two_notes_on_one_message_that_come_together_the_later_stays(database):
    noted = [replace(ANSWER, asked_id=str(number % 30), reply_id=f"r{number}") for number in range(40)]
    await database.write(lambda change: deliveries.sent_all(change, noted, NOW))
    assert (await deliveries.of_asked(database, "9")).reply_id == "r39"
    assert (await deliveries.of_asked(database, "10")).reply_id == "r10"


async def test_a_sent_reply_tells_what_it_shows(database):
    await claim(database)
    assert await deliveries.unsettled(database, LATER) == (ANSWER,)
    assert await database.write(lambda change: deliveries.settle(change, "100", "200", NOW))
    sent = replace(ANSWER, reply_id="200")
    assert await deliveries.of_reply(database, "10", "200") == sent
    assert await deliveries.of_reply(database, "11", "200") is None
    assert await deliveries.unsettled(database, LATER) == ()
    assert await database.write(lambda change: deliveries.show(change, "10", "200", "twitch", "beef"))
    assert await deliveries.of_reply(database, "10", "200") == replace(sent, entry_id="twitch", content_hash="beef")


async def test_what_was_never_claimed_is_not_settled(database):
    assert not await database.write(lambda change: deliveries.settle(change, "100", "200", NOW))


async def test_a_claim_given_back_can_be_taken_again_but_a_reply_cannot(database):
    await claim(database)
    await database.write(lambda change: deliveries.release(change, "100"))
    assert await claim(database)
    await database.write(lambda change: deliveries.settle(change, "100", "200", NOW))
    await database.write(lambda change: deliveries.release(change, "100"))
    assert not await claim(database)


async def test_a_request_is_settled_once_in_each_server(database):
    async def settle(server_id: str) -> None:
        await database.write(lambda change: requests.settle(change, server_id, "7", {"hiccups": [3]}, NOW))

    await settle("1")
    assert await requests.outcome_of(database, "1", "7") == {"hiccups": [3]}
    assert await requests.outcome_of(database, "2", "7") is None
    await settle("2")
    assert await database.write(lambda change: requests.purge(change, NOW + timedelta(days=1))) == 2
    assert await requests.outcome_of(database, "1", "7") is None


async def test_settings_are_kept_by_server_with_their_history(database):
    first, ada = ServerSettings(), Signed("ada", NOW)
    second = first.choosing(review=ReviewMode.ALL, moderator_roles=frozenset({"7", "8"}))
    third = second.choosing(review=ReviewMode.RISKY)
    await database.write(lambda change: settings.keep(change, "1", first, second, ada))
    await database.write(lambda change: settings.keep(change, "1", second, third, ada))
    assert await settings.load(database, first) == {"1": third}
    told = await database.read("SELECT name, value, author_id FROM settings ORDER BY id")
    assert [tuple(row) for row in told] == [
        ("review", '"all"', "ada"),
        ("moderator_roles", '["7", "8"]', "ada"),
        ("review", '"risky"', "ada"),
    ]


async def test_examples_are_kept_by_server(database):
    ann = Signed("ann", NOW)
    for example in (Example("hic"), Example("hic", "hiccups"), Example("bye")):
        await database.write(lambda change, kept=example: examples.keep(change, "1", kept, ann))
    assert await examples.load(database) == {"1": (Example("bye"), Example("hic", "hiccups"))}
    assert await database.write(lambda change: examples.remove(change, "2", "hic")) == 0
    assert await database.write(lambda change: examples.remove(change, "1", "hic")) == 1
    assert await examples.load(database) == {"1": (Example("bye"),)}
