"""A server's layer over the book: what members see, and that it is written out and read again as that."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.content.book import read_book_text
from knowledge.content.canonical import content_hash
from knowledge.content.writing import write_jsonl, write_toml
from knowledge.curation.entry import Entry, Wording
from knowledge.curation.server_layer import ServerLayer
from knowledge.model import Answer, Layer, Question
from tests.knowledge.content.test_writing import QUESTIONS
from tests.scale import examples


def _layer(*questions: Question, hidden: tuple[str, ...] = ()) -> ServerLayer:
    entries = [
        Entry(question.id, 1, Wording(1, question, content_hash(question), frozenset())) for question in questions
    ]
    entries += [Entry(entry_id, 1, hidden=True) for entry_id in hidden]
    return ServerLayer(MappingProxyType({entry.id: entry for entry in entries}))


MANY = st.lists(QUESTIONS, max_size=3, unique_by=lambda question: question.id)


@settings(max_examples=examples(40))
@given(MANY, MANY)
def test_what_members_see_is_read_again_as_it_was_written(book, own):
    of_book = {question.id: question for question in book}
    layer = _layer(*(replace(question, layer=Layer.SERVER) for question in own))
    shown = {question.id: content_hash(question) for question in layer.shown_over(of_book)}
    assert set(shown) == {*of_book, *(question.id for question in own)}
    for write, name in ((write_toml, "out.toml"), (write_jsonl, "out.jsonl")):
        read = read_book_text(name, write(layer.shown_over(of_book)))
        assert {question.id: content_hash(question) for question in read.questions} == shown


A, B, C = (Question(name, f"{name}?", (Answer("One."), Answer("Two."))) for name in "abc")


def test_the_books_order_is_kept_and_own_entries_follow():
    changed = replace(A, answers=(Answer("New."), Answer("Two.")), layer=Layer.SERVER)
    shown = _layer(C, changed, hidden=("b",)).shown_over({"a": A, "b": B})
    assert [question.id for question in shown] == ["a", "c"]
    assert [answer.of_book for answer in shown[0].answers] == [False, True]


def test_an_entry_that_says_what_the_book_says_is_the_books():
    layer = _layer(replace(A, layer=Layer.SERVER))
    assert layer.live({"a": A}) == ()
    assert [question.layer for question in layer.shown_over({"a": A})] == [Layer.BOOK]
    assert layer.live({"a": B}) != ()
