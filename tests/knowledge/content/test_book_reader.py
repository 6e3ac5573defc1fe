"""Reading a book again gives just what reading it for the first time gives, and leaves alone what did not change."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.content.book import BookReader, read_book_text
from knowledge.content.files import BookFile
from knowledge.errors import KnowledgeFaults
from tests.scale import examples

NUMBERS = st.integers(0, 5)
# What an owner's file may hold, in any order and number: entries with and without ids, texts that must find nothing,
# comments, and what is wrong in one way or another.
PIECES = st.one_of(
    NUMBERS.map(lambda n: f'[[question]]\nid = "e{n}"\ntitle = "Why {n}?"\n[[question.answers]]\nbody = "{n}"\n'),
    NUMBERS.map(lambda n: f'[[question]]\ntitle = "How {n}?"\n\n[[question.answers]]\nbody = """\n\n{n}"""\n'),
    NUMBERS.map(lambda n: f'[[nothing]]\ntext = "nothing {n}"\n'),
    st.sampled_from(
        ["# a comment\n", "\n\n", "\r\n", '[[question]]\ntitel = "x"\n', 'x = "never closed\n', "[[qestion]]\n"]
    ),
)
FILES = st.lists(PIECES, max_size=8).map("".join)


def read_first(name, text):
    try:
        return told(read_book_text(name, text))
    except KnowledgeFaults as faulty:
        return faulty.faults


def read_again(reader, name, text):
    try:
        return told(reader.read([BookFile(name, text.encode())]))
    except KnowledgeFaults as faulty:
        return faulty.faults


def told(book):
    return (book, book.positions, book.nothing_positions, book.made_ids, book.warnings)


@given(st.lists(FILES, min_size=2, max_size=6))
@settings(max_examples=examples(150))
def test_a_toml_file_reads_the_same_after_any_other(texts):
    reader = BookReader()
    for text in texts:
        assert read_again(reader, "book.toml", text) == read_first("book.toml", text)


@given(st.lists(st.lists(st.tuples(NUMBERS, st.booleans()), max_size=5), min_size=2, max_size=6))
@settings(max_examples=examples(50))
def test_a_jsonl_file_reads_the_same_after_any_other(files):
    reader = BookReader()
    for entries in files:
        text = "".join(
            json.dumps({**({"id": f"e{n}"} if named else {}), "title": f"Why {n}?", "answers": [{"body": "x"}]}) + "\n"
            for n, named in entries
        )
        assert read_again(reader, "book.jsonl", text) == read_first("book.jsonl", text)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_did_not_change_is_taken_over_with_its_new_place(line_end):
    entry = '[[question]]\nid = "e{n}"\ntitle = "Why {n}?"\n[[question.answers]]\nbody = "{n}"\n'
    texts = [entry.format(n=n).replace("\n", line_end) for n in range(4)]
    reader = BookReader()
    before = reader.read([BookFile("book.toml", "".join(texts).encode())])
    texts[1] = texts[1].replace('body = "1"', 'body = "one"')
    after = reader.read([BookFile("book.toml", ("# new" + line_end + "".join(texts)).encode())])
    assert [old is new for old, new in zip(before.questions, after.questions, strict=True)] == [
        False,
        False,
        True,
        True,
    ]
    assert after.questions[0] == before.questions[0]
    assert [after.positions[f"e{n}"].line for n in range(4)] == [2, 7, 12, 17]
