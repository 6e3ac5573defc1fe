"""`history` tells from the store what an entry said and when, also while the bot serves."""

from __future__ import annotations

import asyncio

import pytest

from bot.backend import open_backend
from bot.cli.exits import Exit
from bot.config import load_config
from knowledge.safety.notice import NOTICE
from tests.bot.book.conftest import book


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text('[knowledge]\npath = "book.toml"\n', "utf-8")
    (tmp_path / "book.toml").write_text(book(["knee", "hip"]), "utf-8")
    return load_config()


async def served(settings, beside=lambda: None):
    """Serve the book once; give the hash of its files, and what is done beside the serving bot."""
    async with open_backend(settings, samples=False) as backend:
        return backend.book.status.files_hash, await asyncio.to_thread(beside)


def test_every_wording_of_the_book_is_kept_with_the_hash_of_its_files(run, settings, tmp_path):
    first, _ = asyncio.run(served(settings))
    (tmp_path / "book.toml").write_text(book(["knee", "hip"], knee="Cool it."), "utf-8")
    second, beside = asyncio.run(served(settings, lambda: run("history", "knee")))
    assert first != second
    ended = run("history", "knee")
    assert beside == ended
    assert ended.code == Exit.DONE
    lines = [line.strip() for line in ended.out.splitlines()]
    assert lines[0].endswith(f"added, knowledge files {first[:12]}")
    (changed,) = (line for line in lines if line.startswith("2 "))
    assert changed.endswith(f"changed, knowledge files {second[:12]}")
    assert [line for line in lines if line.startswith(("+ ", "- "))][-2:] == ["- Rest it.", "+ Cool it."]
    assert ended.out.rstrip().endswith(NOTICE.rstrip())


def test_an_entry_that_is_not_there_is_told(run, settings):
    asyncio.run(served(settings))
    ended = run("history", "elbow")
    assert ended.code == Exit.FAULTS
    assert "Nothing is kept of an entry 'elbow' in the book" in ended.err


@pytest.mark.usefixtures("settings")
def test_where_nothing_was_ever_kept_that_is_told(run):
    assert run("history", "knee").code == Exit.CANNOT_RUN
