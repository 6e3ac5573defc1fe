"""What is written is read again as it was; what is appended leaves the rest of the file as it is."""

from __future__ import annotations

import os
import stat
import string
import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge.content.book import Book, read_book, read_book_text
from knowledge.content.text_rule import shows_something, tidy
from knowledge.content.writing import append_entries, write_jsonl, write_toml
from knowledge.errors import KnowledgeFaults, SafeToShow
from knowledge.model import Answer, Question, Source
from tests.scale import examples

TRICKY = st.text(alphabet=st.sampled_from("\"'\\\n\r\t #[]=a\u00a0\u2028\x00\x7f{}")) | st.text()


def _said(limit: int = 200) -> st.SearchStrategy[str]:
    return TRICKY.map(lambda text: tidy(text[:limit])).filter(shows_something)


def _maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


IDS = st.text(alphabet=string.ascii_lowercase + string.digits + "-", min_size=1, max_size=48)
ANSWERS = st.builds(
    Answer,
    body=_said(),
    headline=st.just("") | _said(),
    name=_maybe(_said()),
    credentials=_maybe(_said()),
    rating=_maybe(st.floats(0, 5)),
    reviews=_maybe(st.integers(0, 10**9)),
    id=_maybe(IDS),
    as_of=_maybe(st.dates()),
    checked=_maybe(st.dates()),
    invented=st.booleans(),
)
SOURCES = st.builds(Source, _said(), st.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
QUESTIONS = st.builds(
    Question,
    id=IDS,
    title=_said(),
    answers=st.lists(ANSWERS, min_size=1, max_size=3).map(tuple),
    details=st.just("") | _said(),
    phrasings=st.lists(_said(), max_size=3).map(tuple),
    topics=st.lists(_said(100), max_size=3).map(tuple),
    examples=st.lists(_said(), max_size=3).map(tuple),
    notice=st.just("") | _said(),
    source=_maybe(SOURCES),
)
BOOKS = st.builds(
    Book,
    st.lists(QUESTIONS, max_size=3, unique_by=lambda question: question.id).map(tuple),
    st.lists(_said(), max_size=2).map(tuple),
)


@settings(max_examples=examples(60))
@given(BOOKS)
def test_a_book_written_out_as_toml_and_read_again_is_equal(book):
    text = write_toml(book.questions, book.nothing)
    assert tomllib.loads(text) is not None
    assert read_book_text("book.toml", text) == book


@settings(max_examples=examples(60))
@given(BOOKS)
def test_a_book_written_out_as_json_lines_and_read_again_is_equal(book):
    assert read_book_text("book.jsonl", write_jsonl(book.questions, book.nothing)) == book


@given(TRICKY)
@example('   "indented"\n      more\n\n  ')
@example("\u00a0\n  a\n b")
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)


def _question(title: str = "How long does it take?", **more) -> Question:
    return Question(**{"id": "long", "title": title, "answers": (Answer("Two weeks."),)} | more)


STARTS = {
    "empty": b"",
    "byte-order mark alone": b"\xef\xbb\xbf",
    "no last line end": b'# mine\n[[question]]\ntitle = "A"\nanswers = [{ body = "b" }]',
    "windows": b'# mine\r\n[[question]]\r\ntitle = "A"\r\nanswers = [{ body = "b" }]\r\n',
    "byte-order mark": b'\xef\xbb\xbf[[question]]\ntitle = "A"\nanswers = [{ body = "b" }]\n\n',
    "other table last": b'[[question]]\ntitle = "A"\n[[question.answers]]\nbody = "b"\n[[nothing]]\ntext = "x" # end',
    "comment": b"# An empty book.\n\n",
}


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_appending_leaves_every_byte_that_was_there(tmp_path, start):
    path = tmp_path / "book.toml"
    path.write_bytes(start)
    before = read_book([path])
    appended = append_entries(path, [_question(details='Ends in "quotes"\nand \\ more.')])
    data = path.read_bytes()
    assert data.startswith(start)
    assert read_book([path]).questions == (*before.questions, *appended.added)
    assert read_book([path]).nothing == before.nothing
    addition = data[len(start) :]
    assert (b"\r\n" in addition) == (b"\r\n" in start)
    assert b"\n" not in addition.replace(b"\r\n", b"") if b"\r\n" in start else True
    assert [name.name for name in tmp_path.iterdir()] == ["book.toml"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(15))
@given(QUESTIONS, QUESTIONS)
def test_what_is_appended_is_read_back(tmp_path, first, second):
    for name in ("book.toml", "book.jsonl"):
        path = tmp_path / name
        path.unlink(missing_ok=True)
        added = append_entries(path, [first]).added + append_entries(path, [second]).added
        assert read_book([path]).questions == added


def test_a_page_or_a_question_that_is_there_is_not_added_again(tmp_path):
    path = tmp_path / "book.toml"
    source = Source("a.txt", "0" * 64)
    append_entries(path, [_question(source=source)])
    once = path.read_bytes()
    same_page = _question("Another title?", id="other", source=source)
    same_title = _question("HOW long  does it take?", id="third", source=Source("b.txt", "1" * 64))
    assert append_entries(path, [same_page, same_title]).present == (same_page, same_title)
    assert path.read_bytes() == once


def test_an_id_that_is_taken_is_numbered(tmp_path):
    path = tmp_path / "book.toml"
    titles = ["One?", "Two?", "Three?"]
    added = append_entries(path, [_question(title) for title in titles]).added
    assert [question.id for question in added] == ["long", "long-2", "long-3"]


@pytest.mark.parametrize("start", ['question = [{ title = "A", answers = [{ body = "b" }] }]\n', "question = []\n"])
def test_a_file_with_its_entries_in_one_list_is_refused(tmp_path, start):
    path = tmp_path / "book.toml"
    path.write_text(start)
    with pytest.raises(SafeToShow, match=r"question = \[\.\.\.\]"):
        append_entries(path, [_question()])
    assert path.read_text() == start


def test_faults_keep_the_file_as_it_is(tmp_path):
    path = tmp_path / "book.toml"
    path.write_text("[[question]]\ntitle = ")
    with pytest.raises(KnowledgeFaults):
        append_entries(path, [_question()])
    assert path.read_text() == "[[question]]\ntitle = "
    path.write_text("")
    with pytest.raises(KnowledgeFaults, match="title has 301 characters"):
        append_entries(path, [_question("x" * 301)])
    assert path.read_text() == ""


def test_rights_and_links_are_kept(tmp_path):
    real, link = tmp_path / "real.toml", tmp_path / "link.toml"
    real.write_text("")
    real.chmod(0o640)
    link.symlink_to(real)
    append_entries(link, [_question()])
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert read_book([real]).questions


@pytest.mark.skipif(os.name != "posix", reason="needs named pipes")
def test_what_is_no_ordinary_file_is_refused(tmp_path):
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    with pytest.raises(SafeToShow, match="no ordinary file"):
        append_entries(pipe, [_question()])
    with pytest.raises(SafeToShow, match=r"\.toml"):
        append_entries(tmp_path / "book.txt", [_question()])


def test_dates_and_numbers_look_as_an_owner_would_write_them():
    answer = Answer("Yes.", rating=5.0, reviews=1018, as_of=date(2026, 1, 31), invented=True)
    text = write_toml([replace(_question(), answers=(answer,), topics=("skin", "laser"))])
    assert "rating = 5.0\n    reviews = 1018\n    as_of = 2026-01-31\n    invented = true\n" in text
    assert 'topics = ["skin", "laser"]\n' in text
    assert 'body = """\nYes.\n"""\n' in text
