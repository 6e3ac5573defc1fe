"""`new` appends a commented entry that changes nothing until it is filled in."""

from __future__ import annotations

import re

import pytest

from bot.cli.exits import Exit
from knowledge.content.book import read_book, read_book_text
from knowledge.errors import KnowledgeFaults

ENTRY = '[[question]]\nid = "can-i-swim"\ntitle = "May I swim?"\n[[question.answers]]\nbody = "In a week."\n'


@pytest.fixture
def file(tmp_path):
    (tmp_path / "config.toml").write_text('[knowledge]\npath = "book.toml"\n', "utf-8")
    path = tmp_path / "book.toml"
    path.write_text(ENTRY, "utf-8")
    return path


def uncommented(text: str) -> str:
    return re.sub(r"^#(?![ :])", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("title", ["Can I swim?", 'Is "5 mg" \\ too much?', "Löst es sich?", "#[[question]]", '"""'])
def test_a_template_changes_nothing_until_it_is_filled_in(run, file, title):
    before = read_book([file])
    ended = run("new", "--", title)
    assert ended.code == Exit.DONE
    text = file.read_text("utf-8")
    assert text.startswith(ENTRY)
    assert read_book([file]) == before
    with pytest.raises(KnowledgeFaults, match="body is empty") as faults:
        read_book_text("book.toml", uncommented(text))
    assert len(faults.value.faults) == 1
    filled = read_book_text("book.toml", uncommented(text).replace('"""\n"""', '"""\nYes.\n"""'))
    assert filled.questions[-1].title == title
    assert f"'{filled.questions[-1].id}'" in ended.out
    assert not filled.warnings


def test_the_id_is_one_that_no_other_entry_has(run, file):
    assert "'can-i-swim-2'" in run("new", "Can I swim").out
    assert 'id = "can-i-swim-2"' in file.read_text("utf-8")


def test_a_question_that_is_there_is_named(run, file):
    ended = run("new", "may i swim")
    assert ended.code == Exit.FAULTS
    assert "book.toml:1: the entry 'can-i-swim' asks that already" in ended.err
    assert file.read_text("utf-8") == ENTRY


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["new", " "], "title is missing"),
        (["new", "x" * 301], "title has 301 characters"),
        (["new", "Why?", "--into", "lines.jsonl"], "JSON Lines has no comments"),
    ],
)
def test_what_cannot_be_a_question_or_a_file_is_refused(run, file, words, told):
    ended = run(*words)
    assert ended.code == Exit.FAULTS
    assert told in ended.err
    assert file.read_text("utf-8") == ENTRY


def test_a_folder_needs_a_name(run, tmp_path):
    (tmp_path / "books").mkdir()
    (tmp_path / "config.toml").write_text('[knowledge]\npath = "books"\n', "utf-8")
    assert "Name one with --into FILE" in run("new", "Why?").err
    assert run("new", "Why?", "--into", "books/one.toml").code == Exit.DONE
    assert (tmp_path / "books" / "one.toml").read_text("utf-8").startswith("# To fill in")
