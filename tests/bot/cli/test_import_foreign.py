"""`import` of other programs' files: what is told, what is added, and that a second time adds nothing."""

from __future__ import annotations

import json

import pytest

from bot.cli.app import main
from bot.cli.exits import Exit
from knowledge.content.book import read_book

TABLE = "question,answer,phrasings\nIs it safe?,Yes.,may i take it\nWhy?,Because.,\nAnd then?,,\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "faq.csv"
    path.write_text(TABLE)
    return path


def test_what_is_found_and_skipped_is_told(table, capsys):
    assert main(["import", str(table)]) == Exit.FAULTS
    assert capsys.readouterr().out == f"{table} (CSV): 2 entries found, 1 skipped\n  Skipped line 4: it has no answer\n"


def test_a_dry_run_shows_the_entries_and_writes_nothing(table, tmp_path, capsys):
    book = tmp_path / "book.toml"
    assert main(["import", str(table), "--into", str(book), "--dry-run"]) == Exit.FAULTS
    out = capsys.readouterr().out
    assert "Would be added to" in out
    assert 'title = "Is it safe?"' in out
    assert not book.exists()


def test_importing_twice_adds_nothing(table, tmp_path, capsys):
    book = tmp_path / "book.toml"
    main(["import", str(table), "--into", str(book)])
    first = book.read_bytes()
    assert [question.id for question in read_book([book]).questions] == ["is-it-safe", "why"]
    book.write_bytes(first.replace(b'title = "Why?"', b'title = "What for?"'))
    mended = book.read_bytes()
    capsys.readouterr()
    main(["import", str(table), "--into", str(book)])
    assert capsys.readouterr().out.count("There already") == 2
    assert book.read_bytes() == mended


def test_json_tells_the_same(table, capsys):
    assert main(["import", str(table), "--json"]) == Exit.FAULTS
    found = json.loads(capsys.readouterr().out)
    assert found["format"] == "csv"
    assert [entry["title"] for entry in found["entries"]] == ["Is it safe?", "Why?"]
    assert found["entries"][0]["answers"][0]["name"] is None
    assert found["skipped"] == [{"place": "line 4", "reason": "it has no answer"}]


def test_a_format_can_be_demanded(table, capsys):
    assert main(["import", str(table), "--format", "page"]) == Exit.FAULTS
    assert "doctor-answers page" in capsys.readouterr().err
    assert main(["import", str(table), "--format", "azure"]) == Exit.FAULTS
    assert "no export of Azure QnA Maker" in capsys.readouterr().err
    assert main(["import", str(table), "--format", "word"]) == Exit.USAGE


@pytest.mark.parametrize(
    ("name", "told"), [("a.csv", "one called question"), ("a.json", "not JSON"), ("a.txt", "Doctor Answers")]
)
def test_a_refusal_describes_what_the_name_promises(tmp_path, capsys, name, told):
    (tmp_path / name).write_text("frage,antwort\n")
    assert main(["import", str(tmp_path / name)]) == Exit.FAULTS
    assert told in capsys.readouterr().err
