"""`/stats` tells what happened, in words and as a chart, and nothing of another server or of anybody."""

from __future__ import annotations

import pytest

from cogs._rendering.limits import PICTURE_DESCRIPTION
from knowledge.moderation.workplace import ONLY_MODERATORS
from knowledge.safety.notice import NOTICE
from tests.cogs.book import HEART, SEED, SEED_ASKED, UNKNOWN_ASKED
from tests.cogs.moderation.conftest import PICTURE
from tests.cogs.moderation.doing import all_shown
from tests.cogs.moderation.test_permissions import use


async def stats(house, who=None, channel=None, **options):
    return await (who or house.max).slash(channel or house.channel, "stats", **options)


def figures(told):
    """Give the numbers of a row by its label: 7, 30 and 90 days."""
    table = all_shown(told).split("```")[1]
    rows = [line for line in table.split("\n")[2:] if line]
    return {line[:12].strip(): line[12:].split() for line in rows}


async def test_it_counts_what_happened_here(house, watched):
    watched.add(house.channel.id)
    await house.ask(SEED_ASKED)
    await house.ann.slash(house.channel, "ask", question=SEED.id)
    await house.ask(UNKNOWN_ASKED)
    await house.ann.send(house.channel, "we went to the beach and it was lovely")
    await house.ask(HEART)
    told = await stats(house)
    assert told.ephemeral
    expected = {"Answered": "2", "Asked back": "0", "Missed": "1", "Emergencies": "1", "Silent": "1", "Helpful": "-"}
    assert {label: numbers for label, numbers in figures(told).items() if label in expected} == {
        label: [number] * 3 for label, number in expected.items()
    }
    text = all_shown(told)
    assert f"{SEED.title}" in text.replace("\\", "")
    assert text.endswith(NOTICE)
    assert not any(str(person.id) in text for person in (house.ann, house.max))


async def test_it_is_the_same_after_a_restart(house, build):
    await house.ask(SEED_ASKED)
    before = figures(await stats(house))
    await house.env.restart_bot(build())
    assert figures(await stats(house)) == before


async def test_an_edit_that_gets_an_answer_is_no_silence(house, watched):
    watched.add(house.channel.id)
    said = await house.ann.send(house.channel, "we went to the beach and it was lovely")
    assert figures(await stats(house))["Silent"] == ["1"] * 3
    await house.ann.edit(said, SEED_ASKED)
    assert house.reply is not None
    counted = figures(await stats(house))
    assert (counted["Silent"], counted["Answered"]) == (["0"] * 3, ["1"] * 3)


async def test_what_members_say_to_each_other_is_silence_too(house, watched):
    watched.add(house.channel.id)
    said = await house.bea.send(house.channel, "we went to the beach and it was lovely")
    await house.ann.send(house.channel, "which one was it?", reply_to=said)
    assert figures(await stats(house))["Silent"] == ["2"] * 3


async def test_servers_are_apart(house):
    await house.ask(SEED_ASKED)
    told = await stats(house, house.eve, house.elsewhere)
    assert figures(told)["Answered"] == ["0"] * 3
    assert SEED.title not in all_shown(told)


async def test_a_member_is_refused(house):
    await house.ask(SEED_ASKED)
    assert all_shown(await use(house, house.ann, house.channel, "stats", {})) == ONLY_MODERATORS


@pytest.mark.usefixtures("drawn")
async def test_the_chart_comes_with_words_for_those_who_do_not_see_it(house):
    await house.ask(SEED_ASKED)
    told = await stats(house, days=7)
    (gallery,) = [part for part in told.response.components if dict(part).get("type") == 12]
    (item,) = gallery["items"]
    assert "1 answered, 0 asked back, 0 missed" in item["description"]
    assert len(item["description"]) <= PICTURE_DESCRIPTION
    (file,) = told.response.attachments
    assert house.env.backend.cdn.get(file.url) == PICTURE


@pytest.mark.usefixtures("drawn")
async def test_without_anything_to_see_there_is_no_chart(house):
    assert not (await stats(house)).response.attachments
