"""Merging into files as people write them: any order, indentation, quotes and comments."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.content._toml_values import long_text, toml_value
from knowledge.content.book import read_book_text
from knowledge.content.files import BookFile
from knowledge.content.merging import merged
from knowledge.content.writing import said_by
from knowledge.model import Answer, Question
from tests.knowledge.content.test_writing import ANSWERS, QUESTIONS
from tests.scale import examples

FIELDS = ("title", "details", "phrasings", "topics", "examples", "notice", "source")
BLANKS = st.sampled_from(["", " ", "\t", "    "])
NOTE = re.compile(r"# note \d+ #")
ABOVE = "# Above.\r\n\n[[question]]\ntitle = 'x'  # this\nanswers = [{body = 'y'}] # that\n\n# The next is odd.\n"
BELOW = (
    '\n\n# Below.\n  [[ question ]]\r\ntitle = "z"\n[[question.answers]]\nbody = """\n# [[question]]\n"""\n'
    '[[nothing]]\ntext="q"'
)


class Odd:
    """Writes an entry in an odd way, numbering the comments in it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.notes = 0

    def entry(self, question: Question) -> str:
        text = self._table("question", said_by(question))
        for answer in question.answers:
            text += self._table("question.answers", said_by(answer))
        return text

    def _table(self, name: str, values: dict[str, object]) -> str:
        blank = self._blank()
        head = f"{self._blank()}[[{blank}{name}{blank}]]{self._note()}\n"
        keys = self._draw(st.permutations(list(values)))
        return head + "".join(self._line(key, values[key]) for key in keys)

    def _line(self, key: str, value: object) -> str:
        above = f"{self._blank()}{self._note()}\n" if self._draw(st.booleans()) else ""
        return f"{above}{self._blank()}{key}{self._blank()}={self._blank()}{self._value(value)}{self._note()}\n"

    def _value(self, value: object) -> str:
        if isinstance(value, tuple) and self._draw(st.booleans()):
            return "[\n" + "".join(f"{self._value(one)},{self._note()}\n" for one in value) + "]"
        if isinstance(value, str) and self._draw(st.booleans()):
            literal = value.isprintable() and "'" not in value
            return f"'{value}'" if literal else long_text(value)
        return toml_value(value)

    def _note(self) -> str:
        if not self._draw(st.booleans()):
            return self._blank()
        self.notes += 1
        return f"{self._blank()}# note {self.notes} #"

    def _blank(self) -> str:
        return self._draw(BLANKS)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, Question, int]:
    """An entry in an odd file, what it is to say, and how many comments it holds."""
    old, other = replace(draw(QUESTIONS), id="odd"), draw(QUESTIONS)
    odd = Odd(draw)
    text = odd.entry(old)
    fields = draw(st.lists(st.sampled_from(FIELDS), unique=True))
    answers = list(old.answers)
    for place in draw(st.lists(st.integers(0, 3), max_size=2)):
        answers[place : place + draw(st.integers(0, 1))] = [draw(ANSWERS)] if draw(st.booleans()) else []
    new = replace(old, answers=tuple(answers) or (Answer("b"),), **{name: getattr(other, name) for name in fields})
    return text, new, odd.notes


@settings(max_examples=examples(60))
@given(changes(), st.booleans())
def test_an_entry_is_replaced_with_its_comments_kept_and_its_neighbours_untouched(change, windows):
    text, new, notes = change
    if windows:
        text = text.replace("\n", "\r\n")
    data = (ABOVE + text + BELOW).encode()
    result = merged([BookFile("a.toml", data)], [new])
    merged_data = result.files[0].new if result.files else data
    read = read_book_text("a.toml", merged_data.decode())
    assert [question for question in read.questions if question.id == "odd"] == [new]
    assert merged_data.startswith(ABOVE.encode())
    assert merged_data.endswith(BELOW.encode())
    assert len(set(NOTE.findall(merged_data.decode()))) == notes
