"""The frame of the command line: exit codes, help, and failures told in sentences."""

from __future__ import annotations

import re
import signal
from importlib.metadata import version

import pytest

from knowledge.errors import CannotRun, KnowledgeFaults, PageRefused


def test_help_lists_the_words_and_each_has_help_of_its_own(run):
    ended = run("--help")
    assert ended.code == 0
    assert "ask" in ended.out
    assert "--config FILE" in ended.out
    assert run("ask", "--help").code == 0


def test_the_version_is_told(run):
    ended = run("--version")
    assert (ended.code, ended.out) == (0, f"Second Opinion {version('second-opinion')}\n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("aks", "There is no command aks."),
        ("ask", "TEXT is missing."),
        ("merge", "--server is missing."),
        ("ask --jsno x", "There is no option --jsno. Did you mean --json?"),
        ("ask --json=3 x", "--json takes no value."),
        ("--config", "--config needs a value behind it."),
        ("new How long", "Too much was typed: long. A text of several words needs quotes."),
        ("backup", "DIR: name a folder, or set [backup] folder in the settings."),
        ("export --all", "--all writes several files; name a new folder with --to."),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_wrong_and_how_to_get_help(run, typed, told):
    ended = run(*typed.split())
    first, *_, last = ended.err.splitlines()
    assert ended.code == 2
    assert first.startswith(told)
    assert last.endswith("--help` tells more.")
    assert ended.out == ""


@pytest.mark.parametrize("typed", ["export --format xml", "match nowhere", "backup --keep 0 x", "preview --port many"])
def test_a_value_that_does_not_do_is_told_with_its_place(run, typed):
    ended = run(*typed.split())
    assert ended.code == 2
    assert re.match(r"(--format|FILE|--keep|--port): .+\.\n", ended.err)
    assert "Input should" not in ended.err


def test_faulty_settings_end_every_word_with_2_wherever_the_file_is_named(run, tmp_path):
    (tmp_path / "mine.toml").write_text("[answers]\nanswer_at = 7\n")
    for arguments in (["--config", "mine.toml", "ask", "x"], ["ask", "--config", "mine.toml", "x"]):
        ended = run(*arguments)
        assert ended.code == 2
        assert ended.err == "mine.toml:2: [answers] answer_at must be 1 or less\n"
        assert ended.out == ""


@pytest.mark.parametrize(
    ("failure", "code"),
    [(KnowledgeFaults([]), 1), (PageRefused("empty", "Nothing in it."), 1), (CannotRun("No token."), 3)],
)
def test_refusals_are_told_in_their_own_words(run, monkeypatch, failure, code):
    def fail(*_):
        raise failure

    monkeypatch.setattr("bot.config.load_config", fail)
    ended = run("ask", "x")
    assert (ended.code, ended.err) == (code, f"{failure}\n")


def test_a_crash_is_one_sentence_with_an_incident_that_the_log_explains(run, monkeypatch, tmp_path):
    asked = "what is the matter with my knee"

    def crash(*_):
        raise ValueError(asked)

    monkeypatch.setattr("knowledge.respond.respond", crash)
    ended = run("ask", asked)
    assert ended.code == 3
    assert ended.err.count("\n") == 1
    assert "incident" in ended.err
    log = (tmp_path / "data" / "terminal.log").read_text()
    assert ended.err.split("incident ")[1][:8] in log
    assert "builtins.ValueError" in log
    assert asked not in log
    assert "bot/cli/ask.py" in log


@pytest.fixture
def sigint_as_found():
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("sigint_as_found")
@pytest.mark.parametrize(
    ("word", "obeyed_by"),
    [("discord", signal.SIG_DFL), ("doctor", signal.default_int_handler)],
    ids=("discord", "doctor"),
)
def test_what_serves_is_killed_by_ctrl_c_until_it_listens_to_it(run, monkeypatch, word, obeyed_by):
    """An exception could get lost in what is being imported, and nothing would end the program then."""
    at_work = []

    def look(*_):
        at_work.append(signal.getsignal(signal.SIGINT))
        raise CannotRun("That is enough.")

    monkeypatch.setattr("bot.config.load_config", look)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    assert run(word).code == 3
    assert at_work == [obeyed_by]


def test_ctrl_c_is_no_incident_in_whatever_shape_it_arrives(run, monkeypatch):
    def interrupt(*_):
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr("bot.config.load_config", interrupt)
    ended = run("ask", "x")
    assert (ended.code, ended.err) == (130, "")
