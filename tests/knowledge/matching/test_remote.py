"""A ranking that comes from another process is the one that would have been made here."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from knowledge.content.library import with_server
from knowledge.matching.data import load_matching_data
from knowledge.matching.remote import RemoteRanker, packed_layers
from knowledge.model import Answer, Question

TEXTS = (
    "can botox stop my cheek from twitching?",
    "my chek keeps twiching, does botx help",
    "what helps against a stiff neck after sleeping badly",
    "thanks a lot",
    "",
)


def question(number, title):
    return Question(number, title, (Answer("Rest it, and see a doctor if it stays.", name="Jo Kim, MD"),))


def remote(snapshot, text):
    ranker = RemoteRanker(snapshot.matcher.base.questions, load_matching_data())
    sent = ranker.rank(text, packed_layers(snapshot.matcher))
    return pickle.loads(pickle.dumps(sent)).of(snapshot.matcher, snapshot.questions, text)


def of_a_server(shipped):
    """Give a server with entries of its own, one that overrides the book's and one that is hidden again."""
    seed = next(iter(shipped.questions.values()))
    first = with_server(shipped, [question("neck", "What helps against a stiff neck?"), replace(seed, phrasings=())])
    many = [question(f"own-{number}", f"Does treatment {number} help against warts?") for number in range(40)]
    return with_server(first, many, hidden={"own-3"})


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("layered", [False, True])
def test_it_is_the_ranking_that_would_have_been_made_here(shipped, text, layered):
    snapshot = of_a_server(shipped) if layered else shipped
    here, there = snapshot.matcher.rank(text), remote(snapshot, text)
    assert there == here
    assert [match.words for match in there.matches] == [match.words for match in here.matches]
    assert [match.contributions for match in there.matches] == [match.contributions for match in here.matches]


def test_what_is_shown_never_travels(shipped):
    sent = RemoteRanker(shipped.matcher.base.questions, load_matching_data()).rank(TEXTS[0])
    words = next(iter(shipped.questions.values())).answers[0].body
    assert words[:40].encode() not in pickle.dumps(sent)
    first = sent.of(shipped.matcher, shipped.questions, TEXTS[0]).matches[0].question
    assert first is shipped.questions[first.id]


def test_a_book_without_layers_sends_none(shipped):
    assert packed_layers(shipped.matcher) == b""
    assert packed_layers(of_a_server(shipped).matcher)
    hidden = with_server(shipped, (), hidden=set(shipped.questions))
    assert not remote(hidden, TEXTS[0]).matches
