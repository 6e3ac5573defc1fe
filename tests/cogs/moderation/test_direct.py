"""Direct messages: the answers of the one server that asker and bot share, by its name; else the book alone."""

import pytest

from cogs._services.shared_server import KNOWN_FOR_SECONDS, MOST_SERVERS
from knowledge.presentation import sentences
from tests.cogs.book import HEART, HEART_AND_CHEEK, SEED, SEED_ASKED, UNKNOWN_ASKED
from tests.cogs.moderation.doing import FORM, added, all_shown, save, submit
from tests.cogs.showing import labels
from tests.cogs.test_alarm import SHOW_ANSWER

BY_NAME = "From Test Guild"


def said(house):
    """Give the texts and buttons of the last message that the bot sent."""
    return "\n".join(map(str, every(house.sent[-1]["components"])))


def every(components):
    """Give every text, and the label of every button."""
    for part in components:
        yield from (part[key] for key in ("content", "label") if key in part)
        yield from every(part.get("components", []))


def looked_up(house):
    return len([call for call in house.env.http_requests if call.method == "GET" and "/members/" in call.path])


async def test_who_shares_one_server_gets_its_answers_by_its_name(house):
    await added(house)
    await house.ann.send_dm(FORM["title"])
    assert BY_NAME in said(house)
    assert FORM["body"] in said(house)
    await house.eve.send_dm(FORM["title"])
    assert FORM["body"] not in said(house)


async def test_who_shares_two_servers_gets_the_book_alone(house):
    await added(house)
    house.elsewhere.guild.add_member(house.ann.user)
    await house.ann.send_dm(FORM["title"])
    assert FORM["body"] not in said(house)
    await house.ann.send_dm(SEED_ASKED)
    assert SEED.title in said(house)
    assert "From " not in said(house)


async def test_what_the_server_withdrew_is_withdrawn_in_its_members_messages_too(house):
    await house.max.slash(house.channel, "answer withdraw", entry=SEED.id, reason="not for us")
    await house.ann.send_dm(SEED_ASKED)
    assert SEED.title not in said(house)


async def test_a_card_asks_nobody_and_what_is_known_is_not_asked_again(house):
    await house.ann.send_dm(HEART)
    assert "911" in said(house)
    assert looked_up(house) == 0
    await house.ann.send_dm(SEED_ASKED)
    first = looked_up(house)
    assert first == 2
    await house.ann.send_dm(SEED_ASKED)
    assert looked_up(house) == first
    await house.env.advance_time(KNOWN_FOR_SECONDS + 1)
    await house.ann.send_dm(SEED_ASKED)
    assert looked_up(house) == 2 * first


async def test_a_server_that_the_bot_joins_is_asked_too(house):
    await added(house)
    await house.ann.send_dm(FORM["title"])
    assert BY_NAME in said(house)
    house.env.create_guild(name="Another").add_member(house.ann.user)
    await house.env.settle()
    await house.ann.send_dm(FORM["title"])
    assert FORM["body"] not in said(house)


async def test_where_nobody_can_tell_the_book_alone_answers_and_it_is_asked_again(house):
    await added(house)
    house.env.inject_error("GET", "/guilds/*/members/*", status=500)
    await house.ann.send_dm(SEED_ASKED)
    assert SEED.title in said(house)
    assert "From " not in said(house)


async def test_buttons_and_commands_there_draw_from_that_server_too(house):
    await added(house)
    dan = house.env.create_user("dan")
    house.guild.add_member(dan)
    await dan.send_dm("hello")
    asked = await dan.slash("ask", question=FORM["title"])
    assert BY_NAME in labels(asked.response)
    assert FORM["body"] in all_shown(asked)
    rejected = await dan.click(asked.response, label="Not my question")
    assert FORM["body"] not in all_shown(rejected)


@pytest.mark.parametrize("asked_before", [True, False], ids=["known", "unknown"])
async def test_the_answer_behind_a_card_is_that_servers_too(house, asked_before):
    form = await house.max.slash(house.channel, "answer edit", entry=SEED.id, answer=1)
    await save(house, await submit(house.max, form, body="Our moderators' own words."))
    if asked_before:
        await house.ann.send_dm(SEED_ASKED)
    await house.ann.send_dm(HEART_AND_CHEEK)
    brought = await house.ann.user.click(house.ann.user.dm_channel.last_message, label=SHOW_ANSWER)
    assert "Our moderators' own words." in all_shown(brought)
    assert BY_NAME in labels(brought.response)
    turned = await house.ann.user.click(brought.response, label="Not my question")
    assert sentences.NOTHING_ELSE in all_shown(turned)


async def test_a_paused_server_is_paused_there_too(house):
    await house.max.slash(house.channel, "pause")
    await house.ann.send_dm(SEED_ASKED)
    assert "have paused me" in said(house)
    await house.ann.send_dm(HEART)
    assert "911" in said(house)


async def test_a_bot_in_many_servers_asks_none(house):
    await added(house)
    for number in range(MOST_SERVERS):
        house.env.create_guild(name=f"Server {number}")
    await house.ann.send_dm(FORM["title"])
    assert looked_up(house) == 0
    assert FORM["body"] not in said(house)


async def test_who_shares_two_servers_has_no_moderators_to_ask_there(house):
    house.elsewhere.guild.add_member(house.ann.user)
    await house.ann.send_dm(UNKNOWN_ASKED)
    assert sentences.NO_MODERATORS_HERE in said(house)
    assert "Ask the moderators" not in said(house)
