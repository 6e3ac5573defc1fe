"""Every fault names its line, its entry and what to write instead; no text, however broken, brings anything else."""

from __future__ import annotations

import os
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.content.book import read_book, read_book_text
from knowledge.errors import KnowledgeFaults
from tests.scale import examples

from .test_book import WHOLE

HEAD = '[[question]]\nid = "a"\ntitle = "T"\n'
ANSWER = '[[question.answers]]\nbody = "b"\n'
TITLE = '[[question]]\nid = "a"\ntitle = {}\n' + ANSWER

# What is wrong, the text, the line, and a piece of what has to be said.
ONE_FAULT = [
    ("decimal comma", HEAD + ANSWER + "rating = 4,9\n", 6, "4.9"),
    ("rating in quotes", HEAD + ANSWER + 'rating = "4.9"\n', 6, "rating is a text; write a number without quotes"),
    ("rating of 7", HEAD + ANSWER + "rating = 7\n", 6, "rating is 7; write a number from 0 to 5"),
    ("negative rating", HEAD + ANSWER + "rating = -0.1\n", 6, "from 0 to 5"),
    ("no number", HEAD + ANSWER + "rating = nan\n", 6, "rating is nan; write a number from 0 to 5"),
    ("infinite rating", HEAD + ANSWER + "rating = inf\n", 6, "rating is inf; write a number from 0 to 5"),
    ("rating true", HEAD + ANSWER + "rating = true\n", 6, "rating is True; write a number"),
    ("huge rating", HEAD + ANSWER + f"rating = {'7' * 40}\n", 6, "rating is 777"),
    ("half a review", HEAD + ANSWER + "reviews = 3.5\n", 6, "reviews is 3.5; write a whole number"),
    ("too many digits", HEAD + ANSWER + f"reviews = {'9' * 5000}\n", 6, "too many digits"),
    ("thousands comma", HEAD + ANSWER + "reviews = 1,018\n", 6, "no commas"),
    ("curly quotes", TITLE.format("\u201cT\u201d"), 3, "curly quotes do not mark a text; write straight ones"),
    ("curly single quotes", TITLE.format("\u2018T\u2019"), 3, "curly quotes"),
    ("a curly quote at the end", TITLE.format('"T\u201d'), 3, "ends in a curly quote"),
    ("a quote inside", TITLE.format('"He said "hi" twice"'), 3, '\\"'),
    ("no quotes", TITLE.format("What now?"), 3, "straight quotes round it"),
    ("an open quote", TITLE.format('"What now?'), 3, 'write " at its end'),
    ("no value", TITLE.format(""), 3, "the value is missing"),
    ("two equals signs", TITLE.format('= "T"'), 3, "one = too many"),
    ("no equals sign", TITLE.replace("= {}", "T"), 3, 'key = "value"'),
    ("a colon", TITLE.replace("= {}", ': "T"'), 3, "write = between a key and its value, not a colon"),
    ("a blank that does not break", TITLE.replace("= {}", '\u00a0= "T"'), 3, "an unseen character (U+00A0)"),
    ("a blank without a width", TITLE.replace("title = {}", '\u200btitle = "T"'), 3, "an unseen character (U+200B)"),
    ("a remark as in other languages", HEAD + "// ask again\n" + ANSWER, 4, "a remark begins with #"),
    ("an empty title", TITLE.format('"  "'), 3, "title is empty"),
    ("a title of characters that are not shown", TITLE.format('"\\u200b \\u2060"'), 3, "title is empty"),
    ("a long title", TITLE.format(f'"{"x" * 301}"'), 3, "title has 301 characters; write 300 at most"),
    ("a list for a title", TITLE.format('["T"]'), 3, "title is a list; write a text"),
    ("True", HEAD + ANSWER + "invented = True\n", 6, "write true, in small letters"),
    ("yes", HEAD + ANSWER + "invented = yes\n", 6, "write true or false"),
    ("true in quotes", HEAD + ANSWER + 'invented = "true"\n', 6, "write true or false, without quotes"),
    ("null", HEAD + ANSWER + "name = null\n", 6, "leave the key out"),
    ("an open list", HEAD + 'topics = ["a", "b"\n' + ANSWER, 5, "write ] at its end"),
    ("a text for a list", HEAD + 'phrasings = "ok"\n' + ANSWER, 4, 'write a list, such as ["...", "..."]'),
    ("a number in a list", HEAD + 'phrasings = ["ok", 3]\n' + ANSWER, 4, "phrasings 2 is a number"),
    ("an empty phrasing", HEAD + 'phrasings = ["ok", ""]\n' + ANSWER, 4, "phrasings 2 is empty"),
    ("one bracket", "[question]\n" + HEAD[13:] + ANSWER, 1, "did you mean [[question]]?"),
    ("a bracket forgotten", "[[question]\n" + HEAD[13:] + ANSWER, 1, "did you mean [[question]]?"),
    (
        "answers in one bracket",
        HEAD + ANSWER.replace("[[", "[").replace("]]", "]"),
        4,
        "[[question.answers]] in double",
    ),
    ("an open answers head", HEAD + "[[question.answers]\n" + ANSWER[21:], 4, "[[question.answers]]"),
    ("answers without a question", ANSWER, 1, "these answers have no question; write [[question]]"),
    ("a key that is near none", "version = 1\n" + HEAD + ANSWER, 1, "version is unknown here; only [[question]]"),
    ("JSON", '{"title": "t", "answers": [{"body": "b"}]}\n', 1, "in a file that ends in .jsonl"),
    ("a list of JSON", '[{"title": "t", "answers": [{"body": "b"}]}]\n', 1, "in a file that ends in .jsonl"),
    ("one bracket round nothing", '[nothing]\ntext = "x"\n', 1, "write [[nothing]] in double brackets"),
    (
        "two sides of a merge inside a body",
        HEAD + ANSWER.replace('"b"', '"""\n<<<<<<< HEAD\n10 mg\n=======\n20 mg\n>>>>>>> mine\n"""'),
        6,
        "a merge was left unfinished; keep one side",
    ),
    (
        "two sides of a merge, of which one has a fault",
        f"<<<<<<< HEAD\n{HEAD}{ANSWER}=======\n{HEAD}{ANSWER}rating = 9\n>>>>>>> mine\n",
        1,
        "a merge was left unfinished",
    ),
    ("what is left of a merge", HEAD + ANSWER + ">>>>>>> mine\n", 6, "a merge was left unfinished"),
    ("a key before any entry", 'title = "x"\n' + HEAD + ANSWER, 1, "under a [[question]]"),
    ("a key in the wrong table", HEAD + ANSWER + 'topics = ["a"]\n', 6, "under [[question]], above"),
    ("a body in the wrong table", HEAD + 'body = "b"\n' + ANSWER, 4, "under [[question.answers]]"),
    ("a key twice", HEAD + 'title = "U"\n' + ANSWER, 4, "written twice"),
    ("a backslash", HEAD + ANSWER.replace('"b"', '"C:\\path"'), 5, "a backslash stands alone"),
    (
        "a backslash in a long text",
        HEAD + ANSWER.replace('"b"', '"""\nok\nC:\\path\n"""'),
        7,
        "a backslash stands alone",
    ),
    ("half a character", HEAD + ANSWER.replace('"b"', '"\\ud800"'), 5, "half a character"),
    ("a NUL", HEAD + ANSWER.replace('"b"', '"a\0b"'), 5, "NUL character"),
    ("an open long text", HEAD + ANSWER.replace('"b"', '"""\nb'), 5, "the text that opens here is never closed"),
    ("an empty body", HEAD + ANSWER.replace('"b"', '"""\n  \n"""'), 5, "body is empty"),
    ("a body of characters that are not shown", HEAD + ANSWER.replace('"b"', '"\\u202e\\u00ad"'), 5, "body is empty"),
    ("a long body", HEAD + ANSWER.replace('"b"', f'"{"x" * 20_001}"'), 5, "20,001 characters; write 20,000 at most"),
    ("no body", HEAD + "[[question.answers]]\nheadline = 'h'\n", 4, "body is missing"),
    ("no answers", HEAD, 1, "no answer is given; write [[question.answers]]"),
    ("no title", '[[question]]\nid = "a"\n' + ANSWER, 1, "title is missing"),
    ("a day that is none", HEAD + ANSWER + "as_of = 2026-02-30\n", 6, "2026-01-31"),
    ("a day the other way round", HEAD + ANSWER + "as_of = 31/01/2026\n", 6, "2026-01-31"),
    ("a day with points", HEAD + ANSWER + "as_of = 31.01.2026\n", 6, "year first, as 2026-01-31"),
    ("a day with points, year first", HEAD + ANSWER + "as_of = 2026.1.31\n", 6, "year first, as 2026-01-31"),
    ("a day without its day", HEAD + ANSWER + "as_of = 2026-01\n", 6, "a year, a month and a day"),
    ("a number with two points", HEAD + ANSWER + "rating = 4.8.1\n", 6, "something stands behind the value"),
    ("a time of day", HEAD + ANSWER + "as_of = 2026-01-31T10:00:00\n", 6, "write a date, such as 2026-01-31"),
    ("an id with a blank", HEAD.replace('"a"', '"A b"') + ANSWER, 2, "write only a-z, 0-9 and -"),
    ("a long id", HEAD.replace('"a"', f'"{"a" * 49}"') + ANSWER, 2, "48 characters at most"),
    ("a source without its hash", HEAD + 'source = { file = "x" }\n' + ANSWER, 4, "sha256 is missing"),
    (
        "a source of other keys",
        HEAD + f'source = {{ file = "x", sha256 = "{"0" * 64}", url = 1 }}\n' + ANSWER,
        4,
        "url",
    ),
    ("deep nesting", HEAD + f"topics = {'[' * 2000}{']' * 2000}\n" + ANSWER, 4, "nested too deeply"),
    (
        "one list of entries, and more",
        'question = [{ title = "t", answers = [{ body = "b" }] }]\n' + HEAD,
        2,
        "one list",
    ),
    (
        "a fault in one list of entries",
        'question = [{ title = "t", answers = [{ body = "b", rating = 9 }] }]',
        1,
        "is 9",
    ),
    ("an empty text that finds nothing", '[[nothing]]\ntext = ""\n', 2, "text is empty"),
    ("a mistyped text that finds nothing", '[[nothing]]\ntxt = "x"\ntext = "x"\n', 2, "did you mean text?"),
    ("one id twice", HEAD + ANSWER + HEAD + ANSWER, 7, "the id stands already at book.toml:1"),
    ("old Macintosh line ends", (HEAD + ANSWER).replace("\n", "\r"), 1, "Windows line ends"),
    ("a web page", "<html>\n</html>\n", 1, 'key = "value"'),
]


