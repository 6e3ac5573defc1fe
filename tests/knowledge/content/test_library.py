"""What is live in a server: the book, but for what is hidden or overridden there, and the server's own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.library import compose, with_server
from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.model import Answer, Layer, Policy, Question

IDS = ("one", "two", "three", "four", "five")
ids = st.sets(st.sampled_from(IDS))


def question(question_id: str, layer: Layer = Layer.BOOK, *, invented: bool = False) -> Question:
    answers = (Answer(f"The answer of the {layer}.", invented=invented),)
    return Question(question_id, f"What is {question_id} twitching cheek?", answers, layer=layer)


@pytest.fixture(scope="module")
def snapshot_of():
    build = partial(Matcher.build, data=load_matching_data())

    def made(book, *, samples=False):
        return compose(book, build_matcher=build, screen=None, cards=None, policy=Policy(), samples=samples)

    return made


@given(book=ids, own=ids, hidden=ids)
def test_a_server_sees_the_book_under_its_own(snapshot_of, book, own, hidden):
    shared = snapshot_of([question(one) for one in book])
    live = with_server(shared, [question(one, Layer.SERVER) for one in own], hidden)
    expected = {one: question(one) for one in book - hidden} | {one: question(one, Layer.SERVER) for one in own}
    assert dict(live.questions) == expected
    assert len(live.questions) == len(expected)
    assert all((one in live.questions) == (one in expected) for one in IDS)
    found = {match.question.id: match.question for match in live.matcher.rank("twitching cheek", limit=9).matches}
    assert found == {one: expected[one] for one in found}
    assert dict(shared.questions) == {one: question(one) for one in book}


def test_invented_answers_stay_out_of_a_servers_own_too(snapshot_of):
    own = replace(question("one", Layer.SERVER, invented=True), title="Mine")
    assert "one" not in with_server(snapshot_of([question("one")]), [own]).questions
    assert with_server(snapshot_of([question("one")]), [own], samples=True).questions["one"] == own
