"""An entry's canonical JSON says what the entry says, and its hash changes with every word."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge.content.canonical import content_hash, from_json, to_json
from knowledge.model import Answer, Layer, Question, Source

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
some = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
answers = st.builds(
    Answer,
    body=some,
    headline=texts,
    name=st.none() | some,
    credentials=st.none() | some,
    rating=st.none() | st.floats(0, 5),
    reviews=st.none() | st.integers(0, 10**9),
    id=st.none() | some,
    as_of=st.none() | st.dates(),
    checked=st.none() | st.dates(),
    invented=st.booleans(),
)
lists = st.lists(some, max_size=3).map(tuple)
questions = st.builds(
    Question,
    id=st.just("the-id"),
    title=some,
    answers=st.lists(answers, min_size=1, max_size=3).map(tuple),
    details=texts,
    phrasings=lists,
    topics=lists,
    examples=lists,
    notice=texts,
    source=st.none() | st.builds(Source, file=some, sha256=some),
    layer=st.sampled_from(Layer),
)

FULL = Question(
    id="the-id",
    title="Title?",
    answers=(
        Answer("Body.", "Headline", "A. Doctor, MD", "Surgeon", 4.5, 3, "a", date(2026, 1, 2), date(2026, 2, 3), True),
        Answer("Another."),
    ),
    details="Details.",
    phrasings=("p",),
    topics=("t",),
    examples=("e",),
    notice="Notice.",
    source=Source("seed.txt", "00"),
)
CHANGED = {"as_of": date(2020, 1, 1), "checked": date(2020, 1, 1), "rating": 4.4, "reviews": 4, "invented": False}


@given(questions)
def test_what_is_written_is_read_again(question):
    assert from_json(to_json(question), question.id, question.layer) == question


@given(questions)
def test_id_and_layer_are_where_an_entry_stands_not_what_it_says(question):
    assert content_hash(replace(question, id="another", layer=Layer.SERVER)) == content_hash(question)


def test_every_other_field_counts():
    hashes = {content_hash(FULL)}
    for field in fields(Question):
        if field.name not in {"id", "layer", "answers", "source"}:
            value = getattr(FULL, field.name)
            hashes.add(content_hash(replace(FULL, **{field.name: value + type(value)("!")})))
    hashes.add(content_hash(replace(FULL, source=Source("seed.txt", "01"))))
    hashes.add(content_hash(replace(FULL, answers=FULL.answers[::-1])))
    # Where an answer stands and how it is served is no part of what it says.
    counted = [field for field in fields(Answer) if field.name not in {"of_book", "overdue"}]
    for field in counted:
        value = CHANGED.get(field.name, "changed")
        hashes.add(
            content_hash(replace(FULL, answers=(replace(FULL.answers[0], **{field.name: value}), FULL.answers[1])))
        )
    assert len(hashes) == 1 + (len(fields(Question)) - 4) + 2 + len(counted)


def test_the_hash_of_known_words_stays_what_it_was():
    """A hash that changed would make every kept revision look like other words."""
    assert content_hash(FULL) == "00e3e4c835a340b142c66bdb5d914f98ad0a4ebedc69921607f52d14796f02a0"