@pytest.mark.parametrize(("text", "line", "words"), [case[1:] for case in ONE_FAULT], ids=[c[0] for c in ONE_FAULT])
def test_a_fault_is_told_at_its_line(text, line, words):
    with pytest.raises(KnowledgeFaults) as caught:
        read_book_text("book.toml", text)
    found = [fault for fault in caught.value.faults if fault.line == line and words in fault.message]
    assert found, str(caught.value)
    assert len(caught.value.faults) == 1, str(caught.value)
    if text.startswith(HEAD) and "merge" not in words:
        assert found[0].entry == "a"


def test_every_unfinished_merge_is_told_and_a_line_that_somebody_drew_is_none():
    sides = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> mine\n"
    text = sides.format(HEAD, HEAD) + ANSWER + sides.format('name = "A"\n', 'name = "B"\n')
    with pytest.raises(KnowledgeFaults) as caught:
        read_book_text("book.toml", text)
    assert [fault.line for fault in caught.value.faults] == [1, 12]
    drawn = HEAD + ANSWER.replace('"b"', '"""\nBefore\n=======\n<<<<<<<<<< see above\n  <<<<<<< see below\n"""')
    assert "=======" in read_book_text("book.toml", drawn).questions[0].answers[0].body


def test_a_mistyped_head_does_not_hang_its_answers_on_the_question_before():
    text = HEAD + ANSWER + '[[qestion]]\nid = "b"\ntitle = "U"\n[[question.answers]]\nbodi = "c"\n'
    with pytest.raises(KnowledgeFaults) as caught:
        read_book_text("book.toml", text)
    assert [(fault.line, fault.entry) for fault in caught.value.faults] == [(6, "b"), (9, "b"), (10, "b")]


