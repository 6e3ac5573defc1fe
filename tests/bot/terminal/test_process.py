"""The terminal as a process: pipes, ends of input, signals, and what it leaves behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.scale import LONG
from tests.showing import words

ROOT = Path(__file__).parents[3]
QUESTION = "Twitching on My Left Cheek; Is Botox the Solution?"
BOT = [sys.executable, "-m", "bot"]
# Ctrl-C reaches only the process that owns the terminal, so it takes the terminal before it becomes the bot.
TYPED_AT = (
    "import fcntl, runpy, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); runpy.run_module('bot', run_name='__main__')"
)


@pytest.fixture
def environment(tmp_path):
    """An environment without settings, where everything the bot finds is the checkout's."""
    plain = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "LINES", "FORCE_COLOR"}}
    return {**plain, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "NO_COLOR": "1"}


@pytest.fixture
def bot(tmp_path, environment):
    """Run the bot in an empty folder until it ends."""

    def run(*arguments, piped=b"", **more):
        done = subprocess.run(
            [*BOT, *arguments],
            input=piped,
            capture_output=True,
            cwd=tmp_path,
            env=environment | more,
            timeout=LONG,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def broken_book(tmp_path):
    """Settings whose book has a question without an answer."""
    (tmp_path / "book.toml").write_text('[[question]]\ntitle = "When may I shower?"\n', encoding="utf-8")
    (tmp_path / "config.toml").write_text('[knowledge]\npath = "book.toml"\n', encoding="utf-8")


@pytest.mark.usefixtures("broken_book")
def test_a_broken_book_holds_back_no_card_from_a_pipe(bot):
    done = bot(piped=f"{QUESTION}\nmy chest hurts and i cant breathe\nthanks".encode())
    assert done.returncode == 1
    assert done.stdout.count(b"911 now") == 1
    assert QUESTION.encode() not in done.stdout
    assert b"book.toml:1" in done.stderr


def test_it_reads_a_pipe_answers_and_ends_with_it(bot, tmp_path):
    done = bot(piped=f"{QUESTION}\n/why".encode())
    assert done.returncode == 0
    assert done.stderr == b""
    text = done.stdout.decode()
    assert text.startswith("Second Opinion")
    assert f"> {QUESTION}" in text
    assert "Why this reply" in text, "a last line without a line end counts"
    assert words(text).endswith(words(NOTICE))
    assert list(tmp_path.iterdir()) == [], "it keeps nothing"


@pytest.mark.slow
def test_a_narrow_window_gets_narrow_lines_and_the_short_notice(bot):
    text = bot(piped=QUESTION.encode(), COLUMNS="50").stdout.decode()
    assert max(map(len, text.split("\n"))) <= 50
    assert words(text).endswith(words(SHORT_NOTICE))


@pytest.mark.slow
@pytest.mark.parametrize("piped", [b"", b"\n\r\n\xff\xfe\x00\n/quit\nnever read", b"x" * 1_000_000])
def test_it_ends_well_whatever_the_pipe_brings(bot, piped):
    done = bot(piped=piped)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"never read" not in done.stdout


@pytest.mark.slow
def test_bytes_of_another_encoding_do_not_stop_it(bot):
    done = bot(piped=b"caf\xe9 botox\n" + QUESTION.encode(), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Matheson A. Harris, MD" in done.stdout


@pytest.mark.slow
def test_it_ends_where_there_is_no_standard_input_at_all(environment, tmp_path):
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m bot <&-"],
        capture_output=True, cwd=tmp_path, env=environment, timeout=LONG, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
def test_a_reader_that_stops_early_ends_it_quietly(environment, tmp_path):
    questions = f"{QUESTION}\n" * 200
    done = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {sys.executable} -m bot | head -1"],
        input=questions.encode(), capture_output=True, cwd=tmp_path, env=environment, timeout=LONG, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Second Opinion")


@pytest.mark.slow
def test_sigterm_ends_it_while_it_waits_for_a_pipe(environment, tmp_path):
    with subprocess.Popen(
        BOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment
    ) as process:
        process.stdout.readline()
        process.stdin.write(f"{QUESTION}\n".encode())
        process.stdin.flush()
        while NOTICE[-20:].encode() not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONG) == 0
        assert process.stderr.read() == b""


@contextmanager
def _typed(environment, folder):
    """Start the bot on a terminal of its own, and give the process and the terminal's other end."""
    import pty  # noqa: PLC0415  # not on Windows

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", TYPED_AT],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment | {"TERM": "xterm"},
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process, ours, theirs
    finally:
        process.kill()
        process.wait(LONG)
        os.close(ours)
        os.close(theirs)


def _read_until(terminal, wanted):
    seen, end = b"", time.monotonic() + LONG
    while wanted not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 65536)
    assert wanted in seen
    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty on Windows")
