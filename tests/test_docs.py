"""What is written for people agrees with the code."""

from __future__ import annotations

import html
import re
import runpy
import tomllib
from pathlib import Path

import pytest
import typer.main

from bot.cli.app import app
from bot.config import Config, load_config
from bot.terminal.conversation import COMMANDS
from tests.showing import words

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
RUN = "python3 -m venv .venv && .venv/bin/python -m pip install -c constraints.txt -e . && .venv/bin/python -m bot"
TEST = RUN.replace("-e . ", '-e ".[dev]" ').replace("-m bot", "-m pytest")


def registered():
    return set(typer.main.get_command(app).commands)


def test_the_two_commands_stand_at_the_top_of_the_readme():
    commands = [line for line in README.split("\n")[:20] if line.startswith("python3 -m venv")]
    assert commands == [RUN, TEST]


def test_the_clean_clone_is_made_to_work_by_the_readmes_own_command():
    script = (ROOT / ".ci/run").read_text()
    pattern = re.search(r"grep -m 1 -E '(.*)' README\.md", script)[1]
    assert re.search(pattern, README, re.MULTILINE)[0] == TEST


def test_the_readme_lists_every_word_of_the_command_line_and_no_other():
    table = README.partition("| word | does |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z]+)", table, re.MULTILINE)) == registered()


def test_the_index_lists_every_page_of_the_documentation():
    index = ROOT / "docs" / "README.md"
    linked = {
        index.parent / link for link in re.findall(r"^\| \[[^]]*\]\(([^)]*)\)", index.read_text("utf-8"), re.MULTILINE)
    }
    assert {page for page in index.parent.rglob("*.md") if page != index} <= linked


def test_every_word_named_anywhere_exists():
    named = {word for page in PAGES for word in re.findall(r"python -m bot ([a-z]+)", page.read_text("utf-8"))}
    assert named <= registered()


def test_every_word_has_help(capsys):
    for name, command in typer.main.get_command(app).commands.items():
        assert command.help, name
        for option in command.params:
            assert getattr(option, "help", None), f"{name}: {option.name}"
    capsys.readouterr()


def test_the_chats_commands_are_told():
    told = README.partition("In the chat, ")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(/\w+)`", told)) == set(COMMANDS)


def test_the_map_of_the_house_names_what_is_there():
    rows = README.partition("## The map of the house")[2]
    places = re.findall(r"^\| `([^`]+)` \|", rows, re.MULTILINE)
    assert len(places) > 8
    assert [place for place in places if not (ROOT / place).exists()] == []
    packages = {f"knowledge/{path.parent.name}/" for path in (ROOT / "knowledge").glob("*/__init__.py")}
    assert packages <= set(places)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = {target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target}
    assert [target for target in targets if target and not (page.parent / target).exists()] == []


def test_the_example_holds_every_setting_with_its_default_and_no_other(monkeypatch):
    monkeypatch.chdir(ROOT)
    example = ROOT / "config.example.toml"
    written = {(section, key) for section, keys in tomllib.loads(example.read_text()).items() for key in keys}
    known = {
        (section, key)
        for section, field in Config.model_fields.items()
        for key in field.annotation.model_fields
    }  # fmt: skip
    assert written == known
    read, default = load_config(example), Config()
    for section in Config.model_fields:
        for key, value in getattr(read, section):
            assert _from_here(value) == _from_here(getattr(getattr(default, section), key)), f"[{section}] {key}"


def _from_here(value):
    if isinstance(value, tuple):
        return tuple(_from_here(item) for item in value)
    return value.resolve() if isinstance(value, Path) else value


def test_every_setting_of_the_example_says_why():
    lines = (ROOT / "config.example.toml").read_text().split("\n")
    keys = [number for number, line in enumerate(lines) if re.match(r"\w+ = ", line)]
    assert [lines[number] for number in keys if not lines[number - 1].startswith("# ")] == []


def test_the_picture_shows_what_the_terminal_shows_today():
    script = ROOT / "docs/pictures/terminal.py"
    drawn = runpy.run_path(str(script))["draw"]()
    kept = script.with_suffix(".svg").read_text("utf-8")
    assert _said(drawn) == _said(kept), "run: .venv/bin/python docs/pictures/terminal.py"
    assert not re.search(r"url\(\W*http|href", kept), "a picture fetches nothing"


def _said(svg):
    return words(html.unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))))


def test_the_changelog_is_in_the_users_words():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in text
    entries = re.findall(r"^- (.*(?:\n  .*)*)", text, re.MULTILINE)
    assert entries
    assert [entry for entry in entries if not entry.endswith(".")] == []