def test_a_fault_among_the_texts_that_find_nothing_is_no_entrys():
    text = HEAD + ANSWER + '[[nothing]]\ntext = "x"\ntitle = = "x"\n'
    with pytest.raises(KnowledgeFaults) as caught:
        read_book_text("book.toml", text)
    assert [(fault.line, fault.entry) for fault in caught.value.faults] == [(8, "")]


def test_other_faults_of_a_block_with_a_syntax_fault_are_told_too():
    text = HEAD + 'topic = ["x"]\n' + ANSWER + "rating = 4,9\nreviews = -1\n"
    with pytest.raises(KnowledgeFaults) as caught:
        read_book_text("book.toml", text)
    assert [fault.line for fault in caught.value.faults] == [4, 7, 8]


def test_an_open_text_hides_no_later_entry():
    broken = HEAD + ANSWER.replace('"b"', '"""\nnever closed')
    good = broken.replace('"a"', '"b"').replace("never closed", 'closed\n"""')
    bad = good.replace('"b"', '"c"') + "rating = 8\n"
    with pytest.raises(KnowledgeFaults) as caught:
        read_book_text("book.toml", broken + good + bad)
    assert [(fault.line, fault.entry) for fault in caught.value.faults] == [(5, "a"), (21, "c")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[1]", "this is no object"),
        ('{"title": "t", "title": "u", "answers": [{"body": "b"}]}', 'the key "title" is written twice'),
        ('{"title": "t", "answers": [{"body": "b", "rating": NaN}]}', "a number"),
        ('{"title": "t", "answers": [{"body": "b", "rating": 1e999}]}', "rating is inf"),
        (f'{{"title": "t", "answers": [{{"body": "b", "reviews": {"9" * 5000}}}]}}', "too many digits"),
        ('{"title": "t", "answers": [{"body": "\\ud800"}]}', "half a character"),
        ('{"title": "t", "answers": [{"body": "b"', "look at the quotes, commas and brackets"),
        ('{"title": "t, "answers": []}', "look at the quotes, commas and brackets"),
        ('{"title": "t}', "never closed"),
        ('{"title": \u201ct\u201d}', "curly quotes"),
        ('{"title": "a\tb"}', "one line"),
        ('{"title": "a\\b", "answers": [{"body": "C:\\path"}]}', "a backslash stands alone"),
        ('{"title": "t", "answers": [{"body": "b"}]} {}', "behind the object"),
        ('{"title": "t", "answers": []}', 'no answer is given; write "answers": [{"body": "..."}]'),
        ('{"title": "t", "answers": "b"}', 'answers is a text; write a list, such as [{"body": "..."}]'),
        ('{"answers": [{"body": "b"}]}', 'title is missing; write "title": "..."'),
        ("<<<<<<< HEAD", "a merge was left unfinished"),
        ('{"titel": "t", "answers": [{"body": "b"}], "title": "t"}', "did you mean title?"),
        ('{"nothing": {"text": "x"}, "title": "t"}', "holds nothing else"),
        ("[" * 100_000, "nested too deeply"),
        ('{"title": "t", "answers": [{"body": "b", "as_of": "2026-02-30"}]}', "write a date"),
    ],
)
def test_a_fault_in_json_lines_is_told_at_its_line(line, words):
    good = '{"id": "a", "title": "t", "answers": [{"body": "b"}]}\r\n\n'
    with pytest.raises(KnowledgeFaults) as caught:
        read_book_text("book.jsonl", f"{good}{line}\n")
    (fault,) = caught.value.faults
    assert fault.line == 3
    assert words in fault.message


