"""`/ask`, its suggestions, and the message menu."""

import pytest

from knowledge.presentation import sentences
from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.cogs.book import LADEN, SEED, SEED_ASKED, SEVERAL_ASKED, UNKNOWN_ASKED
from tests.cogs.showing import rendered, shown, shown_privately


async def test_ask_answers_privately(server):
    answered = await server.ann.slash(server.channel, "ask", question=SEED_ASKED)
    assert answered.ephemeral
    assert shown_privately(answered)[-1] == NOTICE
    assert server.reply is None


async def test_ask_answers_everybody_when_told_to(server):
    answered = await server.ann.slash(server.channel, "ask", question=SEED_ASKED, public=True)
    assert not answered.ephemeral
    assert shown(server.reply)[-1] == NOTICE


@pytest.mark.parametrize("public", [False, True])
async def test_a_suggestion_shows_its_entry_where_it_was_asked_to(server, public):
    answered = await server.ann.slash(server.channel, "ask", question=SEED.id, public=public)
    assert answered.ephemeral is not public
    assert any(SEED.title in text for text in shown_privately(answered))


async def test_suggestions_come_from_the_book_in_plain_text(server):
    suggested = await server.ann.autocomplete(server.channel, "ask", "question", "does aloe help a sunb")
    assert {"name": LADEN.title, "value": LADEN.id} in suggested
    assert len(suggested) <= 25
    assert all(1 <= len(choice["name"]) <= 100 for choice in suggested)
    assert len(await server.ann.autocomplete(server.channel, "ask", "question", "")) <= 25


async def test_ask_offers_choices_with_the_short_notice(server):
    answered = await server.ann.slash(server.channel, "ask", question=SEVERAL_ASKED)
    assert shown_privately(answered)[-1] == SHORT_NOTICE


@pytest.mark.parametrize(
    ("asked", "told"),
    [(UNKNOWN_ASKED, sentences.NOTHING_FOUND), ("thanks", sentences.AT_YOUR_SERVICE), ("?!", sentences.ASK_IN_WORDS)],
)
async def test_ask_always_says_something(server, asked, told):
    answered = await server.ann.slash(server.channel, "ask", question=asked)
    assert answered.ephemeral
    assert [rendered(text)[0] for text in shown_privately(answered)] == [told]


async def test_the_menu_answers_whoever_used_it_privately(server):
    asked = await server.bea.send(server.channel, SEED_ASKED)
    answered = await server.ann.context_menu(server.channel, "Find an answer", asked)
    assert answered.ephemeral
    assert shown_privately(answered)[-1] == NOTICE


async def test_the_menu_on_a_message_without_words(server):
    asked = await server.bea.send(server.channel, "", attachments=[("rash.png", b"png")])
    answered = await server.ann.context_menu(server.channel, "Find an answer", asked)
    assert shown_privately(answered) == [sentences.ASK_IN_WORDS]


async def test_a_crash_is_told_privately(server, desk, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(desk, "respond", lambda *_: 1 / 0)
        answered = await server.ann.slash(server.channel, "ask", question=SEED_ASKED)
    (sentence,) = shown_privately(answered)
    assert answered.ephemeral
    assert sentence.startswith("Something went wrong on our side.")
