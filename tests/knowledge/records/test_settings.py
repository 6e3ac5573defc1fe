"""Settings on the disk: every kind of value comes back as it was, and what cannot be read counts as not chosen."""

from __future__ import annotations

from dataclasses import fields

from knowledge.curation.entry import Signed
from knowledge.curation.settings import SHIPPED, Care, Digest, ReviewMode
from knowledge.records import settings
from tests.knowledge.moderation.doing import NOW

ADA = Signed("ada", NOW)
OTHERS = {
    "review": ReviewMode.ALL,
    "moderator_roles": frozenset({"9", "10"}),
    "watched": frozenset({"3", "1", "2"}),
    "watch_threads": False,
    "care": Care.CAREFUL,
    "answer_again_after": 60,
    "answers_per_member": 1,
    "member_window": 30,
    "private_ask": False,
    "country": "GB",
    "own_lines": ("Campus: 555 0100.", "Zoë's desk"),
    "notice_addition": "Ask\nus.",
    "staff_channel": "7",
    "digest": Digest(0, 9, "Europe/London", "8"),
    "retention_days": 30,
    "paused": True,
    "paused_until": 1_700_000_000,
}


async def keep(database, before, after):
    await database.write(lambda change: settings.keep(change, "1", before, after, ADA))


async def test_every_setting_comes_back_as_it_was_chosen(database):
    chosen = SHIPPED.choosing(**OTHERS)
    assert {field.name for field in fields(SHIPPED)} == {*OTHERS, "chosen"}
    assert all(getattr(SHIPPED, name) != value for name, value in OTHERS.items())
    await keep(database, SHIPPED, chosen)
    assert await settings.load(database, SHIPPED) == {"1": chosen}


async def test_what_a_server_did_not_choose_follows_the_operator(database):
    await keep(database, SHIPPED, SHIPPED.choosing(retention_days=30))
    operators = SHIPPED.choosing(private_ask=False)
    loaded = (await settings.load(database, operators))["1"]
    assert (loaded.retention_days, loaded.private_ask) == (30, False)


async def test_a_choice_that_equals_the_operators_stays_when_those_change(database):
    await keep(database, SHIPPED, SHIPPED.choosing(retention_days=90))
    loaded = (await settings.load(database, SHIPPED.choosing(retention_days=365)))["1"]
    assert loaded.retention_days == 90


async def test_a_setting_can_be_left_to_the_operator_again(database):
    chosen = SHIPPED.choosing(retention_days=30, care=Care.CAREFUL)
    await keep(database, SHIPPED, chosen)
    left = chosen.leaving(["retention_days"], SHIPPED)
    await keep(database, chosen, left)
    assert await settings.load(database, SHIPPED) == {"1": left}
    assert [(one.name, one.value, one.by) for one in await settings.history(database, "1", 2)] == [
        ("retention_days", None, "ada"),
        ("retention_days", 30, "ada"),
    ]


async def test_what_cannot_be_read_counts_as_not_chosen(database, caplog):
    rows = [("1", "care", '"reckless"'), ("1", "tea", '"green"'), ("1", "retention_days", "31")]

    async def write(change):
        for row in rows:
            await change.execute(
                "INSERT INTO settings (server_id, name, value, author_id, at) VALUES (?,?,?,'a',1)", *row
            )

    await database.write(write)
    assert await settings.load(database, SHIPPED) == {"1": SHIPPED.choosing(retention_days=31)}
    assert "care" in caplog.text
    assert "reckless" not in caplog.text
