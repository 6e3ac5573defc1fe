"""Merging replaces what differs and nothing else, however the file is written."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.content.book import BookReader, read_book_text
from knowledge.content.canonical import content_hash
from knowledge.content.files import BookFile
from knowledge.content.merging import merged
from knowledge.content.writing import write_jsonl, write_toml
from knowledge.errors import KnowledgeFaults, SafeToShow
from knowledge.model import Answer, Question
from tests.knowledge.content.test_writing import QUESTIONS
from tests.scale import examples

FILE = '''\
# The book of the clinic.

# Twitches come up every week.
[[question]]   # the first
title = "Why does my cheek twitch?"  # asked often
id = "twitch"
phrasings = [
    "cheek keeps twitching",  # from the forum
    "twitching cheek",
]

    # The first expert.
    [[question.answers]]
    headline = "It passes"
    body = """
It passes. \\
    # no comment
[[question]] is no head here.
"""
    name = "Jo Kim, MD"   # spelt as she does
    rating = 4.9

    # The second.
    [[question.answers]]
    body = "See somebody."

# Hiccups are harmless.
[[question]]
id = "hiccups"
title = "How do I stop hiccups?"
answers = [{ body = "Hold your breath." }]  # in one line

[[nothing]]
text = "how much is it"

# The end.
'''
QUESTION, HICCUPS = read_book_text("a.toml", FILE).questions
FIRST, SECOND = QUESTION.answers


def _merge(text: str | bytes, *entries: Question, name: str = "a.toml", into: str = "") -> bytes:
    data = text if isinstance(text, bytes) else text.encode()
    result = merged([BookFile(name, data)], entries, into)
    return result.files[0].new if result.files else data


def _changed_lines(old: str, new: bytes) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    before, after = old.split("\n"), new.decode().split("\n")
    return [line for line in before if line not in after], [line for line in after if line not in before]


CHANGES = {
    "a body": (
        replace(QUESTION, answers=(FIRST, replace(SECOND, body="See a doctor."))),
        ['    body = "See somebody."'],
        ['    body = "See a doctor."'],
    ),
    "a value before a comment": (
        replace(QUESTION, answers=(replace(FIRST, name="Jo Ann Kim, MD"), SECOND)),
        ['    name = "Jo Kim, MD"   # spelt as she does'],
        ['    name = "Jo Ann Kim, MD"   # spelt as she does'],
    ),
    "a key that is new": (
        replace(QUESTION, answers=(FIRST, replace(SECOND, name="Ann Ba"))),
        [],
        ['    name = "Ann Ba"'],
    ),
    "a key that goes": (
        replace(QUESTION, answers=(replace(FIRST, name=None), SECOND)),
        ['    name = "Jo Kim, MD"   # spelt as she does'],
        ["    # spelt as she does"],
    ),
    "a list with a comment inside": (
        replace(QUESTION, phrasings=("twitch",)),
        ["phrasings = [", '    "cheek keeps twitching",  # from the forum', '    "twitching cheek",', "]"],
        ["# from the forum", 'phrasings = ["twitch"]'],
    ),
    "an answer that is new": (
        replace(QUESTION, answers=(FIRST, SECOND, Answer("Third.", name="Ed"))),
        [],
        ["Third.", '    name = "Ed"'],
    ),
    "an answer that goes": (replace(QUESTION, answers=(FIRST,)), ['    body = "See somebody."'], []),
    "the title": (
        replace(QUESTION, title="Why does it twitch?", details="Left."),
        ['title = "Why does my cheek twitch?"  # asked often'],
        ['title = "Why does it twitch?"  # asked often', 'details = "Left."'],
    ),
    "answers in one line": (
        replace(HICCUPS, answers=(Answer("Drink."),)),
        ['answers = [{ body = "Hold your breath." }]  # in one line'],
        ["# in one line", "Drink."],
    ),
}


@pytest.mark.parametrize(("entry", "gone", "come"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_only_what_differs_changes(entry, gone, come, line_end, mark):
    data = mark + FILE.replace("\n", line_end).encode()
    new = _merge(data, entry)
    assert new.startswith(mark)
    text = new.removeprefix(mark)
    if line_end == "\r\n":
        assert b"\n" not in text.replace(b"\r\n", b"")
        text = text.replace(b"\r\n", b"\n")
    assert _changed_lines(FILE, text) == (gone, come)
    for comment in re.findall(r"# [a-zT][^\n]*", FILE.replace("    # no comment", "")):
        assert comment in text.decode()
    (found,) = [one for one in read_book_text("a.toml", text.decode()).questions if one.id == entry.id]
    assert found == entry


def test_new_entries_go_to_the_end():
    new = _merge(FILE, Question("new", "New?", (Answer("Yes."),)), into="a.toml")
    assert new.startswith(FILE.encode())
    assert [question.id for question in read_book_text("a.toml", new.decode()).questions] == [
        "twitch",
        "hiccups",
        "new",
    ]


def test_an_id_that_the_file_does_not_give_is_kept():
    text = '[[question]]\ntitle = "Old title?"\n[[question.answers]]\nbody = "b"'
    new = _merge(text, Question("old-title", "New title?", (Answer("b"),)))
    assert new.decode() == text.replace("[[question]]\n", '[[question]]\nid = "old-title"\n').replace("Old", "New")


def test_a_line_of_json_lines_is_replaced_alone():
    lines = [write_jsonl([question]) for question in (QUESTION, HICCUPS)]
    text = lines[0].replace(": ", ":") + "\r\n  " + lines[1].removesuffix("\n") + "\r\n"
    new = _merge(text, replace(HICCUPS, title="Hiccups?"), name="a.jsonl")
    assert new.decode() == text.replace(
        lines[1].removesuffix("\n"), write_jsonl([replace(HICCUPS, title="Hiccups?")])[:-1]
    ).replace("  {", "{")


def test_entries_are_found_in_several_files():
    files = [BookFile("a.toml", write_toml([QUESTION]).encode()), BookFile("b.jsonl", write_jsonl([HICCUPS]).encode())]
    new = Question("new", "New?", (Answer("Yes."),))
    result = merged(files, [replace(HICCUPS, title="Hiccups?"), new], "a.toml")
    assert [file.name for file in result.files] == ["a.toml", "b.jsonl"]
    assert (result.changed, result.added) == (("hiccups",), ("new",))
    with pytest.raises(SafeToShow, match="--into"):
        merged(files, [new])


def test_what_the_book_says_already_changes_nothing():
    assert merged([BookFile("a.toml", FILE.encode())], [QUESTION, HICCUPS]).files == ()


@pytest.mark.skipif(not shutil.which("git"), reason="git applies the diff")
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_diff_can_be_applied(tmp_path, line_end):
    data = FILE.removesuffix("# The end.\n").rstrip().replace("\n", line_end).encode()
    entries = [replace(HICCUPS, answers=(Answer("Drink.\u2028\x0cNow."),)), Question("new", "New?", (Answer("Yes."),))]
    (file,) = merged([BookFile("a.toml", data)], entries, "a.toml").files
    assert "\n\\ No newline at end of file\n" in file.diff
    (tmp_path / "a.toml").write_bytes(data)
    subprocess.run(["git", "apply", "-p0"], input=file.diff.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "a.toml").read_bytes() == file.new


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('question = [{ id = "a", title = "A?", answers = [{ body = "b" }] }]\n', "in one list"),
        (
            '[[question]]\nid = "a"\ntitle = "A?"\n[[nothing]]\ntext = "x"\n[[question.answers]]\nbody = "b"\n',
            "torn apart",
        ),
    ],
)
def test_what_cannot_be_replaced_is_told_or_done_right(text, name):
    entry = Question("a", "A?", (Answer("c"), Answer("d")))
    try:
        new = _merge(text, entry)
    except SafeToShow as refused:
        assert "a.toml:1: the entry 'a'" in str(refused), name  # noqa: PT017  # both ends are right
    else:
        read = read_book_text("a.toml", new.decode())
        assert (read.questions, read.nothing) == ((entry,), ("x",))


def test_faults_are_told_before_anything_is_merged():
    with pytest.raises(KnowledgeFaults, match=r"a\.toml:2"):
        _merge("[[question]]\ntitle = ", QUESTION)
    with pytest.raises(KnowledgeFaults, match="301 characters"):
        _merge(FILE, replace(HICCUPS, title="x" * 301))


BOOKS = st.lists(QUESTIONS, min_size=1, max_size=3, unique_by=lambda question: question.id)


@settings(max_examples=examples(60))
@given(BOOKS, st.lists(QUESTIONS, max_size=3), st.sampled_from(["a.toml", "a.jsonl"]), st.booleans())
@example([HICCUPS], [QUESTION], "a.toml", True)
def test_what_is_merged_is_read_and_the_others_keep_their_bytes(book, wanted, name, windows):
    write = write_toml if name == "a.toml" else write_jsonl
    entries = [write([question]).replace("\n", "\r\n" if windows else "\n") for question in book]
    text = "# head\n" * (name == "a.toml") + "\n".join(entries)
    # Entries over those that are there, by their places, and one that is new.
    changes = [replace(new, id=old.id) for new, old in zip(wanted, book, strict=False)]
    new = _merge(text, *changes, Question("n" * 48, "New?", (Answer("Yes."),)), name=name, into=name)
    read = BookReader().read([BookFile(name, new)])
    said = {question.id: content_hash(question) for question in (*book, *changes)}
    assert {question.id: content_hash(question) for question in read.questions if question.id in said} == said
    for question, entry in zip(book, entries, strict=True):
        if question.id not in {change.id for change in changes}:
            assert entry.encode() in new


@settings(max_examples=examples(60))
@given(QUESTIONS, st.data())
def test_an_answer_changed_in_a_file_with_comments_leaves_them(question, data):
    text = "".join(
        f"{line}\n# note {number}\n" if line.startswith("    [[") else f"{line}\n"
        for number, line in enumerate(write_toml([question]).split("\n"))
    )
    at = data.draw(st.integers(0, len(question.answers) - 1))
    answers = [replace(one, body="Changed.") if at == place else one for place, one in enumerate(question.answers)]
    new = _merge(text, replace(question, answers=tuple(answers))).decode()
    assert read_book_text("a.toml", new).questions[0].answers == tuple(answers)
    notes = re.compile(r"^ *(# note \d+)$", re.MULTILINE)
    assert notes.findall(new) == notes.findall(text)
