"""`init` writes files that are ready for use, and overwrites nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import knowledge
from bot.cli.app import main
from bot.cli.exits import Exit
from bot.config import load_config
from knowledge.content.book import read_book, read_book_text


def test_what_init_writes_passes_check(tmp_path, capsys):
    folder = tmp_path / "new" / "bot"
    assert main(["init", str(folder)]) == Exit.DONE
    assert main(["check", "--config", str(folder / "config.toml")]) == Exit.DONE
    assert "No faults: 0 questions" in capsys.readouterr().out
    assert load_config(folder / "config.toml").knowledge.path == (folder / "answers.toml",)
    assert read_book([folder / "answers.toml"]).questions == ()


def test_the_template_is_an_entry_once_its_marks_are_taken_away(tmp_path):
    main(["init", str(tmp_path)])
    text = re.sub(r"^#(?![ :])", "", (tmp_path / "answers.toml").read_text(encoding="utf-8"), flags=re.MULTILINE)
    book = read_book_text("answers.toml", text)
    (question,) = book.questions
    assert question.answers[0].body == "The expert's words, unchanged.\n\nA second paragraph."
    assert question.answers[0].reviews == 32
    assert question.examples
    assert book.nothing
    assert not book.warnings


def test_nothing_is_overwritten(tmp_path, capsys):
    mine = tmp_path / "answers.toml"
    mine.write_text("# mine\n")
    assert main(["init", str(tmp_path)]) == Exit.DONE
    assert mine.read_text() == "# mine\n"
    assert "stays as it is" in capsys.readouterr().out
    assert (tmp_path / "config.toml").exists()


def test_without_a_folder_the_working_directory_is_meant(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == Exit.DONE
    assert {path.name for path in tmp_path.iterdir()} == {"answers.schema.json", "answers.toml", "config.toml"}


@pytest.mark.parametrize("inside", [".", "content/new"])
def test_the_program_s_own_folders_are_refused(inside, capsys):
    folder = Path(knowledge.__file__).parent / inside
    assert main(["init", str(folder)]) == Exit.FAULTS
    assert "belongs to the program" in capsys.readouterr().err
    assert not (folder / "config.toml").exists()


def test_the_folder_of_a_checkout_is_refused_with_a_better_one(monkeypatch, capsys):
    checkout = Path(knowledge.__file__).parents[1]
    monkeypatch.chdir(checkout)
    assert main(["init"]) == Exit.FAULTS
    assert "python -m bot init my-bot" in capsys.readouterr().err
    assert not (checkout / "answers.toml").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["init", str(tmp_path / "file" / "below")]) == Exit.FAULTS
    assert "cannot be made" in capsys.readouterr().err
