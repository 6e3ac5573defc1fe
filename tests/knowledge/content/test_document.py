"""What `docs/knowledge-file.md` tells owners is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import knowledge.content.pages as page_reader
from knowledge.content._schema import TABLES
from knowledge.content.book import read_book_text

TEXT = (Path(__file__).parents[3] / "docs" / "knowledge-file.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_its_examples_are_read():
    book = read_book_text("docs.toml", "\n".join(_blocks("toml")))
    assert (len(book.questions), len(book.nothing)) == (1, 1)
    (lines,) = _blocks("json")
    assert len(read_book_text("docs.jsonl", lines).questions) == 1


@pytest.mark.parametrize("table", [("question",), ("question", "answers")], ids=".".join)
def test_every_key_is_explained(table):
    for key in TABLES[table].model_fields:
        assert f"`{key}`" in TEXT or key == "answers", key


def test_every_warning_and_refusal_is_explained():
    source = Path(str(page_reader.__file__)).read_text(encoding="utf-8")
    codes = re.findall(r'PageWarning\(\s*"([a-z0-9-]+)"', source)
    assert len(codes) >= 9
    for code in [*codes, "empty", "not-text", "too-large", "not-doctor-answers"]:
        assert f"`{code}`" in TEXT, code
