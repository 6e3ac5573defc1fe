"""One vote a member on each reply, and counts that name nobody."""

from datetime import UTC, datetime, timedelta

from knowledge.curation.votes import Tally, Verdict, Vote
from knowledge.records import votes

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def vote(member, verdict=Verdict.HELPFUL, reply="r1", server="1", entry="twitch"):
    return Vote(server, "c1", reply, member, entry, verdict)


async def cast(database, *cast, at=NOON):
    for one in cast:
        await database.write(lambda change, one=one: votes.cast(change, one, at))


async def tallies(database, server="1", since=NOON - timedelta(days=30)):
    return dict(await votes.tallies(database, server, since))


async def test_the_last_vote_of_a_member_on_a_reply_counts(database):
    await cast(database, vote("ann"), vote("ann", Verdict.UNCLEAR), vote("bea"))
    assert await tallies(database) == {"twitch": Tally(helpful=1, not_helpful=1)}
    assert await votes.of_member(database, "ann") == (vote("ann", Verdict.UNCLEAR),)


async def test_a_vote_is_taken_back_by_its_member_alone(database):
    await cast(database, vote("ann"), vote("bea"))
    assert await database.write(lambda change: votes.take_back(change, "c1", "r1", "ann"))
    assert not await database.write(lambda change: votes.take_back(change, "c1", "r1", "ann"))
    assert await tallies(database) == {"twitch": Tally(helpful=1)}


async def test_votes_are_apart_by_server_and_told_by_entry(database):
    await cast(database, vote("ann"), vote("ann", Verdict.COULD_HARM, "r2", entry="hiccups"))
    await cast(database, vote("ann", reply="r3", server="2"), vote("ann", reply="r4", server=""))
    assert await tallies(database) == {"twitch": Tally(1), "hiccups": Tally(0, 1, 1)}
    assert await tallies(database, "2") == {"twitch": Tally(1)}


async def test_purged_votes_go_on_counting_and_name_nobody(database):
    old = NOON - timedelta(days=20)
    await cast(database, vote("ann"), vote("bea", Verdict.COULD_HARM), at=old)
    await cast(database, vote("cora", reply="r2"), at=NOON)
    await cast(database, vote("dora", reply="r3", server="2"), at=old)
    before = await tallies(database)
    assert await database.write(lambda change: votes.purge(change, "1", NOON - timedelta(days=10))) == 2
    assert await tallies(database) == before == {"twitch": Tally(2, 1, 1)}
    assert await votes.of_member(database, "ann") == ()
    assert len(await votes.of_member(database, "dora")) == 1, "another server keeps its own for longer"
    assert await tallies(database, since=NOON - timedelta(days=5)) == {"twitch": Tally(1)}


async def test_a_member_is_forgotten_in_every_server(database):
    await cast(database, vote("ann"), vote("ann", reply="r2", server="2"), vote("bea"))
    assert await database.write(lambda change: votes.forget(change, "ann")) == 2
    assert await votes.of_member(database, "ann") == ()
    assert await tallies(database) == {"twitch": Tally(1)}


def test_a_share_is_of_all_votes():
    assert Tally(3, 1).share == 0.75
    assert Tally().share is None