@pytest.mark.parametrize(
    ("typed", "prepared"),
    [
        pytest.param(b"\x03", b"half a lin", id="ctrl-c in mid-line"),
        pytest.param(b"\x04", b"", id="ctrl-d", marks=pytest.mark.slow),
        pytest.param(signal.SIGTERM, b"half a lin", id="SIGTERM in mid-line", marks=pytest.mark.slow),
    ],
)
def test_a_person_can_leave_and_finds_the_terminal_as_it_was(environment, tmp_path, typed, prepared):
    import termios  # noqa: PLC0415  # not on Windows

    with _typed(environment, tmp_path) as (process, ours, theirs):
        before = termios.tcgetattr(theirs)
        _read_until(ours, b"> ")
        if prepared:
            os.write(ours, prepared)
            _read_until(ours, prepared)
        if isinstance(typed, bytes):
            os.write(ours, typed)
        else:
            process.send_signal(typed)
        _read_until(ours, b"\x1b[?2004l")
        assert process.wait(LONG) == 0
        assert termios.tcgetattr(theirs) == before


@pytest.mark.usefixtures("broken_book")
@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty on Windows")
def test_a_broken_book_holds_back_no_card_from_who_types(environment, tmp_path):
    with _typed(environment, tmp_path) as (process, ours, _):
        told = _read_until(ours, b"> ")
        assert b"book.toml:1" in told
        assert b"cannot answer questions" in told
        os.write(ours, b"my chest hurts and i cant breathe\r")
        assert b"cannot answer questions" not in _read_until(ours, b"911 now"), "an emergency gets its card alone"
        os.write(ours, f"{QUESTION}\r".encode())
        _read_until(ours, b"cannot answer questions")
        os.write(ours, b"/quit\r")
        assert b"book.toml:1" in _read_until(ours, b"with a body"), "all faults are told at the end"
        assert process.wait(LONG) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty on Windows")
def test_a_pasted_text_of_several_lines_is_one_question(environment, tmp_path):
    with _typed(environment, tmp_path) as (process, ours, _):
        _read_until(ours, b"> ")
        os.write(ours, b"\x1b[200~my dad fell\nand he is\n\nnot breathing\n\x1b[201~\r")
        assert b"no expert's answer" not in _read_until(ours, b"911 now")
        os.write(ours, b"/quit\r")
        assert process.wait(LONG) == 0


@pytest.mark.slow
def test_a_person_types_and_is_answered_below_the_line(environment, tmp_path):
    with _typed(environment, tmp_path) as (process, ours, _):
        _read_until(ours, b"> ")
        os.write(ours, f"{QUESTION}\r".encode())
        text = _read_until(ours, b"relationship.\r\n\r\n\x1b[?2004h> ")
        assert b"Answer 3 of 3" in text
        os.write(ours, b"\x04")
        assert process.wait(LONG) == 0


def test_it_starts_without_loading_a_chat_library_or_a_store(environment, tmp_path):
    looking = (
        "import sys; from bot.cli.app import main; main(['ask', 'botox']);"
        "print([name for name in ('discord', 'aiohttp', 'aiosqlite', 'sqlite3', 'simcord') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", looking],
        capture_output=True, cwd=tmp_path, env=environment, timeout=LONG, check=True, text=True,
    )  # fmt: skip
    assert done.stdout.endswith("[]\n")
