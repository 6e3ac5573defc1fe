"""Leafing through what there is: topics, questions, answers; in place, privately, and also after a restart."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import snapshot_of
from bot.config import Config
from cogs._custom_ids.reply_states import Browsed, Listed, Topics
from cogs._custom_ids.states import read, written
from cogs._rendering import browse_layout, limits
from cogs._rendering.view import view
from cogs.browse import NOTHING_YET, QUESTION_GONE, TOPIC_GONE
from knowledge.content.contents import contents_of, topic_key
from knowledge.model import Answer, Question
from knowledge.safety.notice import NOTICE, SHORT_NOTICE, closing_notice
from tests.cogs.book import SEED, SHIPPED
from tests.cogs.hostile import texts as hostile
from tests.cogs.showing import labels, shown_privately
from tests.scale import examples

BOTOX = written(Listed(topic_key("botox")))


def options(message):
    """Give what can be chosen in a message, label by state."""
    found, waiting = {}, list(message.components)
    while waiting:
        part = waiting.pop(0)
        part = part if isinstance(part, dict) else part.to_dict()
        waiting += part.get("components", [])
        found |= {option["value"]: option["label"] for option in part.get("options", [])}
    return found


def live(desk, questions):
    """Show these questions from now on."""
    desk.serve(replace(desk.snapshot, questions=MappingProxyType({one.id: one for one in questions})))


def questions(count, topics=("knee",)):
    answers = (Answer("Rest it.", name="Jo Kim, MD"),)
    return [Question(f"q{n}", f"Question {n:05}?", answers, topics=topics) for n in range(count)]


async def choose(server, told, state, who=None):
    """Choose a line of a select by what it stands for."""
    return await (who or server.ann).select(told.response, [written(state)], custom_id="choose:0")


async def test_topics_lead_to_questions_and_these_to_the_reply_that_ask_gives(server):
    told = await server.ann.slash(server.channel, "browse")
    assert told.ephemeral
    assert shown_privately(told)[-1] == SHORT_NOTICE
    assert options(told.response)[BOTOX] == "botox"
    listed = await choose(server, told, Listed(topic_key("botox")))
    assert any(SEED.title in text for text in shown_privately(listed))
    assert shown_privately(listed)[-1] == SHORT_NOTICE
    answered = await choose(server, listed, Browsed(SEED.id))
    asked = await server.ann.slash(server.channel, "ask", question=SEED.id)
    assert answered.ephemeral
    assert shown_privately(answered) == shown_privately(asked)
    assert shown_privately(answered)[-1] == NOTICE
    assert labels(answered.response) == labels(asked.response)


async def test_the_list_stays_for_the_next_question_and_leads_back_to_the_topics(server):
    told = await server.ann.slash(server.channel, "browse")
    listed = await choose(server, told, Listed(topic_key("botox")))
    await choose(server, listed, Browsed(SEED.id))
    back = await server.ann.click(listed.response, label="All topics")
    assert options(back.response) == options(told.response)
    assert server.reply is None


async def test_it_works_after_a_restart(server, build):
    told = await server.ann.slash(server.channel, "browse")
    await server.env.restart_bot(build())
    listed = await choose(server, told, Listed(topic_key("botox")))
    assert written(Browsed(SEED.id)) in options(listed.response)


async def test_a_direct_message_browses_the_book(server):
    dan = server.env.create_user("dan")
    await dan.send_dm("hello")
    told = await dan.slash("browse")
    assert options(told.response)[BOTOX] == "botox"


async def test_a_server_browses_its_own_entries_too_and_nobody_elsewhere_does(server, desk):
    own = replace(SEED, id="own", title="Ours alone?", topics=("a topic of ours",))
    shown_here = replace(desk.snapshot, questions=MappingProxyType({**desk.snapshot.questions, "own": own}))
    desk.serve_in(str(server.guild.id), shown_here)
    other = server.env.create_guild(name="Elsewhere")
    room, eve = other.create_text_channel("questions"), other.add_member(server.env.create_user("eve"))
    ours = written(Listed(topic_key("a topic of ours")))
    assert ours in options((await server.ann.slash(server.channel, "browse")).response)
    assert ours not in options((await eve.slash(room, "browse")).response)


async def test_samples_are_not_browsed_where_they_are_not_shown(server, desk):
    desk.serve(snapshot_of(SHIPPED, Config(), samples=False))
    told = await server.ann.slash(server.channel, "browse")
    listed = await choose(server, told, Listed(topic_key("botox")))
    assert [read(value) for value in options(listed.response)] == [Browsed(SEED.id)]


async def test_what_changed_meanwhile_is_said(server, desk):
    told = await server.ann.slash(server.channel, "browse")
    listed = await choose(server, told, Listed(topic_key("botox")))
    live(desk, questions(3))
    assert shown_privately(await choose(server, listed, Browsed(SEED.id))) == [QUESTION_GONE]
    again = await server.ann.slash(server.channel, "browse")
    live(desk, questions(3, topics=("hip",)))
    gone = await choose(server, again, Listed(topic_key("knee")))
    assert shown_privately(gone)[0] == TOPIC_GONE
    assert list(options(gone.response).values()) == ["hip"]


async def test_a_book_without_topics_is_a_list_and_an_empty_one_says_so(server, desk):
    live(desk, questions(3, topics=()))
    told = await server.ann.slash(server.channel, "browse")
    assert shown_privately(told)[0].startswith("### All questions")
    assert "All topics" not in labels(told.response)
    assert [read(value) for value in options(told.response)] == [Browsed(f"q{n}") for n in range(3)]
    live(desk, [])
    assert shown_privately(await server.ann.slash(server.channel, "browse")) == [NOTHING_YET]


async def test_a_long_list_is_turned_and_leapt_through(server, desk):
    live(desk, questions(500))
    told = await server.ann.slash(server.channel, "browse")
    listed = await choose(server, told, Listed(topic_key("knee")))
    assert "page 1 of 50" in shown_privately(listed)[0]
    turned = await server.ann.click(listed.response, label="Next page")
    assert "**11.** Question 00010?" in "".join(shown_privately(turned))
    leapt = await server.ann.select(turned.response, [written(Listed(topic_key("knee"), 49))], custom_id="choose:1")
    assert "**500.** Question 00499?" in "".join(shown_privately(leapt))
    assert "Next page" not in labels(leapt.response)
    live(desk, questions(12))
    fewer = await server.ann.click(leapt.response, label="Previous page")
    assert "page 2 of 2" in shown_privately(fewer)[0]


async def test_a_crash_is_told_privately(server, monkeypatch):
    told = await server.ann.slash(server.channel, "browse")
    with monkeypatch.context() as broken:
        broken.setattr(browse_layout, "questions", lambda *_: 1 / 0)
        failed = await choose(server, told, Listed(topic_key("botox")))
    assert any(text.startswith("Something went wrong on our side.") for text in shown_privately(failed))


@pytest.fixture(scope="module")
def large():
    """10,000 questions under 4,000 topics, a thousand of them under none."""
    found = questions(10_000)
    topics = {
        one.id: () if number % 10 == 0 else (f"topic {number % 4_001}", "all") for number, one in enumerate(found)
    }
    return contents_of({one.id: replace(one, topics=topics[one.id]) for one in found})


@pytest.mark.parametrize("aim", [0, 1, 57, 500, 898, 899])
def test_every_page_of_a_large_book_is_a_few_leaps_away(large, aim):
    topic = large.topics[topic_key("all")]
    place, steps = 450, 0
    while place != aim:
        drawn = browse_layout.questions(large, topic, place, closing_notice())
        states = [option.state for select in drawn.selects for option in select.options]
        states += [press.state for row in drawn.rows for press in row]
        place = min((one.place for one in states if isinstance(one, Listed)), key=lambda to: abs(to - aim))
        steps += 1
    assert steps <= 8


def test_every_page_of_a_large_book_keeps_to_the_limits(large):
    drawn = [browse_layout.topics(large, place, closing_notice()) for place in range(0, 201, 10)]
    drawn += [browse_layout.questions(large, topic, 99, closing_notice()) for topic in list(large.topics.values())[-9:]]
    for draft in drawn:
        within_limits(draft)


def within_limits(draft):
    assert draft.size <= limits.TEXT_WE_USE
    assert draft.components <= limits.COMPONENTS
    for select in draft.selects:
        states = [written(option.state) for option in select.options]
        assert 1 <= len(states) == len(set(states)) <= limits.SELECT_OPTIONS
        assert all(read(state) == option.state for state, option in zip(states, select.options, strict=True))
        assert all(option.label.strip() for option in select.options)
    assert view(draft).content_length() <= limits.TEXT_OF_A_MESSAGE


@settings(max_examples=examples(15))
@given(st.lists(st.tuples(hostile(300), st.lists(hostile(100), max_size=2)), min_size=1, max_size=30), hostile(500))
def test_whatever_is_stored_a_list_keeps_to_the_limits_and_ends_with_the_notice(stored, addition):
    answers = (Answer("Rest it."),)
    contents = contents_of(
        {f"q{n}": Question(f"q{n}", title, answers, topics=tuple(topics)) for n, (title, topics) in enumerate(stored)}
    )
    drafts = [browse_layout.topics(contents, 0, closing_notice(addition), TOPIC_GONE)]
    drafts += [browse_layout.questions(contents, one, 0, closing_notice(addition)) for one in contents.topics.values()]
    for draft in drafts:
        within_limits(draft)
        assert draft.blocks[-1][-1] == SHORT_NOTICE


def test_the_longest_states_fit_their_ids():
    for state in (Topics(999_999), Listed("0" * 16, 999_999), Browsed("e" * 48)):
        assert len(written(state)) <= limits.SELECT_LABEL
        assert read(written(state)) == state
