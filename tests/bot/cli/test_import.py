"""`import` on the command line: what it prints, appends and ends with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.app import main
from bot.cli.exits import Exit
from knowledge.content.book import read_book

ROOT = Path(__file__).parents[3]
SHARED = ROOT / ".." / "shared" / "pages"
PAGE = """How long until a scar fades?

Mine is a year old.

Doctor Answers 1

Give it time

Two years, as a rule.

Nora Fallowfield, MD
Dayton Dermatologist
4.6 out of 5 stars 32 reviews

These answers are for educational purposes only and are not medical advice.
"""
EMPTY_PAGE = PAGE[: PAGE.index("Give")].replace("Answers 1", "Answers 0") + PAGE[PAGE.index("These") :]


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "scar.txt"
    path.write_text(PAGE)
    return path


def test_json_of_one_page(page, capsys):
    assert main(["import", str(page), "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out) == {
        "title": "How long until a scar fades?",
        "details": "Mine is a year old.",
        "answers": [
            {
                "headline": "Give it time",
                "body": "Two years, as a rule.",
                "name": "Nora Fallowfield, MD",
                "credentials": "Dayton Dermatologist",
                "rating": 4.6,
                "reviews": 32,
            }
        ],
        "notice": "These answers are for educational purposes only and are not medical advice.",
        "warnings": [],
    }


def test_json_of_several_pages_is_a_line_each(page, tmp_path, capsys):
    other = tmp_path / "other.txt"
    other.write_text("no such page")
    assert main(["import", str(page), str(other), str(tmp_path / "gone.txt"), "--json"]) == Exit.FAULTS
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["page"] for line in lines] == [str(page), str(other), str(tmp_path / "gone.txt")]
    assert lines[0]["title"]
    assert (lines[1]["refused"], lines[1]["reason"]) == (True, "not-doctor-answers")
    assert lines[2]["reason"] == "unreadable"


def test_the_preview_shows_everything_and_ends_with_the_notice(page, capsys):
    assert main(["import", str(page)]) == Exit.DONE
    out = " ".join(capsys.readouterr().out.split())
    for words in ("How long until a scar fades?", "Give it time", "Nora Fallowfield, MD", "32 patient reviews"):
        assert words in out
    assert out.endswith("initiate a patient/doctor relationship.")


def test_into_appends_once(page, tmp_path, capsys):
    book = tmp_path / "book.toml"
    book.write_text("# mine")
    assert main(["import", str(page), "--into", str(book)]) == Exit.DONE
    assert "Added to" in capsys.readouterr().out
    first = book.read_bytes()
    assert first.startswith(b"# mine\n")
    (question,) = read_book([book]).questions
    assert question.id == "how-long-until-a-scar-fades"
    assert question.source is not None
    assert question.source.file == "scar.txt"
    assert main(["import", str(page), "--into", str(book)]) == Exit.DONE
    assert "There already" in capsys.readouterr().out
    assert book.read_bytes() == first


def test_a_page_without_answers_is_shown_but_not_added(tmp_path, capsys):
    page, book = tmp_path / "none.txt", tmp_path / "book.toml"
    page.write_text(EMPTY_PAGE)
    assert main(["import", str(page), "--json"]) == Exit.DONE
    assert "no-answers" in capsys.readouterr().out
    assert main(["import", str(page), "--into", str(book)]) == Exit.FAULTS
    assert "no-answers" in capsys.readouterr().out
    assert not book.exists()


def test_one_page_that_cannot_be_added_does_not_keep_the_others_out(page, tmp_path, capsys):
    long, book = tmp_path / "long.txt", tmp_path / "book.toml"
    long.write_text("x" * 301 + PAGE)
    assert main(["import", str(long), str(page), "--into", str(book)]) == Exit.FAULTS
    assert "title has 329 characters; write 300 at most" in capsys.readouterr().out
    assert len(read_book([book]).questions) == 1


@pytest.mark.parametrize(
    "text", [PAGE.replace("Answers 1", "Answers 2"), PAGE[: PAGE.index("only")]], ids=["count-mismatch", "truncated"]
)
def test_a_page_that_is_not_whole_is_added_only_if_that_is_asked_for(page, tmp_path, capsys, text, request):
    book = tmp_path / "book.toml"
    page.write_text(text)
    assert main(["import", str(page), "--into", str(book)]) == Exit.FAULTS
    said = capsys.readouterr().out
    assert "scar.txt: not added" in said
    assert f"{request.node.callspec.id}: " in said
    assert "--incomplete" in said
    assert not book.exists()
    assert main(["import", str(page), "--into", str(book), "--dry-run"]) == Exit.FAULTS
    assert main(["import", str(page), "--into", str(book), "--incomplete"]) == Exit.DONE
    assert len(read_book([book]).questions) == 1
    assert main(["import", str(page)]) == Exit.DONE, "it is shown as ever"


def test_a_broken_knowledge_file_is_not_appended_to(page, tmp_path, capsys):
    book = tmp_path / "book.toml"
    book.write_text("[[qestion]]\n")
    assert main(["import", str(page), "--into", str(book)]) == Exit.FAULTS
    assert "did you mean [[question]]?" in capsys.readouterr().err
    assert book.read_text() == "[[qestion]]\n"


@pytest.mark.skipif(os.name != "posix", reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe")
    assert main(["import", str(tmp_path / "pipe")]) == Exit.FAULTS
    assert "no ordinary file" in capsys.readouterr().err


def test_a_real_process_imports_a_page(page):
    command = [sys.executable, "-m", "bot", "import", str(page), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["answers"][0]["reviews"] == 32


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages are not here")
@pytest.mark.parametrize("page", sorted(SHARED.glob("*.txt")), ids=lambda path: path.stem)
def test_the_shared_pages_come_out_as_expected(page, capsys):
    wanted = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    code = main(["import", str(page), "--json"])
    found = json.loads(capsys.readouterr().out)
    if wanted.get("refused"):
        assert code == Exit.FAULTS
        assert found["reason"] in wanted["reasons"]
        return
    assert code == Exit.DONE
    assert {key: found[key] for key in ("title", "details", "answers", "notice")} == {
        key: wanted[key] for key in ("title", "details", "answers", "notice")
    }
    assert {warning.split(":")[0] for warning in found["warnings"]} == set(wanted["_warnings"])