def test_what_is_safe_is_read(tmp_path):
    path = tmp_path / "book.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    plain = tmp_path / "plain.toml"
    plain.write_text(WHOLE)
    assert read_book([path]) == read_book([plain])
    curly = HEAD.replace('"T"', '"Is \u201cit\u201d so?"') + ANSWER
    assert read_book_text("book.toml", curly).questions[0].title == "Is \u201cit\u201d so?"


def test_an_entry_without_an_id_gets_a_lasting_one_and_a_warning():
    text = HEAD.replace('id = "a"\n', "") + ANSWER
    book = read_book_text("book.toml", text)
    assert book.questions[0].id == "t"
    assert [str(warning) for warning in book.warnings] == [
        "book.toml:1: entry 't': no id is given; write id = \"t\", so that it stays when the title is mended"
    ]
    long = read_book_text("book.toml", text.replace('"T"', f'"{"word " * 50}"')).questions[0].id
    assert len(long) <= 48
    assert read_book_text("book.toml", text.replace('"T"', '"\u4f60\u597d"')).questions[0].id


def test_folders_are_read_whole_and_sorted(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "b" / "two.toml").write_text(HEAD.replace('"a"', '"two"') + ANSWER)
    (tmp_path / "a.jsonl").write_text('{"id": "one", "title": "T", "answers": [{"body": "b"}]}\n')
    for ignored in ("notes.txt", ".a.toml", ".hidden/x.toml", "b/two.toml.tmp"):
        (tmp_path / ignored).write_text("not read")
    book = read_book([tmp_path, tmp_path / "a.jsonl"])
    assert [question.id for question in book.questions] == ["one", "two"]


