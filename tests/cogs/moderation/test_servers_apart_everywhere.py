"""The same ids, titles and questions in two servers: no list, count, message or file of one shows the other's."""

import pytest

from bot.discord import client
from bot.discord.client import build_client
from knowledge.curation.settings import ReviewMode
from tests.cogs.followed import Files
from tests.cogs.moderation.doing import FORM, add, added, all_shown, choose, last, save, submit
from tests.cogs.moderation.passing import ITCH_ASKED, passed_on
from tests.cogs.moderation.test_export import exported
from tests.cogs.moderation.test_recall import carried_out
from tests.cogs.showing import labels, shown

ID = "why-do-mosquito-bites-itch-so-much"
OURS, THEIRS = "Histamine does it here, says our own expert.", "Saliva does it there, says their own expert."
OUR_TOPIC, THEIR_TOPIC = "our-topic-alone", "their-topic-alone"
OUR_EXPERT, THEIR_EXPERT = "Odile Ours, MD", "Theo Theirs, MD"


@pytest.fixture(autouse=True)
def no_chart(monkeypatch):
    """Draw none: that process has tests of its own."""
    monkeypatch.setattr(client, "draw_chart", lambda _: None)


@pytest.fixture
def build(desk, settings, watched, storage, tmp_path):
    followed = Files(tmp_path / "book.toml").watch
    return lambda: build_client(desk, settings, watched=watched, backend=storage, followed=followed)


@pytest.fixture
async def both(house):
    """Let both servers add an entry of the same id and title, with a topic and an example of their own."""
    for who, channel, body, topic, expert in (
        (house.max, house.channel, OURS, OUR_TOPIC, OUR_EXPERT),
        (house.eve, house.elsewhere, THEIRS, THEIR_TOPIC, THEIR_EXPERT),
    ):
        await added(house, who, channel, body=body, name=expert)
        form = await who.slash(channel, "answer edit", entry=ID, part="question")
        await save(house, await submit(who, form, topics=topic), who)
        await who.slash(channel, "example add", text=f"itchy bites, {topic}", entry=ID)
    return house


def sides(house):
    """Give for each server its moderator, its channel, and the words that may not show there."""
    return (
        (house.max, house.ada, house.channel, (THEIRS, THEIR_TOPIC, THEIR_EXPERT, str(house.eve.id))),
        (house.eve, house.eve, house.elsewhere, (OURS, OUR_TOPIC, OUR_EXPERT, str(house.max.id))),
    )


def hold_none(told, foreign, where):
    for words in foreign:
        assert words not in told, (where, words)


async def test_lists_examples_stats_and_files(both):
    for who, admin, channel, foreign in sides(both):
        for command, options in (
            ("browse", {}),
            ("stats", {}),
            ("help", {}),
            ("example list", {}),
            ("review", {}),
            ("queue", {}),
            ("answer show", {"entry": ID}),
            ("answer show", {"entry": ID, "revision": 1}),
            ("answer history", {"entry": ID}),
            ("answer edit", {"entry": ID, "part": "take-away", "answer": 1}),
        ):
            told = await who.slash(channel, command, **options)
            hold_none(all_shown(told), foreign, command)
        hold_none(all_shown(await admin.slash(channel, "settings")), foreign, "settings")
        said, files = await exported(both, admin, channel, history=True)
        hold_none("\n".join((said, *files.values())), foreign, "export")
        assert ID in "\n".join(files.values())
        for command, option in (
            ("answer edit", "entry"),
            ("answer show", "entry"),
            ("answer restore", "entry"),
            ("phrasing add", "entry"),
            ("example add", "entry"),
            ("answer withdraw-expert", "name"),
        ):
            offered = await who.autocomplete(channel, command, option, "")
            hold_none(str(offered), foreign, (command, option))
        hold_none(str(await who.autocomplete(channel, "answer edit", "answer", "", entry=ID)), foreign, "answers")
        hold_none(str(await who.autocomplete(channel, "ask", "question", "mosq")), foreign, "ask")


async def test_a_topic_is_listed_where_it_is_and_nowhere_else(both):
    for (who, _, channel, foreign), topic in zip(sides(both), (OUR_TOPIC, THEIR_TOPIC), strict=True):
        listed = await who.slash(channel, "browse")
        pages = all_shown(listed)
        while "Next" in labels(last(listed)):
            listed = await who.click(last(listed), label="Next")
            pages += all_shown(listed)
            if len(pages) > 50_000:
                break
        hold_none(pages, foreign, "browse")
        assert topic in pages


async def test_what_waits_in_one_is_no_draft_warning_or_question_in_the_other(house):
    await choose(house, review=ReviewMode.ALL)
    await save(house, await add(house, body=OURS))
    await passed_on(house, text="what colour is the moon over our clinic?")
    theirs = await add(house, who=house.eve, channel=house.elsewhere, body=THEIRS)
    told = all_shown(theirs)
    assert "may be the same question" not in told
    assert "once another moderator has approved it" not in told
    for command in ("review", "queue"):
        told = all_shown(await house.eve.slash(house.elsewhere, command))
        hold_none(told, (OURS, FORM["title"], "moon over our clinic"), command)


async def test_a_withdrawal_recalls_replies_of_its_own_server_alone(both, storage):
    replies = {}
    for who, _, channel, _ in sides(both):
        await both.ask(FORM["title"], who=who, channel=channel)
        replies[channel.id] = channel.last_message.id
    await both.max.slash(both.channel, "answer withdraw", entry=ID, reason="Wrong here.")
    await carried_out(both, storage)
    (left,) = [one for one in both.elsewhere.history() if one.id == replies[both.elsewhere.id]]
    assert THEIRS in "\n".join(shown(left))
    (gone,) = [one for one in both.channel.history() if one.id == replies[both.channel.id]]
    assert OURS not in "\n".join(shown(gone))
    await both.ask(ITCH_ASKED, who=both.eve, channel=both.elsewhere)
    assert THEIRS in "\n".join(shown(both.elsewhere.last_message))
