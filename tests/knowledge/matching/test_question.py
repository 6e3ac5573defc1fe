"""Does a message ask? In every form in which members ask, and in those in which they do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.matching.data import load_matching_data
from knowledge.matching.question import hear
from knowledge.model import AskKind
from knowledge.text import without_markup, words

ASKS = load_matching_data().asks


def heard(text):
    clean = without_markup(text)
    return hear(text, clean, words(clean), ASKS)


@pytest.mark.parametrize(
    "text",
    [
        "How long does a root canal take?",
        "how long does a root canal take",
        "can u swim with stitches",
        "anyone know if a crown hurts",
        "is it normal for a scar to itch",
        "I have had braces for a year. When do they come off?",
        "had my cast off yesterday, when can i drive again",
        "<@123> what helps with heartburn",
        "root canal pain level?",
        "so my knee has been clicking for weeks, it is fine on the bike but awful on the stairs, does that need a scan",
    ],
)
def test_questions_ask(text):
    assert heard(text).asking.kind is AskKind.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "got my cast off today, feels amazing",
        "my crown did not hurt at all",
        "did your crown hurt?",
        "@sam how was your root canal",
        "you should ask your dentist about that",
        "my gran asked me 'does a root canal hurt' and i laughed",
        "!help",
        "`pip install stitches`",
        "la la la, stitches in my heart tonight",
    ],
)
def test_statements_replies_quotes_and_commands_do_not(text):
    assert heard(text).asking.score < 0.5


@pytest.mark.parametrize("text", ["thanks!", "good bot", "hi", "hi there", "ok cool thank you", "lol", "tell me more"])
def test_small_talk_is_told_apart(text):
    assert heard(text).asking.kind is AskKind.SMALL_TALK


@pytest.mark.parametrize(
    "text", ["", "  ", "\U0001f602\U0001f602", "???", "<@12>", "<:wave:12>", "https://example.org/a"]
)
def test_a_text_without_words_is_nothing_to_read(text):
    assert heard(text).asking.kind is AskKind.NOTHING_TO_READ


@pytest.mark.parametrize(
    "text",
    [
        "wie lange darf ich nach der operation nicht schwimmen",
        "¿cuánto dura la operación?",
        "est-ce que je peux nager avec mes points",
        "wie lange dauert das",
        "me duele la mano, ¿qué puedo hacer?",
        "можно ли плавать",
        "能游泳吗",
    ],
)
def test_other_languages_are_told_apart(text):
    assert heard(text).asking.kind is AskKind.OTHER_LANGUAGE


@pytest.mark.parametrize(
    "text",
    [
        "Is van der Hoeve syndrome inherited ?",
        "is de lange syndrome rare",
        "von recklinghausen disease, de novo",
        "dentist los altos el monte",
        "um hat helps a cold",
        "per os or iv",
        "i met my surgeon, come die",
    ],
)
def test_names_and_slips_do_not_make_another_language_of_english(text):
    assert heard(text).asking.kind is not AskKind.OTHER_LANGUAGE


def test_the_asking_part_of_a_story_is_found():
    story = "we moved house last week, i carried every box myself, now my back is stiff, should i use heat or ice on it"
    assert heard(story).focus == ("should", "i", "use", "heat", "or", "ice", "on", "it")


def test_messages_written_before_the_gate_had_read_them_are_told_apart():
    """At most one question in twenty is missed, and one message in five that asks nothing is taken for a question."""
    given = json.loads((Path(__file__).parents[2] / "data" / "asking.json").read_text(encoding="utf-8"))
    asking = [text for text in given["asks"] if heard(text).asking.kind is AskKind.QUESTION]
    telling = [text for text in given["tells"] if heard(text).asking.kind is not AskKind.QUESTION]
    assert len(asking) >= 0.95 * len(given["asks"])
    assert len(telling) >= 0.8 * len(given["tells"])
