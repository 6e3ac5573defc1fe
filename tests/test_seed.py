"""The question that this product grew from: however it is asked, all three experts answer, over the notice."""

from __future__ import annotations

import pytest

from knowledge.model import AnswerReply, Outcome, Place, Tier
from knowledge.respond import respond
from knowledge.safety.notice import NOTICE

TITLE = "Twitching on My Left Cheek; Is Botox the Solution?"
DETAILS = (
    "Have a Twiching Every 1 Minute on my Left Cheecks Which I Am Unable to Feel. "
    "Will Botox Provide a Remedy. If Yes, How"
)
PARAPHRASES = (
    "Is Botox the solution for a twitching left cheek?",
    "my left cheek keeps twitching, would botox solve it",
    "can botox fix the twitch in my left cheek?",
    "Left cheek twitching - will Botox help?",
    "does botox help with a twitching cheek",
    "i have a twitch in my left cheek. is botox a good idea?",
    "would getting botox stop my cheek twitching",
    "twitching cheek, could botox be the answer",
    "is it worth trying botox for a cheek that keeps twitching",
    "what about botox for the twitching in my left cheek?",
)


@pytest.mark.parametrize("text", [TITLE, DETAILS, *PARAPHRASES])
def test_all_three_experts_answer_over_the_notice(shipped, text):
    decision = respond(shipped, text, Place(addressed=True))

    assert decision.outcome is Outcome.ANSWER, decision.reason
    assert isinstance(decision.reply, AnswerReply)
    assert decision.reply.question.title == TITLE
    assert [answer.credentials for answer in decision.reply.question.answers] == [
        "Manhattan Dermatologic Surgeon",
        "Redondo Beach Dermatologic Surgeon",
        "Salt Lake City Oculoplastic Surgeon",
    ]
    assert decision.reply.notice.full == NOTICE
    # The page closes with the very words of the notice, so they are not said twice.
    assert decision.reply.notice.above == ()


def test_a_cheek_that_cannot_be_felt_is_at_most_a_caution(shipped):
    assert shipped.screen(DETAILS).tier in {Tier.CAUTION, Tier.NONE}


def test_the_paraphrases_are_none_of_the_stored_wordings(shipped):
    stored = {wording.casefold() for question in shipped.questions.values() for wording in question.wordings}

    assert not stored & {text.casefold() for text in PARAPHRASES}
