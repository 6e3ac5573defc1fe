"""Votes under answers: counted once a member, changed, taken back, on old messages too; and reports of harm."""

from datetime import UTC, datetime

import pytest

from bot.discord.client import build_client
from knowledge.curation.rights import Caller
from knowledge.curation.votes import Verdict, Vote
from knowledge.errors import NotSaved
from knowledge.presentation import sentences
from knowledge.records import outbox, votes
from knowledge.safety.notice import NOTICE
from tests.cogs.book import LONG, LONG_ASKED, SEED, SEED_ASKED, UNKNOWN_ASKED
from tests.cogs.moderation.doing import all_shown, last, told_of
from tests.cogs.showing import labels, shown


@pytest.fixture
def cast(storage):
    async def of(who):
        return [one.verdict for one in await votes.of_member(storage.database, str(who.id))]

    return of


async def test_every_answer_can_be_voted_on(house, cast):
    await house.ask(SEED_ASKED)
    assert labels(house.reply)[-2:] == ["Helpful", "Not helpful"]
    told = await house.bea.click(house.reply, label="Helpful")
    assert told.ephemeral
    assert all_shown(told) == sentences.VOTED_HELPFUL.format(days=90)
    assert await cast(house.bea) == ["helpful"]
    await house.bea.click(house.reply, label="Helpful")
    assert await cast(house.bea) == ["helpful"]


async def test_what_is_no_answer_has_no_vote(house):
    await house.ask(UNKNOWN_ASKED)
    assert "Helpful" not in labels(house.reply)


async def test_a_reason_takes_the_place_of_the_vote_and_can_be_taken_back(house, cast):
    await house.ask(SEED_ASKED)
    told = await house.ann.click(house.reply, label="Not helpful")
    assert await cast(house.ann) == ["not-helpful"]
    assert labels(last(told))[:4] == ["Wrong question", "Out of date", "Unclear", "Could harm someone"]
    why = await house.ann.click(last(told), label="Out of date")
    assert await cast(house.ann) == ["out-of-date"]
    assert sentences.VOTED_BECAUSE.format(reason="out of date") in all_shown(why)
    back = await house.ann.click(last(why), label="Take my vote back")
    assert sentences.UNVOTED in all_shown(back)
    assert await cast(house.ann) == []


async def test_votes_work_on_old_messages_after_a_restart(house, cast, build):
    await house.ask(LONG_ASKED)
    reply = house.reply
    await house.env.restart_bot(build())
    await house.env.advance_time(3600)
    await house.ann.click(reply, label="Not helpful")
    await house.ann.click(reply, label="Helpful")
    await house.bea.click(reply, label="Not helpful")
    assert await cast(house.ann) == ["helpful"]
    assert await cast(house.bea) == ["not-helpful"]


async def test_a_private_answer_is_voted_on_too(house, cast):
    asked = await house.ann.slash(house.channel, "ask", question=SEED_ASKED)
    await house.ann.click(asked.response, label="Helpful")
    assert await cast(house.ann) == ["helpful"]


@pytest.mark.slow
async def test_a_direct_message_is_voted_on_too(house, cast):
    dan = house.env.create_user("dan")
    await dan.send_dm(SEED_ASKED)
    await dan.click(dan.dm_channel.last_message, label="Helpful")
    assert await cast(dan) == ["helpful"]


async def staffed(house, storage):
    staff = house.guild.create_text_channel("staff")
    admin = Caller(house.id, str(house.ada.id), manages_server=True)
    change = storage.moderators.administer.change_settings
    await change(admin, "staff", lambda now: now.choosing(staff_channel=str(staff.id)))
    return staff


async def report(who, message):
    told = await who.click(message, label="Not helpful")
    return await who.click(last(told), label="Could harm someone")


async def test_the_staff_is_told_at_once_that_an_answer_could_harm(house, storage, cast):
    staff = await staffed(house, storage)
    await house.ask(SEED_ASKED)
    told = await report(house.ann, house.reply)
    assert sentences.VOTED_COULD_HARM in all_shown(told)
    assert await cast(house.ann) == ["could-harm"]
    note = shown((await told_of(staff))[0])
    assert SEED.title in "".join(note)
    assert f"/{house.channel.id}/{house.reply.id}" in "".join(note)
    assert note[-1] == NOTICE
    assert str(house.ann.id) not in "".join(note)
    assert "cheek keeps twitching every" not in "".join(note)


@pytest.mark.slow
async def test_one_reply_is_reported_to_the_staff_once(house, storage):
    staff = await staffed(house, storage)
    await house.ask(SEED_ASKED)
    await report(house.ann, house.reply)
    await told_of(staff)
    await report(house.bea, house.reply)
    assert await outbox.due(storage.database, datetime.max.replace(tzinfo=UTC), (), 9) == ()


async def test_another_answer_in_the_same_reply_is_reported_anew(house, storage):
    staff = await staffed(house, storage)
    await house.ask(SEED_ASKED)
    await report(house.ann, house.reply)
    await told_of(staff)
    for entry in (SEED.id, LONG.id):
        vote = Vote(house.id, str(house.channel.id), str(house.reply.id), str(house.bea.id), entry, Verdict.COULD_HARM)
        await storage.members.votes.cast(vote, private=False)
    assert LONG.title in "".join(shown((await told_of(staff, count=2))[1]))


@pytest.mark.slow
async def test_of_a_private_answer_only_the_channel_is_told(house, storage):
    staff = await staffed(house, storage)
    asked = await house.ann.slash(house.channel, "ask", question=SEED_ASKED)
    await report(house.ann, asked.response)
    note = "".join(shown((await told_of(staff))[0]))
    assert f"<#{house.channel.id}>, to the member alone" in note
    assert "https://" not in note.replace(NOTICE, "")


async def test_where_no_channel_is_named_the_member_is_told_so(house):
    await house.ask(SEED_ASKED)
    told = await report(house.ann, house.reply)
    assert sentences.VOTED_COULD_HARM_UNHEARD in all_shown(told)


async def test_a_vote_that_cannot_be_kept_is_said_to_be_not_saved(house, storage, monkeypatch):
    async def full(_change):
        raise NotSaved("Not saved: the disk is full.")

    await house.ask(SEED_ASKED)
    monkeypatch.setattr(storage.database, "write", full)
    told = await house.ann.click(house.reply, label="Helpful")
    assert all_shown(told) == "Not saved: the disk is full."


@pytest.mark.slow
async def test_without_a_store_there_is_nothing_to_vote_with(server, desk, settings):
    await server.env.restart_bot(build_client(desk, settings))
    await server.ask(SEED_ASKED)
    assert "Helpful" not in labels(server.reply)
