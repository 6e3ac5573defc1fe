"""What is over is forgotten after the time that SECURITY.md names, and not before."""

from __future__ import annotations

import pytest

from knowledge.upkeep.retention import tidy
from tests.knowledge.moderation.doing import NOW

DAY, MINUTE = 86_400, 60
# Each is given the time from which its age counts, as `:at`.
FORM = "INSERT INTO requests VALUES ('1', :key, '{}', :at)"
ITEM = (
    "INSERT INTO outbox (kind, key, server_id, channel_id, payload, bulk, not_before, expires_at, ended_at, given_up) "
    "VALUES ('note', :key, '1', '10', '{}', 0, :at, :at, :at, '')"
)
RECALL = "INSERT INTO recalls VALUES ('1', :key, 1, :at, 2, 0)"
ENDED = (
    "INSERT INTO waiting (server_id, version, assigned_to, entry_id, at, ending, ended_at) "
    "VALUES ('1', 1, '', :key, :at, 'dismissed', :at)"
)
WORDING = (
    "INSERT INTO wordings (server_id, member_id, entry_id, text, at, until) VALUES ('1', '8', :key, 'my words', 0, :at)"
)


@pytest.mark.parametrize(
    ("table", "insert", "days"),
    [
        ("requests", FORM, 7),
        ("outbox", ITEM, 90),
        ("recalls", RECALL, 366),
        ("waiting", ENDED, 30),
        ("wordings", WORDING, 0),
    ],
)
async def test_what_is_over_goes_when_its_time_has_come(house, table, insert, days):
    limit = int(NOW.timestamp()) - days * DAY

    async def keep(change):
        for key, at in (("old", limit - MINUTE), ("young", limit + MINUTE)):
            await change.execute(insert.replace(":key", f"'{key}'").replace(":at", str(at)))

    await house.database.write(keep)
    await tidy(house.database, NOW, lambda _: 90)
    left = await house.database.read(f"SELECT * FROM {table}")
    assert [set(row) & {"old", "young"} for row in left] == [{"young"}]