def test_equal_ids_are_found_across_files(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(HEAD + ANSWER)
    with pytest.raises(KnowledgeFaults, match=r"the id stands already at .*a\.toml:1") as caught:
        read_book([tmp_path])
    assert caught.value.faults[0].file.endswith("b.toml")


def test_files_that_cannot_be_read_are_told_all_at_once(tmp_path):
    (tmp_path / "latin.toml").write_bytes(b'# \xe9\n[[question]]\ntitle = "\xe9"\n')
    (tmp_path / "wide.toml").write_bytes(HEAD.encode("utf-16"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "book.txt").write_text(HEAD)
    (tmp_path / "word.toml").write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    (tmp_path / "rich.toml").write_bytes(b"{\\rtf1\\ansi " + HEAD.encode())
    names = ["latin.toml", "wide.toml", "word.toml", "rich.toml", "empty", "gone.toml", "book.txt", "nowhere"]
    if os.name == "posix":
        os.mkfifo(tmp_path / "pipe.toml")
        names.append("pipe.toml")
    with pytest.raises(KnowledgeFaults) as caught:
        read_book([tmp_path / name for name in names])
    told = {fault.file.removeprefix(f"{tmp_path}/"): fault for fault in caught.value.faults}
    assert list(told) == names
    assert (told["latin.toml"].line, "0xe9" in told["latin.toml"].message) == (1, True)
    assert "UTF-16" in told["wide.toml"].message
    for document in ("word.toml", "rich.toml"):
        assert "save it as plain text" in told[document].message
    assert "no .toml or .jsonl" in told["empty"].message
    for missing in ("gone.toml", "nowhere"):
        assert told[missing].message == "there is no such file or folder; check its name"
    assert "ends in .toml or .jsonl" in told["book.txt"].message


PIECES = st.sampled_from(
    [
        '"',
        '"""',
        "'''",
        "\n",
        "[[question]]\n",
        "[[question.answers]]\n",
        "[",
        "]",
        "=",
        "\\",
        "#",
        "{",
        "\u201c",
        "\0",
        "x = 1\n",
    ]
)
PLACES = st.integers(0, len(WHOLE))


@settings(max_examples=examples(150))
@given(st.lists(st.tuples(PLACES, st.integers(0, 12), PIECES | st.just("")), min_size=1, max_size=3), st.booleans())
def test_a_changed_file_is_read_as_toml_reads_it_or_told_at_a_line_of_it(changes, twice):
    text = WHOLE + (WHOLE.replace('id = "cheek"', 'id = "other"') if twice else "")
    for place, length, piece in changes:
        text = text[:place] + piece + text[place + length :]
    try:
        book = read_book_text("book.toml", text)
    except KnowledgeFaults as found:
        for fault in found.faults:
            assert 1 <= fault.line <= text.count("\n") + 1  # faults are one of two right outcomes
            assert fault.message  # as above
    else:
        assert len(tomllib.loads(text).get("question", [])) == len(book.questions)


@given(st.text())
def test_any_text_is_read_or_its_faults_are_told(text):
    for name in ("book.toml", "book.jsonl"):
        try:
            read_book_text(name, text)
        except KnowledgeFaults as found:
            assert found.faults  # noqa: PT017  # as above
