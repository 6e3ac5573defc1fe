"""The members' desk, in the house of the moderators'."""

from __future__ import annotations

import pytest

from knowledge.curation.waiting import MemberQuestion, Route
from knowledge.members.desk import open_members_desk
from knowledge.members.held import HeldText
from tests.knowledge.moderation.doing import NOW


@pytest.fixture
async def members(house):
    async with open_members_desk(house.database, house.moderators.servers, lambda: NOW) as members:
        yield members


@pytest.fixture
def held():
    def text(said, member="ann", server="1", **more):
        return HeldText(server, member, "c1", "m1", said, **more)

    return text


@pytest.fixture
def asking():
    def asked(text, member="ann", number=1, **more):
        return MemberQuestion("1", member, "c1", "m1", text, Route.CHANNEL, NOW, id=number, **more)

    return asked
