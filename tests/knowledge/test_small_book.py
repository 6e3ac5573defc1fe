"""A server may begin with a single entry: what is not asked there must not be answered with it."""

from __future__ import annotations

import pytest

from bot.app import load_snapshot
from bot.config import Config
from knowledge.model import Outcome, Place
from knowledge.respond import respond

OTHER_QUESTIONS = (
    "how do i fix my car",
    "what is the capital of france",
    "can i have botox when i have a baby?",
    "how long does botox last",
    "is my left knee broken?",
)


@pytest.fixture(scope="module")
def snapshot():
    snapshot = load_snapshot(Config(), samples=False)
    assert len(snapshot.questions) == 1
    return snapshot


@pytest.mark.parametrize("addressed", [True, False])
def test_the_only_entry_does_not_answer_another_question(snapshot, addressed):
    answered = [
        text
        for text in OTHER_QUESTIONS
        if respond(snapshot, text, Place(addressed=addressed)).outcome is Outcome.ANSWER
    ]
    assert answered == []
