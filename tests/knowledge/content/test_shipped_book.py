"""The knowledge file that ships: the seed's words to the letter, and samples that say that they are samples."""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from knowledge.content.book import Book, read_book, read_book_text
from knowledge.content.pages import read_page
from knowledge.content.writing import write_jsonl, write_toml
from knowledge.text import fold

SEED = "cheek-twitching-botox"
PAGES = Path(__file__).parents[4] / "shared" / "pages"
# The page's third answer breaks off in the middle of a sentence; the book leaves it out.
ANSWERS_LEFT_OUT = {"page-10.txt": 1}


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book([Path(str(files("knowledge") / "answers.toml"))])


@pytest.fixture(scope="module")
def seed(book):
    return next(question for question in book.questions if question.id == SEED)


def test_the_seed_stands_as_the_page_has_it(seed):
    assert seed.title == "Twitching on My Left Cheek; Is Botox the Solution?"
    assert seed.details == (
        "Have a Twiching Every 1 Minute on my Left Cheecks Which I Am Unable to Feel. "
        "Will Botox Provide a Remedy. If Yes, How"
    )
    assert [(a.headline, a.name, a.credentials, a.rating, a.reviews) for a in seed.answers] == [
        ("Botox and muscle twitches", None, "Manhattan Dermatologic Surgeon", 4.9, 37),
        ("Botox for Facial Muscle Spasms", "Sanusi Umar, MD", "Redondo Beach Dermatologic Surgeon", 4.6, 32),
        ("Facial twitch and Botox", "Matheson A. Harris, MD", "Salt Lake City Oculoplastic Surgeon", 5.0, 6),
    ]


def test_the_seeds_answers_are_word_for_word(seed):
    """The hashes are of the page's own bytes, no-break spaces included."""
    assert [hashlib.sha256(answer.body.encode()).hexdigest() for answer in seed.answers] == [
        "33065b619c48b6aa7b8f52947ae4143bb5f641bd582583645e50fa3bccd92ecd",
        "5063130b663e53f7c8339769ba1fc53ef88732cfd0db400199ece53543291cb1",
        "00bcf2e612b49a8dd9bcddff7666dcc187a1623d6c63ce9727cea5d375709a20",
    ]
    assert [answer.body.count("\N{NO-BREAK SPACE} ") for answer in seed.answers] == [1, 0, 3]


def test_nothing_is_made_up_about_the_seeds_experts(seed):
    for answer in seed.answers:
        assert not answer.invented
        assert answer.as_of is None
        assert answer.checked is None


def test_everyone_else_is_marked_as_invented(book):
    others = [answer for question in book.questions if question.id != SEED for answer in question.answers]

    assert len(others) >= 14
    assert all(answer.invented for answer in others)


def test_every_entry_can_be_found_in_several_ways(book):
    for question in book.questions:
        assert 2 <= len(question.phrasings) <= 5, question.id
        assert question.topics, question.id
        assert question.examples, question.id


def test_no_two_entries_share_a_wording_and_no_example_repeats_one(book):
    wordings = Counter(fold(wording) for question in book.questions for wording in question.wordings)
    examples = Counter(fold(example) for example, _ in book.examples)

    assert [wording for wording, count in wordings.items() if count > 1] == []
    assert [example for example, count in examples.items() if count > 1 or example in wordings] == []


def test_the_book_says_what_must_find_nothing(book):
    assert len(book.nothing) >= 10


@pytest.mark.parametrize(("name", "write"), [("book.toml", write_toml), ("book.jsonl", write_jsonl)])
def test_the_book_written_out_and_read_again_says_the_same(book, name, write):
    again = read_book_text(name, write(book.questions, book.nothing))

    assert again.questions == book.questions
    assert again.nothing == book.nothing


@pytest.mark.skipif(not PAGES.is_dir(), reason=f"the pages to compare with are not at {PAGES}")
def test_imported_entries_are_what_the_pages_say(book):
    imported = [question for question in book.questions if question.source is not None]
    assert len(imported) >= 7

    for question in imported:
        data = (PAGES / question.source.file).read_bytes()
        page = read_page(data)
        assert question.source.sha256 == hashlib.sha256(data).hexdigest()
        assert (question.title, question.details, question.notice) == (page.title, page.details, page.notice)
        left_out = ANSWERS_LEFT_OUT.get(question.source.file, 0)
        assert list(map(said, question.answers)) == list(map(said, page.answers[: len(page.answers) - left_out]))


def said(answer) -> tuple[object, ...]:
    return answer.headline, answer.body, answer.name, answer.credentials, answer.rating, answer.reviews
