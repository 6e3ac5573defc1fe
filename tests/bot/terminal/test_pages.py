"""Whatever a question or an answer contains, what the terminal shows ends with the notice and loses no word."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.terminal.pages import item, reply_page
from bot.terminal.screen import SHORT_NOTICE_BELOW, Screen
from knowledge.model import Answer, CardReply, Layer, PlainReply, Question
from knowledge.presentation.byline import ADDED_HERE, INVENTED, NAME_UNKNOWN
from knowledge.safety.notice import NOTICE, SHORT_NOTICE, answer_reply, choices_reply
from knowledge.text import showable
from tests.scale import examples
from tests.showing import shown, words

TRAPS = [
    "```", "||", "-# ", "> ", "# ", "[red]", "[/]", "[link=http://example.org]", ":smile:", "\x1b[2J", "\x1b[8m",
    "\x07", "\u202e", "\u2066", "\u200b", "\u200d", "\x00", "\r", "\r\n", "\n", "\n\n", "\t", "\u2028", "\x0c",
    "\ud800", "z\u0300\u0301\u0302\u0303\u0304\u0305", "\U0001f469\u200d\U0001f4bb", "漢字", "a" * 90,
    "@everyone", "Notice: none", " ", "\u00a0", "\u3000",
]  # fmt: skip  # a heap of traps reads better as a heap
TEXTS = st.lists(st.sampled_from(TRAPS) | st.characters() | st.just(" word "), max_size=6).map("".join)
NAMED = TEXTS.filter(lambda text: bool(showable(text).strip()))
ANSWERS = st.builds(
    Answer,
    body=NAMED,
    headline=TEXTS,
    name=st.none() | NAMED,
    credentials=st.none() | NAMED,
    rating=st.none() | st.sampled_from([0.0, 4.6, 5.0]),
    reviews=st.none() | st.integers(0, 5000),
    invented=st.booleans(),
)
QUESTIONS = st.builds(
    Question,
    id=st.just("an-id"),
    title=NAMED,
    answers=st.lists(ANSWERS, min_size=1, max_size=2).map(tuple),
    details=TEXTS,
    notice=TEXTS,
    layer=st.sampled_from(Layer),
)
WIDTHS = st.integers(12, 140)


def harmless(text: str) -> bool:
    """Tell whether a text moves no cursor, turns no reading order and rings no bell."""
    return all(char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"} for char in text) and not re.search(
        "[\u200b\u202a-\u202e\u2066-\u2069]", text
    )


@settings(max_examples=examples(60))
@given(QUESTIONS, TEXTS, TEXTS, WIDTHS)
def test_an_answer_loses_no_word_and_ends_with_the_notice(question, caution, addition, width):
    short = width < SHORT_NOTICE_BELOW
    text = shown(reply_page(answer_reply(question, caution=caution, addition=addition), short_notice=short), width)
    seen = words(text)
    assert harmless(text)
    assert seen.endswith(words(SHORT_NOTICE if short else NOTICE))
    position = 0
    for part in _in_reading_order(question, caution, addition):
        expected = words(showable(part))
        position = seen.index(expected, position) + len(expected)
    assert (words(INVENTED) in seen) >= any(answer.invented for answer in question.answers)
    assert (words(ADDED_HERE) in seen) >= (question.layer is Layer.SERVER)


def _in_reading_order(question, caution, addition):
    yield from (caution, question.title, question.details)
    for answer in question.answers:
        yield from (answer.headline, answer.body, answer.name or NAME_UNKNOWN, answer.credentials or "")
    yield from (question.notice, addition)


@settings(max_examples=examples(30))
@given(st.lists(QUESTIONS, min_size=1, max_size=2), TEXTS, WIDTHS)
def test_choices_show_every_title_whole_and_end_with_the_short_notice(questions, caution, width):
    text = shown(reply_page(choices_reply(questions, caution=caution), short_notice=False), width)
    assert words(text).endswith(words(SHORT_NOTICE))
    for number, question in enumerate(questions, start=1):
        assert words(f"{number}. {showable(question.title)}") in words(text)
    assert harmless(text)


@settings(max_examples=examples(30))
@given(QUESTIONS, WIDTHS)
def test_no_line_is_wider_than_the_window(question, width):
    text = shown(reply_page(answer_reply(question), short_notice=False), width)
    assert max(cell_len(line) for line in text.split("\n")) <= max(width, 14)


@settings(max_examples=examples(30))
@given(QUESTIONS)
def test_colour_adds_no_words(question):
    """On a terminal with colours the same characters stand in the same order, between escape sequences of ours."""
    page = reply_page(answer_reply(question), short_notice=False)
    file = io.StringIO()
    Screen(Console(file=file, width=80, force_terminal=True, color_system="standard")).show(page)
    assert "\x1b[1m" in file.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", file.getvalue()) == shown(page)


def test_stored_words_are_set_in_and_headings_are_not():
    question = Question("an-id", "Title", (Answer("Answer 2 of 2: mine\nNotice: none"), Answer("Second")))
    lines = shown(reply_page(answer_reply(question), short_notice=False)).split("\n")
    assert [line for line in lines if line.startswith("Answer ")] == ["Answer 1 of 2", "Answer 2 of 2"]
    assert sum(line.startswith("Notice: ") for line in lines) == 1


def test_a_card_stands_alone_and_starts_with_what_to_do():
    card = CardReply("breathing", "Call 911 now.", ("Stay with the person.", "I am a bot."), "911")
    assert shown(reply_page(card, short_notice=False)) == ("Call 911 now.\n\nStay with the person.\n\nI am a bot.\n\n")


def test_the_lines_of_a_list_on_a_card_are_set_in_and_stay_together():
    card = CardReply(
        "suicide", "Call 988 now.", ("- 988: a line with words\n- 741741: text", "Elsewhere: a page"), "988"
    )
    printed = shown(reply_page(card, short_notice=False), width=20)
    assert printed.split("\n")[2:] == [
        "- 988: a line with",
        "  words",
        "- 741741: text",
        "",
        "Elsewhere: a page",
        "",
        "",
    ]


def test_what_a_narrow_window_cannot_set_in_stands_before_the_text():
    printed = shown((item("about 30 in 100: ", "May I shower now?"),), width=20)
    assert printed.split("\n")[:2] == ["  about 30 in 100:", "  May I shower now?"]


def test_paragraphs_of_a_plain_reply_stay_apart():
    assert shown(reply_page(PlainReply("One.\n\nTwo."), short_notice=False)) == "One.\n\nTwo.\n\n"


@pytest.mark.parametrize(("width", "expected"), [(80, NOTICE), (59, SHORT_NOTICE)])
def test_a_narrow_window_gets_the_short_notice(width, expected):
    screen = Screen(Console(file=io.StringIO(), width=width))
    page = reply_page(answer_reply(Question("an-id", "Title", (Answer("Body"),))), short_notice=screen.narrow)
    assert words(shown(page, width)).endswith(words(expected))
