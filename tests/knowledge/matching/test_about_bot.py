"""Who asks about the bot is told what it is; who asks about anything else is not."""

from __future__ import annotations

import pytest

from knowledge.model import Outcome, Place, PlainReply
from knowledge.presentation import sentences
from knowledge.respond import respond

ABOUT_IT = [
    "who are you",
    "Who r u?",
    "hi, what can you do?",
    "Are you a BOT",
    "help",
    "what's this?",
    "ok how do you work",
    "hello there, can you help me?",
    "what questions do you have",
    "can I talk to a real doctor",
]
NOT_ABOUT_IT = [
    "who are you to say that botox is safe?",
    "help my cheek twitches",
    "what can you do about a scar?",
    "this",
    "",
]


@pytest.mark.parametrize("asked", ABOUT_IT)
def test_it_tells_what_it_is(shipped, asked):
    decision = respond(shipped, asked, Place(addressed=True))
    assert (decision.outcome, decision.reason) == (Outcome.NONE, "about-the-bot")
    assert decision.reply == PlainReply(sentences.ABOUT)


@pytest.mark.parametrize("asked", NOT_ABOUT_IT)
def test_what_says_more_is_a_question_like_any_other(shipped, asked):
    assert respond(shipped, asked, Place(addressed=True)).reason != "about-the-bot"


def test_it_does_not_introduce_itself_to_people_who_talk_to_each_other(shipped):
    assert respond(shipped, "who are you", Place(addressed=False)).reply is None


def test_the_terminal_tells_it_too_and_is_civil_to_thanks(say):
    assert "passes on what doctors have answered" in say("who are you?")
    assert say("thanks!").split() == sentences.AT_YOUR_SERVICE.split()
