"""Not being read: what a member wrote while they had opted out stays unread after they opted in again."""

from datetime import timedelta

import pytest

from knowledge.members.desk import open_members_desk
from tests.clock import Clock
from tests.knowledge.moderation.doing import NOW

IN = NOW + timedelta(minutes=2)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    return Clock(NOW)


@pytest.fixture
def opened(house, clock):
    """The members' desk as a start of the program opens it."""
    return lambda: open_members_desk(house.database, house.moderators.servers, clock)


async def out_and_in_again(privacy, clock):
    await privacy.opt_out("8")
    clock.at = IN
    await privacy.opt_in("8")


@pytest.mark.parametrize("restarted", [False, True])
async def test_what_was_written_before_opting_in_again_is_not_read(opened, clock, restarted):
    async with opened() as members:
        await out_and_in_again(members.privacy, clock)
        kept = members.privacy
    if restarted:
        async with opened() as members:
            kept = members.privacy
    assert kept.opted_out("8", IN - A_MINUTE)
    assert not kept.opted_out("8", IN + A_MINUTE)
    assert not kept.opted_out("8"), "what is heard as it is written"
    assert not kept.opted_out("9", IN - A_MINUTE), "somebody else"


async def test_opting_in_without_having_opted_out_hides_nothing(opened):
    async with opened() as members:
        await members.privacy.opt_in("8")
        assert not members.privacy.opted_out("8", NOW - A_MINUTE)
    async with opened() as members:
        assert not members.privacy.opted_out("8", NOW - A_MINUTE)


async def test_who_opted_in_is_forgotten_after_a_day(house, opened, clock):
    async with opened() as members:
        await out_and_in_again(members.privacy, clock)
        clock.at = IN + timedelta(days=1, minutes=1)
        await members.privacy.opt_in("9")
    assert await house.database.read("SELECT * FROM opt_ins") == []
