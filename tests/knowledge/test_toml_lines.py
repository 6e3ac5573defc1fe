"""The line of a key is found however it is written, and nothing inside a text is taken for one."""

from __future__ import annotations

import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.toml_lines import TomlLines
from tests.scale import seconds

TEXT = '''# title = "in a comment"
title = "top" # [table]
[answers] # a comment
"quoted" = 1
a.dotted . key = 2
text = """
fake = 1
[[question]]
"""
other = \'\'\'
fake = 2
\'\'\'
list = [
  "x = 1",
]

[[question]]
id = "one"
    [[question.answers]]
    body = "[x]"
    [[question.answers]]
    body = "y"
[[question]]
[question.source]
file = "z"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("answers",), 3),
        (("answers", "quoted"), 4),
        (("answers", "a"), 5),
        (("answers", "a", "dotted", "key"), 5),
        (("answers", "other"), 10),
        (("answers", "list", 0), 13),
        (("question", 0), 17),
        (("question", 0, "id"), 18),
        (("question", 0, "answers", 0, "body"), 20),
        (("question", 0, "answers", 1, "body"), 22),
        (("question", 0, "answers", 1, "name"), 21),
        (("question", 1, "title"), 23),
        (("question", 1, "source", "file"), 25),
        (("fake",), 0),
        ((), 0),
    ],
)
def test_each_key_is_found_on_its_line_or_on_that_of_what_is_around_it(path, line):
    assert TomlLines(TEXT).line(path) == line


def test_the_last_line_is_that_of_the_last_key():
    assert TomlLines(TEXT).last == 25
    assert TomlLines("").last == 0


@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), st.text(max_size=20), max_size=4))
def test_keys_of_any_texts_are_found_where_they_were_written(pairs):
    lines, text = {}, ""
    for key, value in pairs.items():
        lines[key] = text.count("\n") + 1
        safe = "".join(char for char in value if char == "\n" or char.isprintable()).replace("\\", "").replace('"', "")
        text += f'{key} = """{safe}"""\n'
    assert set(tomllib.loads(text)) == set(pairs)
    found = TomlLines(text)
    assert {key: found.line((key,)) for key in pairs} == lines


@pytest.mark.parametrize(
    "text", ['"' * 100_000, "a." * 50_000, "[" * 100_000, "'''" * 30_000, " " * 100_000, '\\"' * 50_000]
)
def test_hostile_texts_take_no_longer_than_others(text):
    start = time.thread_time()
    TomlLines(text)
    assert time.thread_time() - start < seconds(1)
