"""A chat in the terminal, on the shipped book."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.terminal.conversation import COMMANDS, Conversation
from knowledge.desk import AnswerDesk
from knowledge.model import Policy
from knowledge.presentation.sentences import ASK_IN_WORDS, NOTHING_FOUND
from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.scale import examples
from tests.showing import shown, words

SEED_TITLE = "Twitching on My Left Cheek; Is Botox the Solution?"


def closes(text: str, notice: str) -> bool:
    return words(text).endswith(words(notice))


@pytest.fixture
def unsure(shipped):
    """A chat with a desk that is never sure and offers whatever comes near, and the titles it offered."""
    never_sure = replace(shipped, policy=Policy(answer_at=1.0, choices_at=0.0))
    conversation = Conversation(AnswerDesk(never_sure))
    text = shown(conversation.say("botox"))
    titles = re.findall(r"^  \d\. (.*)$", text, re.MULTILINE)
    assert len(titles) == 3
    assert closes(text, SHORT_NOTICE)
    return lambda line: shown(conversation.say(line)), titles


def test_the_greeting_says_in_three_lines_what_this_is_and_how_to_leave(desk):
    lines = shown(Conversation(desk).greet()).strip().split("\n")
    assert len(lines) == 3
    assert "doctors" in lines[0]
    assert "/quit" in lines[2]


def test_an_empty_book_is_told_in_the_greeting(shipped):
    empty = replace(shipped, questions={})
    assert "No question has an answer here yet" in shown(Conversation(AnswerDesk(empty)).greet())


def test_an_answer_shows_question_details_every_expert_and_the_notice(say):
    text = say(SEED_TITLE)
    for part in (
        f"Question: {SEED_TITLE}",
        "Which I Am Unable to Feel",
        "Answer 1 of 3: Botox and muscle twitches",
        "Name not given on the source page",
        "4.9 of 5 from 37 patient reviews",
        "Answer 3 of 3: Facial twitch and Botox",
        "Matheson A. Harris, MD",
    ):
        assert part in " ".join(text.split())
    assert closes(text, NOTICE)


def test_choices_are_numbered_and_a_number_picks_one(unsure):
    say, titles = unsure
    for number, title in enumerate(titles, start=1):
        for typed in (f"/{number}", str(number)):
            text = say(typed)
            assert words(f"Question: {title}") in words(text)
            assert closes(text, NOTICE)


@pytest.mark.parametrize("typed", ["/0", "/9", "9", "/99"])
def test_a_number_that_is_no_choice_is_refused_kindly(unsure, typed):
    say, _ = unsure
    assert say(typed).startswith("There is no choice ")


@pytest.mark.parametrize("typed", ["/1", "1", "42"])
def test_a_number_picks_nothing_before_there_are_choices(say, typed):
    assert "Ask a question first" in say(typed)


def test_no_brings_others_that_come_near_and_then_says_that_there_are_none(unsure):
    say, titles = unsure
    seen = set(titles)
    while "No other stored question comes near" not in (text := say("/no")):
        assert closes(text, SHORT_NOTICE)
        fresh = set(re.findall(r"^  \d\. (.*)$", text, re.MULTILINE))
        assert fresh
        assert not fresh & seen
        seen |= fresh


def test_a_yes_or_no_is_said_of_the_choices_on_the_screen_and_of_nothing_else(unsure):
    say, titles = unsure
    assert "Which one is it? Type a number, /1 to /3" in say("yes")
    others = say("No.")
    assert "Which of these questions" in others
    assert not any(title in others for title in titles)
    say("/1")
    assert say("no") == say("yes") == say("thanks")


def test_a_yes_picks_the_only_choice(shipped):
    conversation = Conversation(AnswerDesk(replace(shipped, policy=Policy(answer_at=1.0, choices_at=0.5))))
    assert "Do you mean this question?" in shown(conversation.say(SEED_TITLE))
    picked = shown(conversation.say("yes"))
    assert f"Question: {SEED_TITLE}" in picked
    assert closes(picked, NOTICE)


@pytest.mark.parametrize("typed", ["/no", "/why", "/1"])
def test_what_needs_a_question_says_so_before_there_is_one(say, typed):
    assert "sk" in say(typed)
    assert "question" in say(typed)


def test_why_tells_what_was_matched_how_sure_it_was_and_what_came_near(say):
    say(SEED_TITLE)
    text = say("/why")
    assert "almost surely the one that is meant" in text
    assert f"  {SEED_TITLE}" in text
    assert "An answer needs 90." in text
    assert "Other stored questions" in text
    assert closes(text, NOTICE)


@pytest.mark.parametrize("asked", ["thanks", "how do I cook rice", "chest pain and I cannot breathe", "\U0001f600"])
def test_why_explains_what_was_not_answered_too(say, asked):
    say(asked)
    assert say("/why").startswith("Why this reply")


def test_help_lists_every_command_and_each_one_works(say):
    text = say("/help")
    for word, does in COMMANDS.items():
        assert f"  {word} " in text
        assert words(does) in words(text)
        assert not say(word).startswith("There is no command")


@pytest.mark.parametrize(
    ("typed", "hint"), [("/hlep", "Did you mean /help?"), ("/etc/passwd", "Type /help"), ("/", "Type /help")]
)
def test_an_unknown_command_is_refused_kindly(say, typed, hint):
    text = say(typed)
    assert text.startswith(f"There is no command {typed}.")
    assert hint in text


def test_a_question_by_the_command_of_discord_is_answered(say):
    assert f"Question: {SEED_TITLE}" in say(f"/ask {SEED_TITLE}")
    assert "There is no command /ask" in say("/ask")


def test_a_blank_behind_the_slash_is_no_matter(say):
    assert say("/ help") == say("/help")


@pytest.mark.parametrize("typed", ["/quit", "/ quit", "/EXIT", " quit ", "exit", "/q"])
def test_leaving_ends_the_chat(say, typed):
    assert say(typed) == ""


@pytest.mark.parametrize("typed", ["crushing chest pain and I cannot breathe", "/quit i want to kill myself"])
def test_an_emergency_comes_first_and_alone(say, typed):
    say(SEED_TITLE)
    text = say(typed)
    assert "911" in text
    assert "Question:" not in text
    assert "Notice:" not in text


def test_behind_a_card_the_answer_waits_until_nobody_is_in_danger(say):
    assert "no emergency card" in say("/safe")
    card = say("can botox stop my cheek from twitching? chest pain, i cannot breathe")
    assert card.startswith("Call 911 now.")
    assert "Type /safe" in card
    assert closes(say("/safe"), NOTICE)
    assert "No other stored question comes near" in say("/no")
    say("how do I cook rice")
    assert "no emergency card" in say("/safe")


def test_a_card_stands_where_the_matcher_is_broken(shipped):
    class Broken:
        def rank(self, text):
            raise RuntimeError(text)

    conversation = Conversation(AnswerDesk(replace(shipped, matcher=Broken())))
    assert shown(conversation.say("chest pain and i cannot breathe")).startswith("Call 911 now.")


def test_nothing_found_is_said_plainly(say):
    assert say("how do I cook rice").split() == NOTHING_FOUND.split()


@pytest.mark.parametrize("text", ["thanks lol kms", "quiero morir suicide", "lmao kms"])
def test_small_talk_and_other_languages_keep_the_caution_line(say, text):
    assert "988" in say(text)


def test_small_talk_gets_a_line_so_that_the_prompt_never_looks_dead(say):
    assert "whenever you have one" in say("thanks")


HOSTILE = {
    "empty": "",
    "white space": " \t\u3000 ",
    "4,000 characters": "x" * 4000,
    "4,000 characters in words": "why does it hurt " * 236,
    "one token 4,000 times": "botox " * 4000,
    "emoji only": "\U0001f600\U0001f9e0\U0001f44d\U0001f3fd",
    "NUL": "\x00\x00",
    "lone surrogates": "\ud800\udfff\ud83d",
    "surrogates in a question": "can botox \udcff stop my \ud83d cheek?",
    "zalgo": "z" + "\u0301\u0316\u0489" * 500,
    "bidi overrides": "\u202e\u2066rebmun enohp\u2069\u202c",
    "zero width": "\u200b\u200c\u200d\ufeff" * 50,
    "escape sequences": "\x1b[2J\x1b]0;title\x07\x1b[8m",
    "markup": "[red]```||-# [link=file:///]:smile:",
    "slash alone": "/",
    "slashes": "/" * 4000,
    "digits of another script": "\u0661",
    "4,000 digits": "9" * 4000,
}
WORDLESS = {HOSTILE[name] for name in ("empty", "white space", "emoji only", "NUL", "lone surrogates", "zero width")}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_is_typed_the_reply_is_calm_and_no_wrong_answer(say, line):
    text = say(line)
    assert "Traceback" not in text
    assert "went wrong" not in text
    assert "\x1b" not in text
    if line != HOSTILE["surrogates in a question"]:
        assert "Answer" not in text
    if line in WORDLESS:
        assert text.split() in ([], ASK_IN_WORDS.split())


TYPED = st.lists(
    st.sampled_from(
        ["botox", "my cheek", "twitch", "?", "/why", "/1", "/no", "not", "[red]", "```", "\x1b[2J", "\u202e"]
    )
    | st.text(max_size=6),
    max_size=5,
).map(" ".join)


@settings(max_examples=examples(60))
@given(lines=st.lists(TYPED, min_size=1, max_size=4))
def test_whatever_is_typed_in_whatever_order_stored_words_end_with_the_notice(shipped, lines):
    conversation = Conversation(AnswerDesk(shipped))
    titles = [question.title for question in shipped.questions.values()]
    for line in lines:
        page = conversation.say(line)
        if page is None:
            return
        text = shown(page)
        if any(words(title) in words(text) for title in titles):
            assert closes(text, NOTICE) or closes(text, SHORT_NOTICE)
        assert "\x1b" not in text
        assert "\u202e" not in text
