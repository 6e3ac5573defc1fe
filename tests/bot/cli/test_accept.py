"""`accept` names the state of the held files that an owner has seen, and nothing else."""

from __future__ import annotations

import pytest

from bot.book.last_good import LastGood
from bot.cli.exits import Exit
from tests.bot.book.conftest import Followed, book, entry

NAMES = [f"toe-{number}" for number in range(10)]


@pytest.fixture
def followed(tmp_path):
    """A bot that serves a book with settings in the working directory."""
    (tmp_path / "config.toml").write_text('[knowledge]\npath = "book.toml"\n', "utf-8")
    found = Followed(tmp_path / "book.toml", tmp_path / "data")
    found.file.write_text(book(NAMES), "utf-8")
    return found.start()


async def test_a_held_file_is_served_after_accept(run, followed):
    followed.file.write_text(book(NAMES[:5]), "utf-8")
    await followed.settle()
    assert followed.watch.status.held
    looked = run("accept", "--dry-run")
    assert looked == (Exit.DONE, "The knowledge files lack 5 of the 10 entries that are being served.\n", "")
    await followed.settle()
    assert len(followed.bodies()) == 10
    assert run("accept").out.endswith("Accepted.\n")
    await followed.look()
    assert len(followed.bodies()) == 5
    assert run("accept").out == "Nothing is held.\n"


def test_faults_cannot_be_accepted(run, followed):
    followed.file.write_text("broken", "utf-8")
    ended = run("accept")
    assert ended.code == Exit.FAULTS
    assert "book.toml:1" in ended.err
    assert LastGood(followed.storage, [followed.file]).accepted() == ""


def test_where_no_bot_ever_served_nothing_is_held(run, followed):
    (followed.storage / "last-good-knowledge" / "files.json").unlink()
    followed.file.write_text(book([]), "utf-8")
    assert run("accept").out == "Nothing is held.\n"


async def test_check_tells_the_id_that_an_entry_has_in_the_bot(run, followed):
    unnamed = entry("knee", "Rest the knee.", given_id=False)
    followed.file.write_text(unnamed + book(NAMES), "utf-8")
    await followed.settle()
    assert 'write id = "what-helps-a-sore-knee"' in run("check").out
    followed.file.write_text(unnamed.replace("a sore knee", "an aching knee") + book(NAMES), "utf-8")
    assert 'write id = "what-helps-a-sore-knee", which the entry had' in run("check").out
    await followed.settle()
    assert 'write id = "what-helps-a-sore-knee", which the entry had' in run("check").out
