"""A book is read from real files; every fault in it is told, with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.content.book import Book, read_book
from knowledge.errors import KnowledgeFaults
from knowledge.model import Answer, Question

SHIPPED = Path(__file__).parents[3] / "knowledge" / "answers.toml"
WHOLE = '''
[[question]]
id = "cheek"
title = "Why does my cheek twitch?"
details = """
    First line.
      Indented more.

    Last line.
    """
phrasings = ["cheek twitching"]
topics = ["twitch"]
examples = ["my cheek wont stop"]
notice = "Ask your own doctor."
source = { file = "page.txt", sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }

    [[question.answers]]
    headline = "It may be nerves"
    body = """
    See a doctor.
    """
    name = "Ann Example, MD"
    credentials = "Fargo Dentist"
    rating = 5
    reviews = 6
    id = "first"
    as_of = 2026-01-31
    checked = "2026-02-01"
    invented = true

[[nothing]]
text = "how much is it"
'''


def _read(tmp_path: Path, text: str, name: str = "book.toml") -> Book:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return read_book([path])


def _faults(tmp_path: Path, text: str, name: str = "book.toml") -> list[str]:
    with pytest.raises(KnowledgeFaults) as caught:
        _read(tmp_path, text, name)
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in caught.value.faults]


def test_every_key_is_read(tmp_path):
    book = _read(tmp_path, WHOLE)
    (question,) = book.questions
    assert question.details == "First line.\n  Indented more.\n\nLast line."
    assert question.answers == (
        Answer(
            body="See a doctor.",
            headline="It may be nerves",
            name="Ann Example, MD",
            credentials="Fargo Dentist",
            rating=5.0,
            reviews=6,
            id="first",
            as_of=date(2026, 1, 31),
            checked=date(2026, 2, 1),
            invented=True,
        ),
    )
    assert book.nothing == ("how much is it",)
    assert book.positions["cheek"] == (str(tmp_path / "book.toml"), 2)
    assert book.examples == (("my cheek wont stop", question),)
    assert question.source is not None


def test_the_shipped_book_has_no_faults_and_nothing_to_warn_of():
    book = read_book([SHIPPED])
    assert book.questions
    assert not book.warnings
    assert all(isinstance(question, Question) for question in book.questions)


BROKEN = '''[[question]]
id = "one"
titel = "Mistyped"
title = "One"
[[question.answers]]
body = "Fine."
rating = 7

[[qestion]]
title = "Hangs its answers on one"

[[question]]
id = "two"
title = \u201cTwo\u201d
bogus = 1
[[question.answers]]
body = "Fine."

[[question]]
id = "three"
title = "Three"
[[question.answers]]
body = """
Never closed.

[[question]]
id = "one"
title = "Four"
[[question.answers]]
headline = "No body"
'''


def test_all_faults_are_told_at_once_each_at_its_line(tmp_path):
    assert _faults(tmp_path, BROKEN) == [
        "book.toml:3: entry 'one': the key titel is unknown (did you mean title?)",
        "book.toml:7: entry 'one': answer 1: rating is 7; write a number from 0 to 5, such as 4.9",
        "book.toml:9: [[qestion]] does not begin an entry (did you mean [[question]]?)",
        "book.toml:9: no answer is given; write [[question.answers]] with a body",
        "book.toml:14: entry 'two': curly quotes do not mark a text; write straight ones: \"",
        (
            "book.toml:15: entry 'two': the key bogus is unknown; known here are "
            "title, answers, id, details, phrasings, topics, examples, notice, source"
        ),
        'book.toml:23: entry \'three\': the text that opens here is never closed; write """ behind its last line',
        f"book.toml:27: entry 'one': the id stands already at {tmp_path}/book.toml:1; give one of the two another id",
        'book.toml:29: entry \'one\': answer 1: body is missing; write body = """...""" with the answer',
    ]
